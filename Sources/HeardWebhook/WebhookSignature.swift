internal import HeardIntake
internal import HeardSources

/// Signs webhooks as Standard Webhooks asks for (https://www.standardwebhooks.com): HMAC-SHA256 over
/// `id.timestamp.body`, so that neither the body nor its time can be changed or sent anew later.
public enum WebhookSignature {
  /// The value of `webhook-signature`: `v1,` and the signature in base 64.
  public static func value(
    id: String, timestamp: Int64, body: [UInt8], secret: [UInt8]
  ) -> String {
    "v1," + Base64.text(hmac(Array("\(id).\(timestamp).".utf8) + body, key: secret))
  }

  /// HMAC (RFC 2104) with SHA-256.
  static func hmac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    var block = key.count > 64 ? SHA256.digest(key) : key
    block += [UInt8](repeating: 0, count: 64 - block.count)
    let inner = SHA256.digest(block.map { $0 ^ 0x36 } + message)
    return SHA256.digest(block.map { $0 ^ 0x5C } + inner)
  }
}
