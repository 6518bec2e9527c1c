// Finds runs: stretches of bytes that words are made of.
//
// Works on 64 bytes at a time without a branch a byte: eight bytes in a `UInt64` are compared at
// once, the results are gathered into one bit a byte, and the places where the bits of a 64-bit mask change
// are the edges of runs. Start reading at `RunScanner.scan`.

/// Which bytes belong to runs: ASCII letters and digits, `'`, `` ` ``, `$`, and every byte of a
/// non-ASCII character.
///
/// All other bytes separate words in any case, so that a run can be taken apart by itself.
enum RunBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The lowest bit of each byte: whether it belongs to runs.
  @inline(__always)
  static func flags(of eight: UInt64) -> UInt64 {
    // Sums stay within a byte because the top bit of each is off.
    let low = eight & ~highs
    let lowered = low | (ones &* 0x20)
    let letters = (lowered &+ (ones &* (0x80 - 0x61))) & ~(lowered &+ (ones &* (0x80 - 0x7B)))
    let digits = (low &+ (ones &* (0x80 - 0x30))) & ~(low &+ (ones &* (0x80 - 0x3A)))
    // x ^ sign is 0 exactly where the byte is the sign; + 0x7F leaves the top bit off only there.
    let apostrophe = ~((low ^ (ones &* 0x27)) &+ (ones &* 0x7F))
    let grave = ~((low ^ (ones &* 0x60)) &+ (ones &* 0x7F))
    let dollar = ~((low ^ (ones &* 0x24)) &+ (ones &* 0x7F))
    return ((letters | digits | apostrophe | grave | dollar | eight) & highs) &>> 7
  }

  /// Whether one byte belongs to runs.
  @inline(__always)
  static func contains(_ byte: UInt8) -> Bool {
    let isLetter = ((byte | 0x20) &- 0x61) < 26
    return isLetter || (byte &- 0x30) < 10 || byte == 0x27 || byte == 0x60 || byte == 0x24
      || byte >= 0x80
  }

  /// One bit a byte of 64 bytes, the lowest for the first.
  @inline(__always)
  static func mask(_ bytes: TextBytes, at offset: Int) -> UInt64 {
    // The k-th eight bytes leave their flags in bit k of each byte…
    var bits: UInt64 = 0
    var at = offset &+ 56
    while at >= offset {
      bits = (bits &<< 1) | flags(of: bytes.eight(at: at))
      at &-= 8
    }
    return transpose(bits)
  }

  /// …and turning the 8 × 8 bits over puts them in the order of the bytes.
  @inline(__always)
  static func transpose(_ bits: UInt64) -> UInt64 {
    var x = bits
    var swapped = (x ^ (x &>> 7)) & 0x00AA_00AA_00AA_00AA
    x ^= swapped ^ (swapped &<< 7)
    swapped = (x ^ (x &>> 14)) & 0x0000_CCCC_0000_CCCC
    x ^= swapped ^ (swapped &<< 14)
    swapped = (x ^ (x &>> 28)) & 0x0000_0000_F0F0_F0F0
    return x ^ swapped ^ (swapped &<< 28)
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
      let mask = RunBytes.mask(base, at: offset)
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
}
