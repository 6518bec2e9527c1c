internal import HeardSources

/// The secret that makes tokens: who lacks it cannot try which number a token stands for.
public struct RedactionKey: Sendable {
  private let digest: KeyedDigest

  /// Least length of a key, in bytes.
  public static let leastLength = 16

  /// Makes a key; nil when it is shorter than ``leastLength``.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count >= RedactionKey.leastLength else { return nil }
    digest = KeyedDigest(key: bytes)
  }

  /// A key of this process alone: tokens agree within its output and with no other.
  public static func random() -> RedactionKey {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    while bytes.count < 32 { bytes.append(UInt8.random(in: 0...255, using: &generator)) }
    return RedactionKey(inner: bytes)
  }

  private init(inner bytes: [UInt8]) { digest = KeyedDigest(key: bytes) }

  /// HMAC-SHA256 (RFC 2104) of a message, 32 bytes.
  public func authenticate(_ message: [UInt8]) -> [UInt8] { digest.digest(message) }

  /// The token of somebody of the staff directory, as `«PERSON:7f3a»`: the same in every report made
  /// with this key, whatever form their name had.
  public func token(staff id: String) -> String { token(.person, "staff:\(id)") }

  /// Four hexadecimal digits for a value of a kind.
  func token(_ kind: RedactedKind, _ canonical: String) -> String {
    let code = authenticate(Array("\(kind.rawValue):\(canonical)".utf8))
    let digits = Array("0123456789abcdef")
    let hexadecimal = code.prefix(2).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return "«\(kind.rawValue):\(String(hexadecimal))»"
  }
}

/// What a token stands for.
public enum RedactedKind: String, CaseIterable, Sendable {
  case email = "EMAIL"
  case iban = "IBAN"
  case card = "CARD"
  case bsn = "BSN"
  case pesel = "PESEL"
  case nip = "NIP"
  case phone = "PHONE"
  case postcode = "POSTCODE"
  case person = "PERSON"
}
