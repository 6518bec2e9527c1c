/// Reads code points from UTF-8 that may be broken: a broken byte reads as U+FFFD, one byte long.
enum UTF8Reader {
  /// The code point at `index` and how many bytes it takes.
  @inline(__always)
  static func codePoint(
    _ base: TextBytes, at index: Int, end: Int
  ) -> (value: UInt32, length: Int) {
    let first = UInt32(base[index])
    if first < 0x80 { return (first, 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first < 0xF5, index &+ length <= end else { return (0xFFFD, 1) }
    var value = first & (0x7F &>> UInt32(length))
    for next in 1..<length {
      let byte = UInt32(base[index &+ next])
      guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = (value &<< 6) | (byte & 0x3F)
    }
    return (value, length)
  }

  /// The largest offset not above `index` where a character starts.
  static func characterStart(
    _ base: TextBytes, notAfter index: Int, from lowest: Int
  ) -> Int {
    var start = index
    // At most three continuation bytes: broken text must not make this a long walk.
    while start > lowest, index - start < 3, base[start] & 0xC0 == 0x80 { start -= 1 }
    return base[start] & 0xC0 == 0x80 ? index : start
  }

  /// Appends a code point as UTF-8; surrogates and values out of range as U+FFFD.
  static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
