internal import HeardStatistics

/// A set, a language, and what is counted in them.
struct GroupKey<Name: Hashable & Sendable>: Hashable, Sendable {
  var set: String
  var language: String
  var name: Name

  /// Adds, to sets of several languages, what all languages have together.
  static func withTotals(_ counts: [GroupKey: LabelCounts]) -> [GroupKey: LabelCounts] {
    var languages: [String: Set<String>] = [:]
    for key in counts.keys { languages[key.set, default: []].insert(key.language) }
    var all = counts
    for (key, some) in counts where languages[key.set].map({ $0.count > 1 }) == true {
      let total = GroupKey(set: key.set, language: "all", name: key.name)
      all[total, default: LabelCounts()].add(some)
    }
    return all
  }
}

/// Counts of classes or queues, each against all others, and their confusion.
struct GroupCounts {
  private struct Pair: Hashable {
    var set: String
    var language: String
    var actual: String
    var predicted: String
  }
  private var pairs: [Pair: Int] = [:]

  /// All sets and languages together.
  var confusion: Confusion {
    var confusion = Confusion()
    for (pair, count) in pairs {
      confusion.add(actual: pair.actual, predicted: pair.predicted, times: count)
    }
    return confusion
  }

  mutating func add(_ outcome: MessageOutcome, _ actual: String?, _ predicted: String) {
    guard let actual else { return }
    let pair = Pair(
      set: outcome.set, language: outcome.language, actual: actual, predicted: predicted)
    pairs[pair, default: 0] += 1
  }

  func results() -> [GroupResult] {
    var groups: [GroupKey<String>: LabelCounts] = [:]
    var totals: [[String]: Int] = [:]
    for (pair, count) in pairs {
      totals[[pair.set, pair.language], default: 0] += count
      for name in Set([pair.actual, pair.predicted]) {
        let key = GroupKey(set: pair.set, language: pair.language, name: name)
        groups[key, default: LabelCounts()]
          .add(predicted: pair.predicted == name, actual: pair.actual == name, times: count)
      }
    }
    for (key, counts) in groups {
      groups[key]?.trueNegatives = (totals[[key.set, key.language]] ?? 0) - counts.total
    }
    return GroupKey.withTotals(groups)
      .map { key, counts in
        GroupResult(
          set: key.set, language: key.language, name: key.name, counts: counts,
          interval: counts.interval)
      }
      .sorted { ($0.set, $0.language, $0.name) < ($1.set, $1.language, $1.name) }
  }
}

/// How often what is so was judged as what.
public struct Confusion: Hashable, Sendable {
  private var counts: [String: [String: Int]] = [:]

  /// Makes an empty matrix.
  public init() {}

  /// Adds messages, one unless told.
  public mutating func add(actual: String, predicted: String, times: Int = 1) {
    counts[actual, default: [:]][predicted, default: 0] += times
  }

  /// How often `actual` was judged as `predicted`.
  public subscript(actual: String, predicted: String) -> Int { counts[actual]?[predicted] ?? 0 }

  /// Every name that is so or was said, in order.
  public var names: [String] {
    Set(counts.keys).union(counts.values.flatMap(\.keys)).sorted()
  }
  /// Messages in the matrix.
  public var total: Int { counts.values.reduce(0) { $0 + $1.values.reduce(0, +) } }
  /// Messages judged as they are.
  public var agreed: Int { counts.reduce(0) { $0 + ($1.value[$1.key] ?? 0) } }
}
