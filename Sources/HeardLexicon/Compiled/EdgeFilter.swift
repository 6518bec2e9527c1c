/// Which word edges the trie has, as bits of hashes of node and element.
///
/// A walk asks for an edge far more often than there is one, and bisecting the many edges behind a
/// common word costs as many loads from far apart. One bit of a table that stays in the cache says
/// no; it never says no to an edge that is there.
struct EdgeFilter: Sendable {
  /// A power of two of words.
  private(set) var words: ContiguousArray<UInt64>

  /// Makes the filter of so many edges: 16 bits for each, so that one in 16 says yes wrongly.
  init(edges: Int) {
    var count = 1
    while count * 4 < edges { count *= 2 }
    words = ContiguousArray(repeating: 0, count: count)
  }

  /// Adds the edge of a node.
  mutating func add(_ node: UInt32, _ element: UInt32) {
    let bit = Self.bit(node, element, words: words.count)
    words[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  /// The number of the bit of an edge.
  @inline(__always)
  static func bit(_ node: UInt32, _ element: UInt32, words: Int) -> Int {
    let key = UInt64(node) << 32 | UInt64(element)
    return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (words &* 64 &- 1)
  }
}
