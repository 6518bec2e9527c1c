/// Arithmetic in whole thousandths, and the two curves that end it.
///
/// Everything in front of a curve is integers, so that sums do not depend on their order (law 4).
/// The curves use only `+ - * /` and the square root, which IEEE 754 defines to the last bit: no
/// machine's mathematics library decides a record's bytes (law 8).
enum FixedPoint {
  /// Sums stay within ± this; what an addition would exceed it by is not contributed.
  static let sumLimit: Int32 = 1_000_000_000

  /// The product of a weight and a multiplier, both in thousandths, halves away from zero.
  ///
  /// The one rounding that there is: multipliers are multiplied with one another and then with the
  /// weight, each time by this function.
  @inline(__always)
  static func times(_ weight: Int32, _ factor: Int32) -> Int32 {
    let product = Int64(weight) * Int64(factor)
    let rounded = (product + (product < 0 ? -500 : 500)) / 1000
    return Int32(clamping: rounded)
  }

  /// 1 / (1 + e^−x) of thousandths of a logit, in four decimals; 0.5 or more exactly when x ≥ 0.
  static func logistic(milli: Int64) -> Double {
    let bounded = min(max(milli, -30_000), 30_000)
    let magnitude = exponential(-Double(abs(bounded)) / 1000)
    let upper = 1 / (1 + magnitude)
    let score = rounded(bounded < 0 ? 1 - upper : upper, decimals: 10_000)
    return bounded < 0 ? min(score, 0.4999) : score
  }

  /// −1 … 1 of a valence sum in thousandths of a point: v / √(v² + 15), in three decimals.
  static func sentiment(milli: Int32) -> Double {
    let points = Double(milli) / 1000
    return rounded(points / (points * points + 15).squareRoot(), decimals: 1000)
  }

  /// `value` in steps of one part in `decimals`, halves away from zero, never minus zero.
  static func rounded(_ value: Double, decimals: Double) -> Double {
    (value * decimals).rounded(.toNearestOrAwayFromZero) / decimals + 0
  }

  /// e^x for −30 ≤ x ≤ 0: the series at x/1024, squared ten times.
  private static func exponential(_ exponent: Double) -> Double {
    let small = exponent / 1024
    var term = 1.0
    var sum = 1.0
    for step in 1...8 {
      term = term * small / Double(step)
      sum += term
    }
    for _ in 0..<10 { sum *= sum }
    return sum
  }
}
