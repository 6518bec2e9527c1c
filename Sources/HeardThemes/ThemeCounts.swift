/// Counts the voices that have a term, for all terms that may be themes; one worker's.
///
/// A voice that has several messages is kept apart with all its terms until everything was read, so
/// that it counts once; the others are only added up.
struct TermCounts {
  /// What is counted of a term: voices with each label, without it, and with it lately.
  struct Counts: Sendable {
    var language = 0
    var with = [Int32](repeating: 0, count: 5)
    var without = [Int32](repeating: 0, count: 5)
    var recent = [Int32](repeating: 0, count: 5)

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

  private struct Repeated: Hashable {
    var term: UInt64
    var voice: UInt64
  }

  private struct Bits {
    var bits: UInt16
    var language: UInt8
    var isRecent: Bool
  }

  private var single: [UInt64: Counts] = [:]
  private var repeated: [Repeated: Bits] = [:]

  /// Counts the terms of a message.
  mutating func add(_ hash: UInt64, _ fact: FactTable.Fact, isRecent: Bool) {
    let bits = FactTable.bits(fact.labels)
    guard fact.isRepeated else {
      single[hash, default: Counts(language: Int(fact.language))].add(bits, isRecent: isRecent)
      return
    }
    let none = Bits(bits: 0, language: fact.language, isRecent: isRecent)
    repeated[Repeated(term: hash, voice: fact.voice), default: none].bits |= bits
  }

  /// Adds what another worker counted.
  mutating func add(_ other: TermCounts) {
    single.merge(other.single) { one, other in
      var sum = one
      sum.add(other)
      return sum
    }
    repeated.merge(other.repeated) { one, other in
      var union = one
      union.bits |= other.bits
      return union
    }
  }

  /// The counts of all terms.
  consuming func finish() -> [UInt64: Counts] {
    for (key, bits) in repeated {
      single[key.term, default: Counts(language: Int(bits.language))].add(
        bits.bits, isRecent: bits.isRecent)
    }
    return single
  }
}
