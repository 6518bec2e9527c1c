/// Bytes as PostgreSQL writes and reads them: `\x` and hexadecimal digits.
enum PostgresBytes {
  private static let digits = Array("0123456789abcdef".utf8)
  private static let prefix = Array("\\x".utf8)

  /// The text of bytes.
  static func text(_ bytes: [UInt8]) -> String {
    var text = prefix
    text.reserveCapacity(2 * bytes.count + 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text; nil when it is none of bytes.
  static func bytes(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.starts(with: prefix), digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2 - 1)
    for index in stride(from: 2, to: digits.count, by: 2) {
      guard let high = value(digits[index]), let low = value(digits[index + 1]) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }
}
