internal import Foundation

/// A logistic regression whose weights are drawn to where an analyst put them.
///
/// Minimises Σ rᵢ·log(1 + exp(−yᵢ·mᵢ)) + λ/2·Σ sⱼ·(wⱼ − priorⱼ)² over weights in their bounds, where
/// mᵢ = offsetᵢ + Σ valueᵢⱼ·wⱼ. Convex, with one optimum for λ > 0. Solved by coordinate descent in a
/// fixed order; each step uses the bound p(1−p) ≤ 1/4, so that none can go up: no step size to
/// choose, nothing random.
public struct LogisticProblem {
  /// Column in front of row: which rows a weight works in, and by how much.
  public private(set) var columns: [[(row: Int, value: Double)]]
  /// What the rows have whatever the weights are.
  public private(set) var offsets: [Double] = []
  /// What the rows are.
  public private(set) var labels: [Bool] = []
  /// How much a row counts, above 0.
  public private(set) var rowWeights: [Double] = []
  /// Where each weight is drawn to, and begins.
  public var priors: [Double]
  /// How fast each is held there, times λ.
  public var holds: [Double]
  /// Where each weight must stay; equal bounds freeze it.
  public var bounds: [ClosedRange<Double>]

  /// Weights and what they came to.
  public struct Solution: Sendable {
    /// In the order of the columns.
    public var weights: [Double]
    /// What was minimised, there.
    public var objective: Double
    /// How often all columns were gone through.
    public var sweeps: Int
  }

  /// Makes a problem without rows.
  public init(priors: [Double], holds: [Double]? = nil, bounds: [ClosedRange<Double>]? = nil) {
    self.priors = priors
    self.holds = holds ?? Array(repeating: 1, count: priors.count)
    self.bounds = bounds ?? Array(repeating: -1e6...1e6, count: priors.count)
    columns = Array(repeating: [], count: priors.count)
  }

  /// How many rows there are.
  public var rowCount: Int { labels.count }

  /// Adds a row; a column may stand in it more than once.
  public mutating func add(
    _ values: [(column: Int, value: Double)], offset: Double = 0, label: Bool, weight: Double = 1
  ) {
    for (column, value) in values {
      if columns[column].last?.row == labels.count {
        columns[column][columns[column].count - 1].value += value
      } else {
        columns[column].append((labels.count, value))
      }
    }
    offsets.append(offset)
    labels.append(label)
    rowWeights.append(weight)
  }

  /// The margins of all rows under some weights.
  public func margins(_ weights: [Double]) -> [Double] {
    var margins = offsets
    for (column, weight) in zip(columns, weights) {
      for (row, value) in column { margins[row] += value * weight }
    }
    return margins
  }

  /// What is minimised.
  public func objective(_ weights: [Double], strength: Double) -> Double {
    var sum = 0.0
    for (row, margin) in margins(weights).enumerated() {
      sum += rowWeights[row] * LogisticProblem.loss(margin, labels[row])
    }
    for index in weights.indices {
      let distance = weights[index] - priors[index]
      sum += strength / 2 * holds[index] * distance * distance
    }
    return sum
  }

  /// The weights of the optimum, to within `tolerance`.
  public func solve(strength: Double, tolerance: Double = 1e-5, limit: Int = 2000) -> Solution {
    var weights = zip(priors, bounds).map { min(max($0, $1.lowerBound), $1.upperBound) }
    var margins = margins(weights)
    let free = columns.indices.filter {
      bounds[$0].lowerBound < bounds[$0].upperBound && !columns[$0].isEmpty
    }
    let curvatures = columns.enumerated().map { index, column in
      column.reduce(strength * holds[index]) {
        $0 + rowWeights[$1.row] * $1.value * $1.value / 4
      }
    }
    var sweeps = 0
    while sweeps < limit {
      sweeps += 1
      var largest = 0.0
      for index in free where curvatures[index] > 0 {
        var gradient = strength * holds[index] * (weights[index] - priors[index])
        for (row, value) in columns[index] {
          let probability = LogisticProblem.logistic(margins[row])
          gradient += rowWeights[row] * value * (probability - (labels[row] ? 1 : 0))
        }
        let wanted = weights[index] - gradient / curvatures[index]
        let new = min(max(wanted, bounds[index].lowerBound), bounds[index].upperBound)
        let step = new - weights[index]
        if step == 0 { continue }
        weights[index] = new
        for (row, value) in columns[index] { margins[row] += value * step }
        largest = max(largest, abs(step))
      }
      if largest < tolerance { break }
    }
    return Solution(
      weights: weights, objective: objective(weights, strength: strength), sweeps: sweeps)
  }

  /// 1 / (1 + e^−x).
  public static func logistic(_ margin: Double) -> Double {
    margin >= 0 ? 1 / (1 + exp(-margin)) : exp(margin) / (1 + exp(margin))
  }

  /// −log of the probability that the margin gives the label.
  public static func loss(_ margin: Double, _ label: Bool) -> Double {
    let agreeing = label ? margin : -margin
    return agreeing >= 0 ? log1p(exp(-agreeing)) : log1p(exp(agreeing)) - agreeing
  }
}
