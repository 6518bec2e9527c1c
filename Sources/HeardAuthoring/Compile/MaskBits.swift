internal import HeardLexicon

/// Which bit stands for which element where it is a companion.
///
/// There are far more elements than bits, so most bits stand for many. Elements between which
/// phrases choose, as `(heb|had|kreeg)`, share a bit, so that the mask of the choice has one; and
/// words that are often met are kept apart from each other, so that a bit says as much as it can.
struct MaskBits {
  /// By element: the bit, and ``PhraseTable/companionFlag``.
  private var bits: [UInt8]
  /// About how many of a million tokens have a bit.
  private var loads = [Int](repeating: 0, count: PhraseTable.elementBits)

  /// Shares the bits out.
  ///
  /// - Parameters:
  ///   - choices: the elements of each step that may become a companion.
  ///   - costs: by element, how many of a million tokens are it.
  init(_ choices: [[UInt32]], costs: [Int]) {
    let none = UInt8.max
    bits = [UInt8](repeating: none, count: costs.count)
    var uses: [[UInt32]: Int] = [:]
    for elements in choices { uses[elements, default: 0] += 1 }
    let groups = uses.filter { $0.key.count > 1 }.sorted { one, other in
      one.value != other.value
        ? one.value > other.value : one.key.lexicographicallyPrecedes(other.key)
    }
    let alone = Set(choices.joined()).sorted { (-costs[Int($0)], $0) < (-costs[Int($1)], $1) }
    for group in groups.map(\.key) + alone.map({ [$0] }) {
      let free = group.filter { bits[Int($0)] == none }
      guard !free.isEmpty else { continue }
      // A bit that the group has already, unless it is one of those most met.
      let own = Set(group.map { bits[Int($0)] }).subtracting([none])
      let best = loads.indices.min { (loads[$0], $0) < (loads[$1], $1) } ?? 0
      let shared = own.map(Int.init).min { (loads[$0], $0) < (loads[$1], $1) }
      let bit =
        if let shared, loads[shared] <= loads[best] * 2 + 2_000 { shared } else { best }
      for element in free {
        bits[Int(element)] = UInt8(bit)
        loads[bit] += costs[Int(element)]
      }
    }
    // The others are no companions.
    for element in bits.indices where bits[element] == none { bits[element] = 0 }
  }

  /// The bit of an element.
  func bit(_ element: UInt32) -> Int { Int(bits[Int(element)] & 63) }

  /// About how many of a million tokens have the bit of one of some elements.
  func load(_ elements: [UInt32]) -> Int { Set(elements.map(bit)).reduce(0) { $0 + loads[$1] } }

  /// Notes that a phrase has the element as its companion.
  mutating func markCompanion(_ element: UInt32) {
    bits[Int(element)] |= PhraseTable.companionFlag
  }

  /// Four elements a word.
  var words: [UInt32] {
    stride(from: 0, to: bits.count, by: 4).map { first in
      bits[first..<min(first + 4, bits.count)].enumerated().reduce(0) {
        $0 | UInt32($1.element) << UInt32($1.offset * 8)
      }
    }
  }
}
