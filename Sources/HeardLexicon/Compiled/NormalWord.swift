import HeardText

/// A word as texts and lexicons are compared: its normal form and that form without diacritics.
package struct NormalWord: Hashable, Sendable {
  package var normal: String
  package var folded: String

  /// One spelling for what keyboards write in several ways: `don’t`, `don´t` and `don't`.
  package static func key(_ text: Span<UInt8>) -> String {
    var key: [UInt8] = []
    fill(&key, with: text)
    return String(decoding: key, as: UTF8.self)
  }

  /// Replaces `key` by ``key(_:)`` of some UTF-8, without a string.
  static func fill(_ key: inout [UInt8], with text: Span<UInt8>) {
    key.removeAll(keepingCapacity: true)
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        key.append(byte == 0x60 ? 0x27 : byte)
        index += 1
        continue
      }
      let next = index + 1 < text.count ? text[index + 1] : 0
      let third = index + 2 < text.count ? text[index + 2] : 0
      switch (byte, next, third) {
      case (0xC2, 0xB4, _), (0xCA, 0xBC, _):
        key.append(0x27)
        index += 2
      case (0xE2, 0x80, 0x98), (0xE2, 0x80, 0x99), (0xE2, 0x80, 0xB2):
        key.append(0x27)
        index += 3
      default:
        key.append(byte)
        index += 1
      }
    }
  }
}

/// Takes the words of a pattern apart just as texts are taken apart, so that both meet.
package struct WordNormaliser {
  /// The words of a text; several for `e-mail`.
  package var words: (String) -> [NormalWord]

  /// By the analyzer of texts, which needs no language for that; remembers what it took apart, for
  /// the same words come in many patterns.
  package static func analyzer() -> WordNormaliser {
    let analyzer = TextAnalyzer(languages: nil)
    var document = Document()
    var known: [String: [NormalWord]] = [:]
    return WordNormaliser { text in
      if let words = known[text] { return words }
      analyzer.analyze(Array(text.utf8), into: &document)
      let words = document.tokens.map { token in
        NormalWord(
          normal: analyzer.memory.withNormal(token.form) { NormalWord.key($0) },
          folded: analyzer.memory.withFolded(token.form) { NormalWord.key($0) })
      }
      known[text] = words
      return words
    }
  }
}
