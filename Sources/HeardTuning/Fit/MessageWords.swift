internal import HeardLexicon
internal import HeardMail
internal import HeardText

/// The single words of messages that count as such: those of the scored zone, by the language of
/// their sentence, without diacritics, but for those of formulas.
struct MessageWords: ~Copyable {
  private let analyzer = TextAnalyzer()
  private var matcher: Matcher
  private var document = Document()
  private var matches: ContiguousArray<Match> = []

  /// By entry.
  private let isFormula: [Bool]

  init(_ lexicon: CompiledLexicon) {
    matcher = Matcher(lexicon)
    isFormula = (0..<lexicon.entryCount).map { lexicon.isFormula(lexicon.rules($0)) }
  }

  /// The different words of a message in sentences of one language.
  mutating func words(of message: Message, _ language: Language) -> Set<String> {
    var words: Set<String> = []
    for part in message.parts {
      analyzer.analyze(part, into: &document)
      matcher.match(document, memory: analyzer.memory, into: &matches)
      let taken = taken()
      for sentence in document.sentences where sentence.language == language {
        let start = document.tokens[sentence.tokens.lowerBound].start
        let zone = part.zones.last { $0.range.start <= start }?.zone ?? .own
        if zone != message.scoredZone { continue }
        for token in sentence.tokens where !taken.contains(token) {
          let form = document.tokens[token].form
          guard analyzer.memory.flags(form).contains(.word) else { continue }
          words.insert(analyzer.memory.withFolded(form) { NormalWord.key($0) })
        }
      }
    }
    return words
  }

  /// Tokens of formulas.
  private func taken() -> Set<Int> {
    var tokens: Set<Int> = []
    for match in matches where isFormula[Int(match.entry)] {
      match.forEachWord { tokens.insert($0) }
    }
    return tokens
  }
}
