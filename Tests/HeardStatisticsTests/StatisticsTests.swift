import Testing

@testable import HeardStatistics

/// Figures worked out by hand.
@Suite struct StatisticsTests {
  /// 2 · Σ C(n, k) / 2^n.
  @Test(arguments: [
    (0, 0, 1.0), (0, 1, 1.0), (0, 5, 0.0625), (1, 5, 0.21875), (5, 1, 0.21875), (3, 3, 1.0),
    (2, 10, 158.0 / 4096), (0, 10, 2.0 / 1024),
  ]) func mcNemar(lost: Int, gained: Int, probability: Double) {
    #expect(abs(McNemar.exact(lost: lost, gained: gained) - probability) < 1e-12)
  }

  @Test func mcNemarOfManyIsANumber() {
    let even = McNemar.exact(lost: 50_000, gained: 50_000)
    #expect(even > 0.99 && even <= 1)
    #expect(McNemar.exact(lost: 49_000, gained: 51_000) < 1e-8)
    // One standard deviation: 500 of 1,000,000 tosses is about 0.317.
    #expect(abs(McNemar.exact(lost: 499_500, gained: 500_500) - 0.3178) < 0.002)
  }

  /// The quick way agrees with drawing every message anew.
  @Test(arguments: [(20, 10, 10, 60), (300, 80, 120, 500), (2, 1, 1, 3000)])
  func bootstrapAgreesWithPlainDraws(cells: (Int, Int, Int, Int)) {
    var counts = LabelCounts()
    counts.truePositives = cells.0
    counts.falsePositives = cells.1
    counts.falseNegatives = cells.2
    counts.trueNegatives = cells.3
    var generator = SplitMix64(state: 7)
    let errors = cells.1 + cells.2
    let figures = (0..<2000).map { _ in
      var hits = 0
      var wrong = 0
      for _ in 0..<counts.total {
        let draw = generator.below(counts.total)
        if draw < cells.0 { hits += 1 } else if draw < cells.0 + errors { wrong += 1 }
      }
      return hits + wrong == 0 ? 0 : 2 * Double(hits) / Double(2 * hits + wrong)
    }
    .sorted()
    let width = figures[1949] - figures[50]
    #expect(abs(counts.interval.lowerBound - figures[50]) < 0.12 * width + 1e-9)
    #expect(abs(counts.interval.upperBound - figures[1949]) < 0.12 * width + 1e-9)
  }

  @Test(arguments: [(10, 0.3), (200, 0.05), (1000, 0.5), (5000, 0.97), (100_000, 0.2)])
  func binomialHasItsMoments(trials: Int, share: Double) {
    var generator = SplitMix64(state: 99)
    let draws = (0..<4000).map { _ in Double(generator.binomial(trials, share)) }
    let mean = draws.reduce(0, +) / 4000
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000
    let expected = Double(trials) * share
    let expectedVariance = expected * (1 - share)
    #expect(abs(mean - expected) < 5 * (expectedVariance / 4000).squareRoot())
    #expect(abs(variance / expectedVariance - 1) < 0.15)
    #expect(draws.allSatisfy { $0 >= 0 && $0 <= Double(trials) })
  }
}

/// Tables say the same in every form, and no cell becomes a formula.
@Suite struct TableTests {
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+x", "'+x"), ("@sum", "'@sum"), ("-3.5", "-3.5"), ("-x", "'-x"),
    ("a\tb\nc", "a b c"), ("plain", "plain"),
  ]) func cellsAreSafe(cell: String, written: String) { #expect(Table.safe(cell) == written) }

  @Test func alignsAndEscapes() {
    var table = Table(["name", ">n"])
    table.add(["a|b", "5"])
    table.add(["ł", "120"])
    #expect(table.write(.text) == "name    n\na|b     5\nł     120\n")
    #expect(table.write(.markdown) == "| name | n |\n| --- | ---: |\n| a\\|b | 5 |\n| ł | 120 |\n")
    #expect(table.write(.tsv) == "name\tn\na|b\t5\nł\t120\n")
  }

  @Test(arguments: [(0.005, ".01"), (0.994, ".99"), (0.996, "1.00"), (0, ".00"), (-0.5, "-.50")])
  func shares(value: Double, text: String) { #expect(Figure.share(value) == text) }
}
