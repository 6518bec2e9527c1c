/// Counts of one label in one set and language.
public struct LabelCounts: Hashable, Sendable {
  /// Said and so.
  public var truePositives = 0
  /// Said and not so.
  public var falsePositives = 0
  /// So and not said.
  public var falseNegatives = 0
  /// Neither said nor so.
  public var trueNegatives = 0

  /// Makes empty counts.
  public init() {}

  /// Adds one decision.
  public mutating func add(predicted: Bool, actual: Bool) {
    add(predicted: predicted, actual: actual, times: 1)
  }

  /// Adds the same decision several times.
  package mutating func add(predicted: Bool, actual: Bool, times: Int) {
    switch (predicted, actual) {
    case (true, true): truePositives += times
    case (true, false): falsePositives += times
    case (false, true): falseNegatives += times
    case (false, false): trueNegatives += times
    }
  }

  /// Adds the counts of other messages.
  package mutating func add(_ other: LabelCounts) {
    truePositives += other.truePositives
    falsePositives += other.falsePositives
    falseNegatives += other.falseNegatives
    trueNegatives += other.trueNegatives
  }

  /// Messages with the label.
  public var total: Int { truePositives + falsePositives + falseNegatives + trueNegatives }
  /// Messages of which it is so.
  public var positives: Int { truePositives + falseNegatives }
  /// Share of what was said that is so; 0 when nothing was said.
  public var precision: Double { ratio(truePositives, truePositives + falsePositives) }
  /// Share of what is so that was said; 0 when nothing is so.
  public var recall: Double { ratio(truePositives, positives) }
  /// Harmonic mean of the two.
  public var f1: Double {
    ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
  }
  /// The 95 % interval of F1, by 1,000 bootstrap samples of the messages with a fixed seed.
  public var interval: ClosedRange<Double> { Bootstrap.interval(self) }
  /// F1 of saying yes to everything.
  public var alwaysYes: Double { ratio(2 * positives, total + positives) }

  private func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
