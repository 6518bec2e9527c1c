internal import CHeardMail

/// Text that was UTF-8, was taken for windows-1252 or -1250 and encoded once more: `Ã©`, `Å‚`, `Ĺ‚`.
///
/// A run of characters beyond ASCII is turned back when each of its characters is one byte of the
/// page and those bytes are UTF-8 of a letter, quotation mark, dash or euro. That never happens by
/// chance in a word; where the run stands alone (`Ä…`) at least two such places are asked for.
enum Mojibake {
  /// The text with its places turned back, and their number.
  static func repair(_ text: [UInt8]) -> ([UInt8], Int) {
    // Every such run begins with the first byte of a sequence seen as a letter: Â Ã Ä Å â Ĺ Ă.
    guard scan(text) & UInt32(HEARD_TEXT_MOJIBAKE) != 0 else { return (text, 0) }
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var count = 0
    var certain = 0
    var at = 0
    while at < text.count {
      guard text[at] >= 0xC2 else {
        out.append(text[at])
        at += 1
        continue
      }
      var end = at
      while end < text.count, text[end] >= 0x80 { end += 1 }
      if let fixed = turnedBack(text[at..<end], windows1252)
        ?? turnedBack(text[at..<end], windows1250)
      {
        out.append(contentsOf: fixed)
        count += 1
        let before = at > 0 && isASCIILetter(text[at - 1])
        let after = end < text.count && isASCIILetter(text[end])
        if text[at] == 0xC3, text[at + 1] == 0x83 || text[at + 1] == 0x82 || (before && after) {
          certain += 1
        } else if before && after {
          certain += 1
        }
      } else {
        out.append(contentsOf: text[at..<end])
      }
      at = end
    }
    return certain > 0 || count > 1 ? (out, count) : (text, 0)
  }

  /// The bytes that a run was before its second encoding, when they are believable UTF-8.
  private static func turnedBack(_ run: ArraySlice<UInt8>, _ page: [UInt32: UInt8]) -> [UInt8]? {
    guard run.count <= 64 else { return nil }
    var bytes: [UInt8] = []
    for scalar in String(decoding: run, as: UTF8.self).unicodeScalars {
      guard let byte = page[scalar.value] else { return nil }
      bytes.append(byte)
    }
    var at = 0
    while at < bytes.count {
      let length = sequence(bytes, at)
      guard length > 1 else { return nil }
      at += length
    }
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0xA0...0x17F, 0x2010...0x203A, 0x20AC, 0x2122, 0x1F300...0x1FAFF: continue
      default: return nil
      }
    }
    return bytes
  }

  private static let windows1252 = page(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ", upper: nil)
  private static let windows1250 = page(
    "€\u{81}‚\u{83}„…†‡\u{88}‰Š‹ŚŤŽŹ\u{90}‘’“”•–—\u{98}™š›śťžź",
    upper: "\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹĆÇ"
      + "ČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙"
  )

  /// Scalar → byte.
  ///
  /// `upper` nil means that 0xA0…0xFF are those of Latin 1.
  private static func page(_ lower: String, upper: String?) -> [UInt32: UInt8] {
    var map: [UInt32: UInt8] = [:]
    for (i, scalar) in lower.unicodeScalars.enumerated() { map[scalar.value] = UInt8(0x80 + i) }
    if let upper {
      for (i, scalar) in upper.unicodeScalars.enumerated() { map[scalar.value] = UInt8(0xA0 + i) }
    } else {
      for value in UInt8(0xA0)...0xFF { map[UInt32(value)] = value }
    }
    // Programs also let the unused bytes through as control characters.
    for value in UInt8(0x80)...0x9F where map[UInt32(value)] == nil { map[UInt32(value)] = value }
    return map
  }
}
