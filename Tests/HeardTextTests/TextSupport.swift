import HeardText

/// What tests look at: a text taken apart by an analyzer of its own.
struct Analyzed {
  let analyzer: TextAnalyzer
  let document: Document

  init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  init(bytes: [UInt8]) {
    analyzer = TextAnalyzer()
    var document = Document()
    analyzer.analyze(bytes, into: &document)
    self.document = document
  }

  /// Normal forms of the tokens.
  var words: [String] { document.tokens.map { analyzer.memory.normal($0.form) } }

  /// Folded forms of the tokens.
  var folded: [String] { document.tokens.map { analyzer.memory.folded($0.form) } }

  /// Shapes of the tokens.
  var flags: [FormFlags] { document.tokens.map { analyzer.memory.flags($0.form) } }

  /// The original bytes of each sentence.
  var sentences: [String] {
    document.sentences.map { String(decoding: document.bytes[$0.bytes.range], as: UTF8.self) }
  }
}
