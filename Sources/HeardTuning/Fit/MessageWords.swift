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
    isFormula = lexicon.entries.map(lexicon.isFormula)
  }

  /// The different words of a message in sentences of one language.
  mutating func words(of message: Message, _ language: Language) -> Set<String> {
    var words: Set<String> = []
    for part in message.parts {
      analyzer.analyze(part.bytes, into: &document)
      if part.zones.count > 1 {
        document.endSentences(at: part.zones.lazy.dropFirst().map(\.range.start))
      }
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
      for bit in 0..<UInt64.bitWidth where match.words >> UInt64(bit) & 1 != 0 {
        tokens.insert(Int(match.firstToken) + bit)
      }
    }
    return tokens
  }
}
