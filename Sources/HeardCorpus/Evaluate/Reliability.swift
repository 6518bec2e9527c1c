internal import HeardLexicon

/// Whether a score of 0.8 means that it is so eight times of ten.
public struct Reliability: Hashable, Sendable {
  /// Messages whose score lies in one tenth.
  public struct Bin: Hashable, Sendable {
    /// Messages in it.
    public var count = 0
    /// Sum of their scores.
    public var scores = 0.0
    /// Messages of which it is so.
    public var positives = 0

    /// Mean score; 0 of an empty bin.
    public var meanScore: Double { count == 0 ? 0 : scores / Double(count) }
    /// Share of which it is so; 0 of an empty bin.
    public var shareTrue: Double { count == 0 ? 0 : Double(positives) / Double(count) }
  }

  /// What was asked.
  public var label: Label
  /// Ten, from scores of 0 to those of 1.
  public private(set) var bins = Array(repeating: Bin(), count: 10)
  private var squares = 0.0

  /// Makes an empty table.
  public init(label: Label) { self.label = label }

  /// Adds a message.
  public mutating func add(score: Double, actual: Bool) {
    let bin = min(9, max(0, Int(score * 10)))
    bins[bin].count += 1
    bins[bin].scores += score
    if actual { bins[bin].positives += 1 }
    let off = score - (actual ? 1 : 0)
    squares += off * off
  }

  /// Messages that were asked.
  public var count: Int { bins.reduce(0) { $0 + $1.count } }
  /// Mean squared distance of score and truth: 0 is perfect, 0.25 is saying 0.5 always.
  public var brier: Double { count == 0 ? 0 : squares / Double(count) }
  /// The same for saying always how many there are of all.
  public var brierOfShare: Double {
    guard count > 0 else { return 0 }
    let share = Double(bins.reduce(0) { $0 + $1.positives }) / Double(count)
    return share * (1 - share)
  }
  /// Mean distance between score and share, bins weighted by their messages.
  public var calibrationError: Double {
    guard count > 0 else { return 0 }
    return bins.reduce(0.0) {
      $0 + ($1.meanScore - $1.shareTrue).magnitude * Double($1.count)
    } / Double(count)
  }

  /// Tables of the labels that are scores themselves, over all messages that were asked.
  static func of(_ outcomes: [MessageOutcome]) -> [Reliability] {
    let labels: [Label] = [
      .complaint, .anger, .expectationGap, .staffTargeted, .pricingDispute,
    ]
    return labels.compactMap { label in
      guard let kind = label.score, let place = EvidenceKind.scores.firstIndex(of: kind) else {
        return nil
      }
      var table = Reliability(label: label)
      for outcome in outcomes {
        if let actual = outcome.labels[label] {
          table.add(score: outcome.scores[place], actual: actual)
        }
      }
      return table.count > 0 ? table : nil
    }
  }
}
