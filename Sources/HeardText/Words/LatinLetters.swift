/// Two-byte letters whose words need no ICU: every one is a letter for the word breaker too, and
/// casefolds to one two-byte letter that composes with nothing.
///
/// Filled from ICU itself when first used, so that the fast way cannot disagree with the slow one.
enum LatinLetters {
  /// Code points 0x80 ..< 0x250.
  private static let codePoints: Range<UInt32> = 0x80..<0x250

  /// What the fast way needs to know of a letter.
  struct Letter {
    /// Casefolded, two bytes little-endian; 0 when the fast way must not be taken.
    var normal: UInt16 = 0
    /// Folded, one or two ASCII bytes; 0 when folding leaves it as it is.
    var folded: UInt16 = 0
    /// Upper case.
    var isUpper = false
    /// Lower case.
    var isLower = false
  }

  private static let table: [Letter] = {
    let icu = ICUText()
    return codePoints.map { letter(of: $0, with: icu) }
  }()

  /// The letter of a lead and a continuation byte, or nil when ICU must look at it.
  @inline(__always)
  static func letter(_ lead: UInt8, _ continuation: UInt8) -> Letter? {
    guard lead >= 0xC3, lead < 0xCA, continuation & 0xC0 == 0x80 else { return nil }
    let value = (UInt32(lead & 0x1F) << 6) | UInt32(continuation & 0x3F)
    guard codePoints.contains(value) else { return nil }
    let letter = table[Int(value - codePoints.lowerBound)]
    return letter.normal == 0 ? nil : letter
  }

  private static func letter(of codePoint: UInt32, with icu: ICUText) -> Letter {
    let traits = CharacterTraits(of: codePoint)
    var letter = Letter()
    guard traits.isSuperset(of: [.letter, .wordLetter, .alphabet]) else { return letter }
    var bytes: [UInt8] = []
    UTF8Reader.append(codePoint, to: &bytes)
    let normal = bytes.withTextBytes { icu.normalize($0) { $0.array } }
    guard normal.count == 2, normal[0] >= 0xC2 else { return letter }
    let folded = normal.withTextBytes { Folding.fold($0, with: icu) }
    letter.normal = UInt16(normal[0]) | UInt16(normal[1]) << 8
    if folded != normal {
      guard folded.count <= 2, folded.allSatisfy({ $0 < 0x80 }) else { return Letter() }
      letter.folded = UInt16(folded[0]) | (folded.count == 2 ? UInt16(folded[1]) << 8 : 0)
    }
    letter.isUpper = traits.contains(.upper)
    letter.isLower = traits.contains(.lower)
    return letter
  }
}
