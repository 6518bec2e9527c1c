// Finds runs: stretches of bytes that words are made of.
//
// Works on 64 bytes at a time without a branch a byte: eight bytes in a `UInt64` are compared at
// once, the results are multiplied together into one bit a byte, and the places where the bits of a
// 64-bit mask change are the edges of runs. Start reading at `RunScanner.scan`.

/// Which bytes belong to runs: ASCII letters and digits, `'`, `` ` ``, `$`, and every byte of a
/// non-ASCII character.
///
/// All other bytes separate words in any case, so that a run can be taken apart by itself.
enum RunBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// One bit a byte (the lowest for the first byte) of eight bytes loaded little-endian.
  @inline(__always)
  static func bits(of eight: UInt64) -> UInt64 {
    // Sums stay within a byte because the top bit of each is off.
    let low = eight & ~highs
    let lowered = low | (ones &* 0x20)
    let letters =
      (lowered &+ (ones &* (0x80 - 0x61))) & ~(lowered &+ (ones &* (0x80 - 0x7B)))
    let digits = (low &+ (ones &* (0x80 - 0x30))) & ~(low &+ (ones &* (0x80 - 0x3A)))
    // x ^ sign is 0 exactly where the byte is the sign; + 0x7F leaves the top bit off only there.
    let apostrophe = ~((low ^ (ones &* 0x27)) &+ (ones &* 0x7F))
    let grave = ~((low ^ (ones &* 0x60)) &+ (ones &* 0x7F))
    let dollar = ~((low ^ (ones &* 0x24)) &+ (ones &* 0x7F))
    let marks = (letters | digits | apostrophe | grave | dollar | eight) & highs
    return ((marks &>> 7) &* 0x0102_0408_1020_4080) &>> 56
  }

  /// Whether one byte belongs to runs.
  @inline(__always)
  static func contains(_ byte: UInt8) -> Bool {
    (bits(of: UInt64(byte)) & 1) != 0
  }
}

/// Writes the edges of runs, block after block.
///
/// Edges alternate: a run's start, its end, the next run's start… `open` tells whether the block's
/// end fell inside a run, whose end then comes with a later block.
struct RunScanner {
  /// Bytes a block: its edges and its text stay in the first-level caches together.
  static let blockBytes = 16384
  /// Room that a block's edges need: one edge a byte at most, and one to close the last run.
  static let edgeCapacity = blockBytes + 64

  /// Whether the last block ended inside a run.
  private(set) var open = false

  /// Writes the edges within `from ..< to` to `edges` and gives their number.
  ///
  /// - Parameter edges: room for ``edgeCapacity`` offsets.
  @inline(__always)
  mutating func scan(
    _ base: TextBytes, from: Int, to: Int, into edges: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var count = 0
    var carry: UInt64 = open ? 1 : 0
    var offset = from
    while offset &+ 64 <= to {
      let mask = Self.mask(base, at: offset)
      var edge = mask ^ ((mask &<< 1) | carry)
      carry = mask &>> 63
      while edge != 0 {
        unsafe edges[count] = UInt32(truncatingIfNeeded: offset &+ edge.trailingZeroBitCount)
        count &+= 1
        edge &= edge &- 1
      }
      offset &+= 64
    }
    while offset < to {
      let inside: UInt64 = RunBytes.contains(base[offset]) ? 1 : 0
      if inside != carry {
        unsafe edges[count] = UInt32(truncatingIfNeeded: offset)
        count &+= 1
        carry = inside
      }
      offset &+= 1
    }
    open = carry != 0
    return count
  }

  /// Closes a run that reaches the text's end.
  mutating func finish() { open = false }

  @inline(__always)
  private static func mask(_ base: TextBytes, at offset: Int) -> UInt64 {
    var mask: UInt64 = 0
    var word = 0
    while word < 8 {
      let eight = base.eight(at: offset &+ word &* 8)
      mask |= RunBytes.bits(of: eight) &<< UInt64(truncatingIfNeeded: word &* 8)
      word &+= 1
    }
    return mask
  }
}
