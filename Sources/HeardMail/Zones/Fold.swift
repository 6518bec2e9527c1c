/// Lines in the form in which phrases are compared: small ASCII letters without diacritics, single
/// spaces, plain quotes and dashes, without `*` (bold) and without invisible characters.
enum Fold {
  /// Base letters of U+00C0 to U+017F; `.` keeps the character.
  private static let base: [UInt8] = Array(
    ("aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
      + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
      + "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)

  /// The folded form of all bytes.
  static func folded(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    append(bytes[...], to: &out)
    return out
  }

  /// Appends the folded form of a slice.
  static func append(_ bytes: ArraySlice<UInt8>, to out: inout [UInt8]) {
    var at = bytes.startIndex
    let end = bytes.endIndex
    while at < end {
      let byte = bytes[at]
      if byte < 0x80 {
        at += 1
        if byte == 0x2A { continue }
        if isSpace(byte) {
          if !out.isEmpty, out[out.count - 1] != 0x20 { out.append(0x20) }
        } else {
          out.append(lower(byte))
        }
        continue
      }
      let next = at + 1 < end ? bytes[at + 1] : 0
      if byte >= 0xC3, byte <= 0xC5 {
        let letter = base[Int(byte - 0xC3) * 64 + Int(next & 0x3F)]
        if letter == 0x2E { out.append(contentsOf: [byte, next]) } else { out.append(letter) }
        at += 2
      } else if byte == 0xC2, next == 0xA0 {
        if !out.isEmpty, out[out.count - 1] != 0x20 { out.append(0x20) }
        at += 2
      } else if byte == 0xC2, next == 0xAD {
        at += 2
      } else if byte == 0xD0, next >= 0x90, next <= 0xAF {
        // Cyrillic capitals
        out.append(contentsOf: next < 0xA0 ? [0xD0, next + 0x20] : [0xD1, next - 0x20])
        at += 2
      } else if byte == 0xCC || (byte == 0xCD && next < 0xB0) {
        at += 2  // a combining mark: the letter before it stays
      } else if byte == 0xE2, next == 0x80, at + 2 < end {
        switch bytes[at + 2] {
        case 0x8B...0x8F, 0xAA...0xAF: break
        case 0x90...0x95: out.append(0x2D)
        case 0x98...0x9B: out.append(0x27)
        case 0x9C...0x9F: out.append(0x22)
        case 0x80...0x8A: if out.last != 0x20, !out.isEmpty { out.append(0x20) }
        default: out.append(contentsOf: bytes[at..<at + 3])
        }
        at += 3
      } else {
        out.append(byte)
        at += 1
      }
    }
  }
}

extension [UInt8] {
  /// Whether the bytes hold another sequence.
  func containsSequence(_ other: [UInt8]) -> Bool { indexOfSequence(other, from: 0) != nil }

  /// Offset of another sequence, not before `from`.
  func indexOfSequence(_ other: [UInt8], from: Int) -> Int? {
    guard let first = other.first, count - from >= other.count else { return nil }
    var at = from
    let last = count - other.count
    while at <= last {
      if self[at] == first {
        var i = 1
        while i < other.count, self[at + i] == other[i] { i += 1 }
        if i == other.count { return at }
      }
      at += 1
    }
    return nil
  }
}
