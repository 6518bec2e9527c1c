/// A pattern in which `*` stands for any run of characters; ASCII case does not matter.
///
/// Matching is linear in pattern × text at worst (one backtracking point), so a hostile header
/// cannot make a rule slow.
public struct Glob: Hashable, Sendable {
  /// As written in the policy.
  public let text: String
  private let pattern: [UInt8]

  /// Makes a pattern.
  public init(_ text: String) {
    self.text = text
    pattern = text.utf8.map(Glob.lower)
  }

  /// Whether the whole text matches.
  public func matches(_ text: String) -> Bool {
    let bytes = text.utf8.map(Glob.lower)
    let star = UInt8(ascii: "*")
    var index = 0
    var place = 0
    var resumePattern = -1
    var resumeText = 0
    while index < bytes.count {
      if place < pattern.count, pattern[place] == star {
        resumePattern = place + 1
        resumeText = index
        place += 1
      } else if place < pattern.count, pattern[place] == bytes[index] {
        place += 1
        index += 1
      } else if resumePattern >= 0 {
        resumeText += 1
        index = resumeText
        place = resumePattern
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == star }
  }

  /// Whether every text matches.
  package var matchesAll: Bool {
    !pattern.isEmpty && pattern.allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Whether every text that matches this pattern matches the other; may miss it, claims no false one.
  ///
  /// The `*` of this pattern can be met by a `*` of the other only, as any text could stand there.
  package func isInside(_ other: Glob) -> Bool { other.matches(text) }

  /// Whether no text matches both; may miss it, claims no false one.
  package func isApart(from other: Glob) -> Bool {
    let star = UInt8(ascii: "*")
    func differ(_ one: some Collection<UInt8>, _ two: some Collection<UInt8>) -> Bool {
      for (left, right) in zip(one, two) {
        if left == star || right == star { return false }
        if left != right { return true }
      }
      return false
    }
    let hasStar = pattern.contains(star) || other.pattern.contains(star)
    return hasStar
      ? differ(pattern, other.pattern) || differ(pattern.reversed(), other.pattern.reversed())
      : pattern != other.pattern
  }

  /// Whether two names are the same but for the case of ASCII letters.
  package static func equalIgnoringCase(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8) { lower($0) == lower($1) }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}
