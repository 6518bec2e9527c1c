/// How often something was found: in messages as a whole and in those with and without each label.
public struct Occurrences: Hashable, Sendable {
  /// Messages that have it.
  public internal(set) var messages = 0
  /// Of those, messages of which each label is so.
  private(set) var withLabel = Array(repeating: 0, count: Label.allCases.count)
  /// Of those, messages of which each label is not so.
  private(set) var withoutLabel = Array(repeating: 0, count: Label.allCases.count)

  /// Messages that have it and the label.
  public func with(_ label: Label) -> Int { withLabel[label.order] }
  /// Messages that have it, were asked, and have not the label.
  public func without(_ label: Label) -> Int { withoutLabel[label.order] }

  mutating func add(_ labels: LabelValues) {
    messages += 1
    for (label, holds) in labels {
      if holds { withLabel[label.order] += 1 } else { withoutLabel[label.order] += 1 }
    }
  }

  mutating func add(_ other: Occurrences) {
    messages += other.messages
    for place in withLabel.indices {
      withLabel[place] += other.withLabel[place]
      withoutLabel[place] += other.withoutLabel[place]
    }
  }
}

/// What one entry did in the messages of one worker, or of all.
struct EntryTally: Sendable {
  var occurrences = Occurrences()
  /// By the words that matched, in small letters.
  var forms: [String: Occurrences] = [:]
  var senders: Set<UInt64> = []
  /// Messages with a label wrongly given to which it contributed.
  var errors = 0
  /// Sum of the hashes of its messages: entries found in the same messages have the same.
  var signature: UInt64 = 0
  /// Entries that cover every match so far; nil before the first.
  var coverers: Set<UInt32>?

  mutating func cover(_ others: Set<UInt32>) {
    coverers = coverers.map { $0.intersection(others) } ?? others
  }

  mutating func add(_ other: EntryTally) {
    occurrences.add(other.occurrences)
    for (form, some) in other.forms { forms[form, default: Occurrences()].add(some) }
    senders.formUnion(other.senders)
    errors += other.errors
    signature &+= other.signature
    if let theirs = other.coverers { cover(theirs) }
  }
}
