import HeardTestSupport
import Testing

@testable import HeardThemes

/// The arithmetic of themes against values worked out by hand.
@Suite struct ThemeStatisticsTests {
  /// Of 100, 20 have it, and of 300, 10: the prior is worth 10 voices at 30/400, and half a voice.
  ///
  /// ln(21.25/89.75) − ln(11.25/299.75) = 1.84191; √(1/21.25 + 1/89.75 + 1/11.25 + 1/299.75) = 0.38785.
  @Test func keynessByHand() {
    let keyness = Keyness(with: (20, 100), without: (10, 300))
    #expect(abs(keyness.logOdds - 1.84191) < 1e-4)
    #expect(abs(keyness.standardError - 0.38785) < 1e-4)
    #expect(keyness.oddsRatio.low < 6.31 && keyness.oddsRatio.high > 6.31)
  }

  @Test func theLastQuarterIsWithinThePeriods() {
    #expect((0...9).map(ThemeStatistics.recent) == [0, 0, 1, 2, 3, 3, 4, 5, 6, 6])
  }

  @Test func equalSharesAreEven() {
    #expect(abs(Keyness(with: (10, 100), without: (10, 100)).logOdds) < 1e-12)
  }

  /// What the rest never says has a finite interval.
  @Test func neverElsewhere() {
    let keyness = Keyness(with: (5, 1000), without: (0, 9000))
    #expect(keyness.z > 2.5 && keyness.z < 5)
    #expect(keyness.oddsRatio.high.isFinite)
  }

  /// Shares of .1, .2, .3, .4 of 100 each: U = 50, I = .25 · .75 · 500.
  @Test func slopeByHand() throws {
    let found = try #require(
      ThemeStatistics.slope([10, 20, 30, 40], of: [100, 100, 100, 100]))
    #expect(abs(found.slope - 50 / 93.75) < 1e-9)
    #expect(abs(found.error - 0.103280) < 1e-5)
  }

  @Test func evenSharesHaveNoSlope() throws {
    let found = try #require(ThemeStatistics.slope([5, 10, 15, 20], of: [50, 100, 150, 200]))
    #expect(abs(found.slope) < 1e-12)
  }

  @Test func scatterWidensTheError() throws {
    let calm = try #require(
      ThemeStatistics.slope([10, 20, 10, 20, 15, 15], of: [100, 100, 100, 100, 100, 100]))
    let wild = try #require(
      ThemeStatistics.slope([0, 45, 0, 45, 0, 0], of: [100, 100, 100, 100, 100, 100]))
    #expect(wild.error > calm.error * 2)
  }

  @Test(arguments: [
    ([1, 2, 3], [9, 9, 9]), ([0, 0, 0, 0], [9, 9, 9, 9]), ([9, 9, 9, 9], [9, 9, 9, 9]),
  ])
  func tooLittleForATrend(_ counts: [Int], _ totals: [Int]) {
    #expect(ThemeStatistics.slope(counts, of: totals) == nil)
  }

  /// Six voices, all in the last quarter of an even year: 4⁻⁶.
  @Test func latenessByHand() throws {
    let chance = try #require(
      ThemeStatistics.lateness([0, 0, 0, 6], of: [50, 50, 50, 50], recent: 3))
    #expect(abs(chance - 1.0 / 4096) < 1e-12)
    #expect(ThemeStatistics.lateness([1, 0, 0, 6], of: [50, 50, 50, 50], recent: 3) == nil)
  }

  /// The example that is worked through in most textbooks' way: m · p / rank, never falling.
  @Test func correctionByHand() {
    let corrected = ThemeStatistics.corrected([0.01, 0.04, 0.03, 0.005])
    let expected = [0.02, 0.04, 0.04, 0.02]
    for (one, other) in zip(corrected, expected) { #expect(abs(one - other) < 1e-12) }
    #expect(ThemeStatistics.corrected([]).isEmpty)
  }

  /// Where nothing is going on, next to nothing is found: 200 terms that everybody uses alike.
  @Test func chanceIsNotFound() {
    var generator = SeededGenerator(seed: 7)
    var found = 0
    for _ in 0..<20 {
      let chances = (0..<200).map { _ in
        let with = (0..<200).count { _ in Double.random(in: 0..<1, using: &generator) < 0.1 }
        let without = (0..<800).count { _ in Double.random(in: 0..<1, using: &generator) < 0.1 }
        return Keyness(with: (with, 200), without: (without, 800)).p
      }
      found += ThemeStatistics.corrected(chances).contains { $0 <= 0.05 } ? 1 : 0
    }
    // The share that is promised is one in twenty.
    #expect(found <= 4)
  }
}
