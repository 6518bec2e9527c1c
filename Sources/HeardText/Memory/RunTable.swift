/// From the raw bytes of a run to what it was found to be made of: the table of the hot loop.
///
/// Open addressing, at most half full. Keys up to 16 bytes are held in the slot itself, compared
/// with two loads; longer ones (to ``longestKey``) by their ends, a hash and their bytes in the
/// pool. Nothing is removed but everything at once.
@safe
struct RunTable: ~Copyable {
  /// Longer runs are taken apart each time.
  static let longestKey = 64

  /// A key and its value.
  ///
  /// `check` is 0 in an empty slot, otherwise the key's length in its lowest
  /// seven bits and, for keys over 16 bytes, more of the hash above them.
  struct Slot {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var value: UInt32 = 0
    var check: UInt32 = 0
  }

  /// A key as the hot loop loads it.
  struct Key {
    /// Its first eight bytes, zero-padded.
    var low: UInt64
    /// Its last eight bytes; 0 when there are no more than eight.
    var high: UInt64
    var hash: UInt64
    var check: UInt32
  }

  private(set) var slots: UnsafeMutablePointer<Slot>
  /// Number of slots less one; their number is a power of two.
  private(set) var mask: Int
  private(set) var count = 0

  private static let startBits = 13

  init() {
    mask = (1 << Self.startBits) - 1
    unsafe slots = .allocate(capacity: mask + 1)
    unsafe slots.initialize(repeating: Slot(), count: mask + 1)
  }

  deinit { unsafe slots.deallocate() }

  /// The slot where a search starts.
  @inline(__always)
  static func home(_ hash: UInt64, mask: Int) -> Int {
    Int(truncatingIfNeeded: hash &>> 20) & mask
  }

  /// Adds a key that is not in the table.
  ///
  /// - Parameter rehash: gives the hash of a long key from its value; short ones are in the slot.
  mutating func insert(
    _ key: Key, value: UInt32, seed: KeyHash.Seed, rehash: (UInt32) -> UInt64
  ) {
    if (count + 1) * 2 > mask + 1 { grow(seed: seed, rehash: rehash) }
    unsafe Self.place(
      Slot(low: key.low, high: key.high, value: value, check: key.check), key.hash,
      in: slots, mask: mask)
    count += 1
  }

  /// Forgets every key.
  ///
  /// A table that one text blew up shrinks again.
  mutating func removeAll() {
    unsafe slots.deallocate()
    mask = (1 << Self.startBits) - 1
    unsafe slots = .allocate(capacity: mask + 1)
    unsafe slots.initialize(repeating: Slot(), count: mask + 1)
    count = 0
  }

  private static func place(
    _ slot: Slot, _ hash: UInt64, in slots: UnsafeMutablePointer<Slot>, mask: Int
  ) {
    var index = home(hash, mask: mask)
    while unsafe slots[index].check != 0 { index = (index &+ 1) & mask }
    unsafe slots[index] = slot
  }

  private mutating func grow(seed: KeyHash.Seed, rehash: (UInt32) -> UInt64) {
    let newMask = (mask + 1) * 4 - 1
    let bigger = UnsafeMutablePointer<Slot>.allocate(capacity: newMask + 1)
    unsafe bigger.initialize(repeating: Slot(), count: newMask + 1)
    for index in 0...mask {
      let slot = unsafe slots[index]
      if slot.check == 0 { continue }
      let short = slot.check & 0x7F <= 16
      let hash = short ? seed.mix(slot.low, slot.high) : rehash(slot.value)
      unsafe Self.place(slot, hash, in: bigger, mask: newMask)
    }
    unsafe slots.deallocate()
    unsafe slots = bigger
    mask = newMask
  }
}
