import Testing

@testable import HeardStatistics

/// The log-odds against values worked out by hand.
@Suite struct LogOddsTests {
  /// ln(15/185) − ln(7/193) = 0.80447; √(1/15 + 1/7) = 0.45774.
  @Test func handComputed() {
    let score = LogOdds.score(
      first: 10, second: 2, totals: (100, 100), prior: 5, priorTotal: 100)
    #expect(abs(score - 1.757497) < 1e-4)
  }

  @Test func equalGroupsAreEven() {
    #expect(
      LogOdds.score(first: 4, second: 4, totals: (50, 50), prior: 2, priorTotal: 60) == 0)
  }

  @Test func swappedGroupsTurnTheSign() {
    let one = LogOdds.score(first: 9, second: 1, totals: (80, 40), prior: 2, priorTotal: 60)
    let other = LogOdds.score(first: 1, second: 9, totals: (40, 80), prior: 2, priorTotal: 60)
    #expect(abs(one + other) < 1e-12)
  }

  /// Once against never is less than ten times against once.
  @Test func rareWordsDoNotWinByChance() {
    let rare = LogOdds.score(first: 1, second: 0, totals: (100, 100), prior: 0.5, priorTotal: 100)
    let common = LogOdds.score(
      first: 10, second: 1, totals: (100, 100), prior: 5.5, priorTotal: 100)
    #expect(rare < common)
  }
}
