/// The type of a body, as `Content-Type` says it.
struct BodyType: Hashable {
  /// Lower case, as `text/plain`.
  let name: String
  /// The charset, lower case; empty without one.
  let charset: String

  /// Reads a `Content-Type`; nil when it is none.
  init?(_ field: String?) {
    guard let field else { return nil }
    var parts = field.split(separator: ";", omittingEmptySubsequences: false)
    let name = Self.trimmed(parts.removeFirst()).lowercased()
    let sides = name.split(separator: "/", omittingEmptySubsequences: false)
    guard sides.count == 2, sides.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isToken) })
    else { return nil }
    self.name = name
    var charset = ""
    for part in parts {
      let pair = part.split(separator: "=", maxSplits: 1)
      if pair.count == 2, Self.trimmed(pair[0]).lowercased() == "charset" {
        charset = Self.trimmed(pair[1]).lowercased()
        if charset.count > 1, charset.hasPrefix("\""), charset.hasSuffix("\"") {
          charset = String(charset.dropFirst().dropLast())
        }
      }
    }
    self.charset = charset
  }

  private static func trimmed(_ text: Substring) -> String {
    let inner = text.drop { $0 == " " || $0 == "\t" }
    return String(inner.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }

  private static func isToken(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || [0x21, 0x23, 0x24, 0x26, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F].contains(byte)
  }
}
