internal import Glibc

/// Resampling: how far a figure would move on another draw of as many messages.
package enum Bootstrap {
  private static let samples = 1000

  /// The 95 % interval of F1 (2.5th to 97.5th percentile), with a fixed seed.
  ///
  /// A draw of n messages with replacement gives multinomial counts; F1 needs those of the true
  /// positives and of the errors, which are drawn as two binomial numbers. So a sample costs the
  /// same for a hundred messages and for a million.
  package static func interval(_ counts: LabelCounts) -> ClosedRange<Double> {
    let total = counts.total
    guard total > 0 else { return 0...0 }
    var generator = SplitMix64(state: 20_261_121)
    let hits = Double(counts.truePositives) / Double(total)
    let errors = counts.falsePositives + counts.falseNegatives
    let rest = total - counts.truePositives
    let errorShare = rest == 0 ? 0 : Double(errors) / Double(rest)
    var figures: [Double] = []
    figures.reserveCapacity(samples)
    for _ in 0..<samples {
      let drawnHits = generator.binomial(total, hits)
      let drawnErrors = generator.binomial(total - drawnHits, errorShare)
      let whole = 2 * drawnHits + drawnErrors
      figures.append(whole == 0 ? 0 : Double(2 * drawnHits) / Double(whole))
    }
    figures.sort()
    return figures[samples / 40]...figures[samples - samples / 40 - 1]
  }
}

/// Steele, Lea and Flood's SplitMix64: small, seeded, the same everywhere.
package struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  /// Starts at a seed.
  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to `limit`, by multiplication (Lemire).
  package mutating func below(_ limit: Int) -> Int {
    Int(((next() >> 32) &* UInt64(limit)) >> 32)
  }

  /// A fraction, at least 0 and below 1.
  package mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// How many of `trials` succeed, each with the probability `share`.
  ///
  /// Exact by inversion while few are expected on one side; beyond 40, where the two differ by less
  /// than the figures that are made of them show, by the normal curve.
  package mutating func binomial(_ trials: Int, _ share: Double) -> Int {
    guard trials > 0, share > 0 else { return 0 }
    guard share < 1 else { return trials }
    if share > 0.5 { return trials - binomial(trials, 1 - share) }
    let mean = Double(trials) * share
    if mean > 40 {
      // Box and Muller; 1 − u is never 0.
      let normal = sqrt(-2 * log(1 - unit())) * cos(2 * .pi * unit())
      let drawn = mean + normal * sqrt(mean * (1 - share))
      return min(trials, max(0, Int(drawn.rounded())))
    }
    let odds = share / (1 - share)
    var chance = exp(Double(trials) * log(1 - share))
    var left = unit()
    var successes = 0
    while left >= chance, successes < trials {
      left -= chance
      successes += 1
      chance *= odds * Double(trials - successes + 1) / Double(successes)
    }
    return successes
  }
}
