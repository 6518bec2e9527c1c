/// How much of some bytes is UTF-8 beyond ASCII, and how much is not UTF-8.
struct UTF8Mix {
  /// Valid sequences of two bytes and more.
  var sequences = 0
  /// Bytes that belong to no valid sequence.
  var strays = 0

  init(_ bytes: [UInt8]) {
    var at = 0
    while at < bytes.count {
      if bytes[at] < 0x80 {
        at += 1
        continue
      }
      let length = sequence(bytes, at)
      if length > 0 { sequences += 1 } else { strays += 1 }
      at += max(length, 1)
    }
  }

  /// The stray bytes with their ASCII neighbours, for judging what charset they are of.
  static func strayBytes(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var at = 0
    while at < bytes.count {
      let length = sequence(bytes, at)
      if length == 0 {
        if at > 0, bytes[at - 1] < 0x80 { out.append(bytes[at - 1]) }
        out.append(bytes[at])
        if at + 1 < bytes.count, bytes[at + 1] < 0x80 { out.append(bytes[at + 1]) }
        out.append(0x20)
      }
      at += max(length, 1)
    }
    return out
  }

  /// The start of a sequence that the end of the text or a cut bit off: no charset, only damage.
  static func isTruncatedLead(_ bytes: [UInt8], _ at: Int) -> Bool {
    let byte = bytes[at]
    if byte & 0xC0 == 0x80 { return at > 0 && bytes[at - 1] >= 0xC2 && at == bytes.count - 1 }
    guard byte >= 0xC2 else { return false }
    return at + 1 == bytes.count || (at + 2 == bytes.count && bytes[at + 1] & 0xC0 == 0x80)
  }
}
