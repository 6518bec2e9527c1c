/// HMAC-SHA256 (RFC 2104) with one key: who lacks the key cannot try which value a digest stands for.
package struct KeyedDigest: Sendable {
  private let inner: [UInt8]
  private let outer: [UInt8]

  /// Makes a digest with a key of any length.
  package init(key: [UInt8]) {
    var block = key.count > 64 ? SHA256.digest(key) : key
    block += [UInt8](repeating: 0, count: 64 - block.count)
    inner = block.map { $0 ^ 0x36 }
    outer = block.map { $0 ^ 0x5C }
  }

  /// The 32 bytes of a message's digest.
  package func digest(_ message: [UInt8]) -> [UInt8] {
    SHA256.digest(outer + SHA256.digest(inner + message))
  }
}
