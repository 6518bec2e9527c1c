internal import HeardLexicon

/// Signs webhooks as Standard Webhooks asks for (https://www.standardwebhooks.com): HMAC-SHA256 over
/// `id.timestamp.body`, so that neither the body nor its time can be changed or sent anew later.
public enum WebhookSignature {
  /// The value of `webhook-signature`: `v1,` and the signature in base 64.
  public static func value(
    id: String, timestamp: Int64, body: [UInt8], secret: [UInt8]
  ) -> String {
    "v1," + base64(hmac(Array("\(id).\(timestamp).".utf8) + body, key: secret))
  }

  /// HMAC (RFC 2104) with SHA-256.
  static func hmac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    var block = key.count > 64 ? SHA256.digest(key) : key
    block += [UInt8](repeating: 0, count: 64 - block.count)
    let inner = SHA256.digest(block.map { $0 ^ 0x36 } + message)
    return SHA256.digest(block.map { $0 ^ 0x5C } + inner)
  }

  /// Base 64 (RFC 4648) with padding.
  static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = Array(bytes[start..<min(start + 3, bytes.count)])
      var bits = 0
      for index in 0..<3 { bits = bits << 8 | (index < group.count ? Int(group[index]) : 0) }
      for index in 0..<4 {
        let digit = digits[bits >> (18 - 6 * index) & 63]
        text.append(index <= group.count ? digit : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
