/// A hash of bytes that is the same in every process and on every machine, which Swift's own is not.
///
/// FNV-1a of 64 bits (Fowler, Noll and Vo, http://www.isthe.com/chongo/tech/comp/fnv). It tells things
/// apart and guards against nobody: whoever chooses the bytes can choose the hash. Its lowest bits are
/// its weakest.
public enum StableHash {
  /// The hash of no bytes.
  public static let empty: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The hash of some bytes behind those that have the hash `start`.
  @inlinable @inline(__always)
  public static func of(_ bytes: some Sequence<UInt8>, after start: UInt64 = empty) -> UInt64 {
    var hash = start
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
  }
}
