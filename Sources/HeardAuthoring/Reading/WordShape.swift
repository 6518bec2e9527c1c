internal import HeardSources

/// What a word of a pattern may look like, so that a text can have it as one token.
package enum WordShape {
  package struct Problem {
    /// Scalars before the place of the error.
    var offset: Int
    var check: LexiconCheck
    var message: String
    var hint: String
  }

  /// Why no text has the word as one token, or nil when one can.
  package static func problem(in word: String) -> Problem? {
    if word.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) { return nil }
    let scalars = Array(word.unicodeScalars)
    if scalars.count == 1, let only = scalars.first, isSymbol(only) { return nil }
    // An emoji may be several scalars (skin colour, joiner, variation).
    if let first = scalars.first, first.properties.isEmojiPresentation { return nil }
    for (offset, scalar) in scalars.enumerated() {
      if isLetterLike(scalar) { continue }
      if isApostrophe(scalar) {
        let inner = offset > 0 && offset + 1 < scalars.count
        let clitic = offset == 0 && scalars.count > 1
        if inner || clitic { continue }
        return Problem(
          offset: offset, check: .wordSplit, message: "an apostrophe at the end of '\(word)'",
          hint: "texts lose it there: leave it away")
      }
      let parts = word.unicodeScalars.split { !isLetterLike($0) && !isApostrophe($0) }
        .map { String(String.UnicodeScalarView($0)) }
      return Problem(
        offset: offset, check: .wordSplit,
        message: "'\(Character(scalar))' in '\(word)', where texts are split",
        hint: parts.isEmpty
          ? "remove it: punctuation is no word" : "write \(parts.joined(separator: " "))")
    }
    return nil
  }

  static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" || scalar == "’" }

  static func isLetterLike(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || ("0"..."9").contains(scalar)
    }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
      true
    default: false
    }
  }

  private static func isSymbol(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .currencySymbol || scalar.properties.isEmoji
  }
}
