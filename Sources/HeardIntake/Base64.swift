/// Base 64 (RFC 4648).
package enum Base64 {
  /// Bytes as base 64 with padding.
  package static func text(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      var bits = 0
      for index in start..<start + 3 {
        bits = bits << 8 | (index < bytes.count ? Int(bytes[index]) : 0)
      }
      for index in 0..<4 {
        let isDigit = start + index <= bytes.count
        text.append(isDigit ? digits[bits >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
