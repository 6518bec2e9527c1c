/// Resampling: how far a figure would move on another draw of as many messages.
enum Bootstrap {
  private static let samples = 1000

  /// The 95 % interval of F1 (2.5th to 97.5th percentile), with a fixed seed.
  static func interval(_ counts: LabelCounts) -> ClosedRange<Double> {
    guard counts.total > 0 else { return 0...0 }
    var generator = SplitMix64(state: 20_261_121)
    let bounds = (
      counts.truePositives,
      counts.truePositives + counts.falsePositives,
      counts.truePositives + counts.falsePositives + counts.falseNegatives
    )
    var figures: [Double] = []
    figures.reserveCapacity(samples)
    for _ in 0..<samples {
      var sample = LabelCounts()
      for _ in 0..<counts.total {
        let draw = generator.below(counts.total)
        if draw < bounds.0 {
          sample.truePositives += 1
        } else if draw < bounds.1 {
          sample.falsePositives += 1
        } else if draw < bounds.2 {
          sample.falseNegatives += 1
        } else {
          sample.trueNegatives += 1
        }
      }
      figures.append(sample.f1)
    }
    figures.sort()
    return figures[samples / 40]...figures[samples - samples / 40 - 1]
  }
}

/// Steele, Lea and Flood's SplitMix64: small, seeded, the same everywhere.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to `limit`, by multiplication (Lemire).
  mutating func below(_ limit: Int) -> Int {
    Int(((next() >> 32) &* UInt64(limit)) >> 32)
  }
}
