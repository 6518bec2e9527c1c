internal import HeardMail
internal import HeardRedaction
internal import HeardText

/// Which messages have which phrases of one to four words.
///
/// Words are normal forms. A phrase stays in its sentence, in text that is scored, and is counted
/// once a message. With a redactor no phrase has a word that names somebody: phrases are shown.
struct PhraseIndex {
  /// A phrase as its words.
  typealias Phrase = [String]

  /// The longest phrase, in words.
  static let longest = 4

  private(set) var messages: [Phrase: [Int]] = [:]
  private let analyzer = TextAnalyzer()
  private var document = Document()
  private let redactor: Redactor?

  init(redactor: Redactor? = nil) { self.redactor = redactor }

  /// Adds a message under a number; numbers ascend.
  mutating func add(_ message: Message, number: Int) {
    for part in message.parts {
      analyzer.analyze(part.bytes, into: &document)
      let hidden = redactor?.redact(part.bytes).replacements.map(\.original) ?? []
      var next = 0
      var zone = 0
      for sentence in document.sentences {
        var words: [String] = []
        for token in document.tokens[sentence.tokens] {
          while zone + 1 < part.zones.count, part.zones[zone].range.end <= token.start { zone += 1 }
          let isScored = part.zones.isEmpty || part.zones[zone].zone == message.scoredZone
          while next < hidden.count, hidden[next].upperBound <= Int(token.start) { next += 1 }
          let isHidden = next < hidden.count && hidden[next].lowerBound < Int(token.end)
          guard isScored, !isHidden, analyzer.memory.flags(token.form).contains(.word) else {
            // Numbers, foreign zones and what names somebody end a phrase.
            add(words, number)
            words.removeAll(keepingCapacity: true)
            continue
          }
          words.append(analyzer.memory.normal(token.form))
        }
        add(words, number)
      }
    }
  }

  private mutating func add(_ words: [String], _ number: Int) {
    for start in words.indices {
      for end in start..<min(start + PhraseIndex.longest, words.count) {
        let phrase = Array(words[start...end])
        if messages[phrase]?.last != number { messages[phrase, default: []].append(number) }
      }
    }
  }
}
