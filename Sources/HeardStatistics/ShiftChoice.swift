/// Macro F1 of sums, and the shift of a bias that makes the most of it.
public enum ShiftChoice {
  /// A decision: said when `sum + shift ≥ 0` and the gate is open.
  public struct Decision: Sendable {
    /// What speaks for it, in logits.
    public var sum: Double
    /// Whether it should be said.
    public var label: Bool
    /// Whether it may be said at all.
    public var isOpen: Bool
    /// What it is counted with, as a language.
    public var group: String

    /// Makes a decision.
    public init(sum: Double, label: Bool, isOpen: Bool, group: String) {
      self.sum = sum
      self.label = label
      self.isOpen = isOpen
      self.group = group
    }
  }

  /// Groups with fewer positives say too little of a threshold.
  public static let leastPositives = 8
  /// Shifts in logits; the one nearest 0 is taken of equals.
  private static let steps = (-24...24).map { Double($0) / 20 }

  /// F1 averaged over the groups that have positives enough; nil when none has.
  public static func macroF1(_ decisions: [Decision], shift: Double = 0) -> Double? {
    var counts: [String: LabelCounts] = [:]
    for decision in decisions {
      counts[decision.group, default: LabelCounts()].add(
        predicted: decision.isOpen && decision.sum + shift >= -1e-9, actual: decision.label)
    }
    let figures = counts.sorted { $0.key < $1.key }.map(\.value)
      .filter { $0.positives >= leastPositives }.map(\.f1)
    return figures.isEmpty ? nil : figures.reduce(0, +) / Double(figures.count)
  }

  /// The shift whose neighbourhood has the best macro F1: a plateau rather than a peak.
  public static func best(_ decisions: [Decision]) -> Double {
    let figures = steps.map { macroF1(decisions, shift: $0) ?? 0 }
    func smooth(_ index: Int) -> Double {
      let window = max(0, index - 3)...min(steps.count - 1, index + 3)
      return figures[window].reduce(0, +) / Double(window.count)
    }
    var best = (shift: 0.0, figure: smooth(steps.count / 2))
    for index in steps.indices.sorted(by: { abs(steps[$0]) < abs(steps[$1]) })
    where smooth(index) > best.figure + 1e-6 {
      best = (steps[index], smooth(index))
    }
    return best.shift
  }
}
