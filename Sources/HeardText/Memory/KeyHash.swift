/// Hashing of short keys by one full multiplication.
///
/// The seed is drawn anew in every process, so that nobody can prepare a text whose words all fall
/// on one place. Nothing that comes out of heard depends on the order of a table (law 8).
package enum KeyHash {
  private static let first = UInt64.random(in: .min ... .max)
  private static let second = UInt64.random(in: .min ... .max)

  /// The secret numbers, read once a text.
  @frozen
  package struct Seed {
    @usableFromInline var first: UInt64
    @usableFromInline var second: UInt64

    /// This process's seed.
    package static var current: Seed { Seed(first: KeyHash.first, second: KeyHash.second) }

    /// Mixes the first and the last eight bytes of a key.
    @inlinable @inline(__always)
    package func mix(_ low: UInt64, _ high: UInt64) -> UInt64 {
      let product = (low ^ first).multipliedFullWidth(by: high ^ second)
      return product.high ^ product.low
    }

    /// Hashes any number of bytes.
    func hash(_ bytes: TextBytes) -> UInt64 {
      var state = UInt64(truncatingIfNeeded: bytes.count)
      var index = 0
      while index < bytes.count {
        let length = min(8, bytes.count - index)
        state = mix(state, bytes.few(at: index, count: length))
        index += length
      }
      return state
    }
  }
}
