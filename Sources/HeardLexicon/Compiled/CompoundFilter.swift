/// Says of most words at one look that no compound is to be found in them.
///
/// Two sets of bits, one for the last three bytes of forms that can be heads of Dutch compounds and
/// one for the first three of those that can be modifiers. They may say yes too often, and never
/// no in error.
package struct CompoundFilter {
  /// Bits of a set.
  private static let size: UInt32 = 4096
  /// Words of both sets in the image.
  static let wordCount = 2 * Int(size) / 32

  package private(set) var words: [UInt32]

  /// Sets that say no to everything.
  package init() { words = Array(repeating: 0, count: Self.wordCount) }

  /// Sets from an image.
  init(words: [UInt32]) { self.words = words }

  /// Adds a form.
  package mutating func insert(_ form: [UInt8], _ flags: PostingFlags) {
    guard form.count >= 3 else { return }
    if flags.contains(.head) { set(Self.bit(form.suffix(3))) }
    if flags.contains(.modifier) { set(Self.size + Self.bit(form.prefix(3))) }
  }

  /// Whether a word may end with a head.
  func mayHaveHead(_ word: [UInt8]) -> Bool { isSet(Self.bit(word.suffix(3))) }

  /// Whether a word may begin with a modifier.
  func mayHaveModifier(_ word: [UInt8]) -> Bool { isSet(Self.size + Self.bit(word.prefix(3))) }

  private mutating func set(_ bit: UInt32) { words[Int(bit / 32)] |= 1 << (bit % 32) }

  private func isSet(_ bit: UInt32) -> Bool { words[Int(bit / 32)] >> (bit % 32) & 1 != 0 }

  private static func bit(_ bytes: ArraySlice<UInt8>) -> UInt32 { FormHash.of(bytes) % size }
}
