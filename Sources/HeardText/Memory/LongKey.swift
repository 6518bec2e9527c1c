extension RunTable.Key {
  /// The key of a run of 17 to ``RunTable/longestKey`` bytes.
  init(long bytes: TextBytes, seed: KeyHash.Seed) {
    hash = seed.hash(bytes)
    low = bytes.eight(at: 0)
    high = bytes.eight(at: bytes.count - 8)
    check = (UInt32(truncatingIfNeeded: hash) & ~0x7F) | UInt32(bytes.count)
  }
}
