/// The diacritic-folded form: what is left when a customer leaves the accents out.
///
/// NFD, nonspacing marks on Latin, Greek and Cyrillic letters taken off, the letters below spelled
/// out, and NFC again for the other scripts.
enum Folding {
  /// Letters that Unicode does not decompose, with what people type in their place.
  ///
  /// Normal forms are lower case, so these are too.
  static let letters: [UInt32: String] = [
    0x142: "l",  // ł
    0xF8: "o",  // ø
    0x111: "d",  // đ
    0xDF: "ss",  // ß (casefolding has made it ss already; for callers that fold other text)
    0x133: "ij",  // ĳ (likewise)
    0xE6: "ae",  // æ
    0x153: "oe",  // œ
    0xF0: "d",  // ð
    0xFE: "th",  // þ
    0x131: "i",  // ı
    0x127: "h",  // ħ
    0x167: "t",  // ŧ
  ]

  /// Folds a normal form.
  static func fold(_ normal: TextBytes, with icu: ICUText) -> [UInt8] {
    var stripped: [UInt8] = []
    stripped.reserveCapacity(normal.count)
    icu.decompose(normal) { decomposed in
      var index = 0
      var baseIsAlphabetic = false
      while index < decomposed.count {
        let (value, length) = UTF8Reader.codePoint(decomposed, at: index, end: decomposed.count)
        index += length
        if let spelled = letters[value] {
          stripped.append(contentsOf: spelled.utf8)
          baseIsAlphabetic = true
          continue
        }
        let traits = CharacterTraits(of: value)
        if traits.contains(.nonspacing) {
          if baseIsAlphabetic { continue }
        } else {
          baseIsAlphabetic = traits.contains(.alphabet)
        }
        UTF8Reader.append(value, to: &stripped)
      }
    }
    return stripped.withTextBytes { icu.compose($0) { $0.array } }
  }
}
