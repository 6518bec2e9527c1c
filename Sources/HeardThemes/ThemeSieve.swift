/// Tells which terms are in so few messages that they can be no theme, in memory of a fixed size.
///
/// Every term adds to one of a fixed number of counters; several terms may share one. A counter is
/// never below the count of any of its terms, so what is sieved out was rare for certain (the filter
/// of Park, Chen and Yu, 1995). The counters do not depend on the order of the messages.
struct TermSieve: Sendable {
  private static let bits: UInt64 = 23
  private var counters = [UInt16](repeating: 0, count: 1 << Int(bits))
  /// Messages that a term must have.
  private(set) var least: UInt16 = 1

  /// Counts a term of a message.
  mutating func add(_ hash: UInt64) {
    let place = Int(hash >> (64 - TermSieve.bits))
    counters[place] = counters[place] == .max ? .max : counters[place] + 1
  }

  /// Adds the counts of another worker.
  mutating func add(_ other: TermSieve) {
    for place in counters.indices {
      let (sum, isTooLarge) = counters[place].addingReportingOverflow(other.counters[place])
      counters[place] = isTooLarge ? .max : sum
    }
  }

  /// Sets the least count, so high that at most `limit` counters reach it.
  mutating func close(least wanted: Int, limit: Int) {
    var histogram = [Int](repeating: 0, count: Int(UInt16.max) + 1)
    for counter in counters { histogram[Int(counter)] += 1 }
    var above = 0
    var least = histogram.count - 1
    while least > wanted, above + histogram[least] <= limit {
      above += histogram[least]
      least -= 1
    }
    self.least = UInt16(clamping: max(wanted, least))
  }

  /// Whether a term may be frequent enough.
  func passes(_ hash: UInt64) -> Bool {
    counters[Int(hash >> (64 - TermSieve.bits))] >= least
  }
}

/// Tells words that are names by how they are written: with a capital inside sentences, mostly.
///
/// A recurring name would make a theme of a person. Dutch, Polish and English write no other nouns
/// with capitals, but for days, months and peoples, which are lost as themes.
struct NameSieve: Sendable {
  private static let bits: UInt64 = 20
  private var capital = [UInt16](repeating: 0, count: 1 << Int(bits))
  private var small = [UInt16](repeating: 0, count: 1 << Int(bits))

  /// Counts a word inside a sentence.
  mutating func add(_ hash: UInt64, isCapitalised: Bool) {
    let place = Int(hash >> (64 - NameSieve.bits))
    if isCapitalised {
      if capital[place] < .max { capital[place] += 1 }
    } else if small[place] < .max {
      small[place] += 1
    }
  }

  /// Adds the counts of another worker.
  mutating func add(_ other: NameSieve) {
    func sum(_ one: UInt16, _ other: UInt16) -> UInt16 {
      let (sum, isTooLarge) = one.addingReportingOverflow(other)
      return isTooLarge ? .max : sum
    }
    for place in capital.indices {
      capital[place] = sum(capital[place], other.capital[place])
      small[place] = sum(small[place], other.small[place])
    }
  }

  /// Whether a word is taken for a name.
  func isName(_ hash: UInt64) -> Bool {
    let place = Int(hash >> (64 - NameSieve.bits))
    return capital[place] > small[place]
  }
}
