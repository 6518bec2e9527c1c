import HeardText

/// A word as texts and lexicons are compared: its normal form and that form without diacritics.
struct NormalWord: Hashable, Sendable {
  var normal: String
  var folded: String

  /// One spelling for what keyboards write in several ways: `don’t`, `don´t` and `don't`.
  static func key(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 || $0 == 0x60 }) else { return text }
    var key = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{2019}", "\u{2018}", "\u{02BC}", "\u{00B4}", "\u{0060}", "\u{2032}": key.append("'")
      default: key.unicodeScalars.append(scalar)
      }
    }
    return key
  }
}

/// Takes the words of a pattern apart just as texts are taken apart, so that both meet.
struct WordNormaliser {
  /// The words of a text; several for `e-mail`.
  var words: (String) -> [NormalWord]

  /// By the analyzer of texts.
  static func analyzer() -> WordNormaliser {
    let analyzer = TextAnalyzer()
    var document = Document()
    return WordNormaliser { text in
      analyzer.analyze(Array(text.utf8), into: &document)
      return document.tokens.map { token in
        NormalWord(
          normal: NormalWord.key(analyzer.memory.normal(token.form)),
          folded: NormalWord.key(analyzer.memory.folded(token.form)))
      }
    }
  }
}
