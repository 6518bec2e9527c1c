internal import Foundation

/// How much more voices with a label have a term than voices without it.
public struct Keyness: Hashable, Sendable {
  /// Voices with the label and the term, and all with the label.
  public var with: (count: Int, total: Int) { (withCount, withTotal) }
  /// Likewise without the label.
  public var without: (count: Int, total: Int) { (withoutCount, withoutTotal) }
  private let withCount: Int
  private let withTotal: Int
  private let withoutCount: Int
  private let withoutTotal: Int
  /// The difference of the log-odds, and its standard error.
  public let logOdds: Double
  /// Likewise.
  public let standardError: Double

  /// A part of a group's pseudo-voices that the prior is worth.
  private static let priorShare = 0.1

  /// Compares two shares: log-odds with an informative prior.
  ///
  /// As Monroe, Colaresi and Quinn (2008) do for words of a text, here for voices that have a term
  /// or not: both shares have the same Beta prior, centred on the share that all voices have, worth a
  /// tenth of the smaller group, and half a voice on either side (Jeffreys), so that a term that one
  /// group never has gets a finite interval.
  init(with: (count: Int, total: Int), without: (count: Int, total: Int)) {
    withCount = with.count
    withTotal = with.total
    withoutCount = without.count
    withoutTotal = without.total
    let (a, m) = (Double(with.count), Double(with.total))
    let (b, n) = (Double(without.count), Double(without.total))
    let share = (a + b) / max(1, m + n)
    let weight = Keyness.priorShare * min(m, n)
    let (has, lacks) = (0.5 + weight * share, 0.5 + weight * (1 - share))
    logOdds = log((a + has) / (m - a + lacks)) - log((b + has) / (n - b + lacks))
    standardError =
      (1 / (a + has) + 1 / (m - a + lacks) + 1 / (b + has) + 1 / (n - b + lacks)).squareRoot()
  }

  /// How many standard errors it is above nothing.
  public var z: Double { logOdds / standardError }
  /// The odds ratio and its 95 % interval.
  public var oddsRatio: (value: Double, low: Double, high: Double) {
    (
      exp(logOdds), exp(logOdds - 1.959964 * standardError), exp(logOdds + 1.959964 * standardError)
    )
  }
  /// The chance of so high a z when there is nothing in it.
  var p: Double { ThemeStatistics.tail(z) }

  /// Equal when all counts are.
  public static func == (one: Keyness, other: Keyness) -> Bool {
    one.with == other.with && one.without == other.without
  }

  /// Hashes the counts.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(withCount)
    hasher.combine(withoutCount)
  }
}

/// How a theme's share of all voices moves from period to period.
public struct Trend: Hashable, Sendable {
  /// What is said of it.
  public enum Direction: String, Sendable {
    /// Nobody raised it before the last quarter.
    case new
    case rising
    case steady
    case fading
    /// Too few periods to say.
    case unknown
  }

  /// What is said.
  public var direction: Direction
  /// Change of the odds a period, as a factor, with its 95 % interval; nil with too few periods.
  public var factor: (value: Double, low: Double, high: Double)? {
    slope.map { slope in
      (
        exp(slope), exp(slope - 1.959964 * standardError), exp(slope + 1.959964 * standardError)
      )
    }
  }
  /// The chance of such a slope, or such a late beginning, when nothing moves; corrected for all
  /// themes of the report (Benjamini and Hochberg).
  public var q: Double
  let slope: Double?
  let standardError: Double
}

/// The arithmetic of themes.
enum ThemeStatistics {
  /// Fewer periods say nothing about a trend.
  static let leastPeriods = 4

  /// The chance of a normal value above `z`.
  static func tail(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

  /// The first of the last quarter of the periods; 0 where no message has a time and there are none.
  static func recent(of periods: Int) -> Int { periods - (periods + 3) / 4 }

  /// The slope of the log-odds by period and its standard error.
  ///
  /// Cochran and Armitage's test for a trend in shares, with its one-step estimate of the slope. Where
  /// the shares scatter more than chance has it, the error is widened (Pearson's dispersion).
  static func slope(_ counts: [Int], of totals: [Int]) -> (slope: Double, error: Double)? {
    let whole = Double(totals.reduce(0, +))
    let part = Double(counts.reduce(0, +))
    guard counts.count >= leastPeriods, part > 0, part < whole else { return nil }
    let share = part / whole
    var mean = 0.0
    for (period, total) in totals.enumerated() { mean += Double(period * total) / whole }
    var score = 0.0
    var spread = 0.0
    var scatter = 0.0
    var used = 0
    for (period, total) in totals.enumerated() where total > 0 {
      let distance = Double(period) - mean
      let expected = Double(total) * share
      score += distance * (Double(counts[period]) - expected)
      spread += Double(total) * distance * distance
      let difference = Double(counts[period]) - expected
      scatter += difference * difference / (expected * (1 - share))
      used += 1
    }
    let information = share * (1 - share) * spread
    guard information > 0, used >= leastPeriods else { return nil }
    let slope = score / information
    // What the slope explains is not scatter around it.
    let rest = max(0, scatter - score * score / information)
    let dispersion = max(1, rest / Double(used - 2))
    return (slope, (dispersion / information).squareRoot())
  }

  /// The chance that nobody raised it before `recent`, if it were raised evenly.
  static func lateness(_ counts: [Int], of totals: [Int], recent: Int) -> Double? {
    let earlier = totals[..<recent].reduce(0, +)
    let whole = totals.reduce(0, +)
    let raised = counts.reduce(0, +)
    guard counts.count >= leastPeriods, earlier > 0, raised > 0,
      counts[..<recent].allSatisfy({ $0 == 0 })
    else { return nil }
    return pow(Double(whole - earlier) / Double(whole), Double(raised))
  }

  /// Corrects chances for how many were looked at (Benjamini and Hochberg, 1995).
  ///
  /// Of all that is shown with a value of q or less, about the share q is there by chance.
  static func corrected(_ chances: [Double]) -> [Double] {
    let order = chances.indices.sorted {
      chances[$0] == chances[$1] ? $0 < $1 : chances[$0] < chances[$1]
    }
    var corrected = chances
    var least = 1.0
    for (place, index) in order.enumerated().reversed() {
      least = min(least, chances[index] * Double(chances.count) / Double(place + 1))
      corrected[index] = least
    }
    return corrected
  }
}
