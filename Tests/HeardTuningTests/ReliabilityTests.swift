import Testing

@testable import HeardCorpus
@testable import HeardTuning

/// How far scores can be believed, worked out by hand.
@Suite struct ReliabilityTests {
  @Test func brier() {
    var table = Reliability(label: .anger)
    for (score, actual) in [(0.9, true), (0.8, true), (0.3, false), (0.6, false)] {
      table.add(score: score, actual: actual)
    }
    // (0.01 + 0.04 + 0.09 + 0.36) / 4
    #expect(abs(table.brier - 0.125) < 1e-12)
    #expect(table.brierOfShare == 0.25)
    // Four bins of one message each: (0.1 + 0.2 + 0.3 + 0.6) / 4
    #expect(abs(table.calibrationError - 0.3) < 1e-12)
    #expect(table.bins[9].count == 1)
    table.add(score: 1, actual: true)
    #expect(table.bins[9].count == 2)
    #expect(table.count == 5)
  }
}
