internal import HeardSources

/// Who may do what over HTTP; the configuration holds no secret, only its digest.
struct AccessToken: Hashable, Sendable {
  /// What a token may be good for.
  enum Scope: String, CaseIterable, Sendable {
    /// To judge messages, where that needs a token.
    case judge
    /// To hand over messages for good: `POST /v1/deliver`.
    case deliver
    /// To have lexicons and policy read again: `POST /v1/reload`.
    case reload
  }

  /// Named in logs.
  var name: String
  /// SHA-256 of the token in 64 hexadecimal digits.
  ///
  /// Tokens are 256 random bits, so that a fast digest is enough: there is nothing to guess.
  var sha256: String
  var scopes: [String]

  /// Whether the digest of a token is this one's; takes as long whatever the digits are.
  func matches(digest: [UInt8]) -> Bool {
    let expected = Array(sha256.utf8)
    guard expected.count == digest.count else { return false }
    var difference: UInt8 = 0
    for index in expected.indices { difference |= expected[index] ^ digest[index] }
    return difference == 0
  }

  /// The digest of a token in hexadecimal digits.
  static func digest(_ token: some Collection<UInt8>) -> [UInt8] {
    Array(SHA256.name(token).utf8.dropFirst("sha256:".utf8.count))
  }

  /// A new token of 256 random bits.
  static func random() -> String {
    var source = SystemRandomNumberGenerator()
    var text = "heard_"
    for _ in 0..<4 {
      let digits = String(source.next() as UInt64, radix: 16)
      text += String(repeating: "0", count: 16 - digits.count) + digits
    }
    return text
  }
}
