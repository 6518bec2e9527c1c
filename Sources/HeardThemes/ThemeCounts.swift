/// Counts the voices that have a term, for all terms that may be themes; one worker's.
///
/// What is counted commutes, so it does not matter which worker reads a message, nor when.
struct TermCounts {
  /// What is counted of a term: voices with each label, without it, and with it lately.
  struct Counts: Sendable {
    var language: UInt8 = 0
    var with = InlineArray<5, Int32>(repeating: 0)
    var without = InlineArray<5, Int32>(repeating: 0)
    var recent = InlineArray<5, Int32>(repeating: 0)

    mutating func add(_ bits: UInt16, isRecent: Bool) {
      for label in 0..<5 {
        if bits & 1 << UInt16(label) != 0 {
          with[label] += 1
          if isRecent { recent[label] += 1 }
        }
        if bits & 1 << UInt16(label + 5) != 0 { without[label] += 1 }
      }
    }

    mutating func add(_ other: Counts) {
      for label in 0..<5 {
        with[label] += other.with[label]
        without[label] += other.without[label]
        recent[label] += other.recent[label]
      }
    }
  }

  private(set) var counts: [UInt64: Counts] = [:]

  /// Counts a term of a voice.
  ///
  /// - Parameters:
  ///   - bits: labels of the voice's messages that have the term (``FactTable/bits(_:)``).
  ///   - isRecent: whether the voice is of the last periods.
  mutating func add(_ hash: UInt64, _ bits: UInt16, language: UInt8, isRecent: Bool) {
    counts[hash, default: Counts(language: language)].add(bits, isRecent: isRecent)
  }

  /// Adds what another worker counted.
  mutating func add(_ other: TermCounts) {
    counts.merge(other.counts) { one, other in
      var sum = one
      sum.add(other)
      return sum
    }
  }

  /// Counts all terms of a voice with several messages.
  mutating func add(_ voice: consuming SharedVoice, isRecent: Bool) {
    for (hash, bits) in voice.terms() {
      add(hash, bits, language: voice.language, isRecent: isRecent)
    }
  }
}
