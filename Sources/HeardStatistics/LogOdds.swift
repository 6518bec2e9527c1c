internal import Foundation

/// Monroe, Colaresi and Quinn's "Fightin' Words" (2008): how much more a word belongs to one group of
/// texts than to another, with a prior that knows how common the word is anyway.
///
/// Rare words do not win by chance: their prior pulls the odds together, and the difference is
/// divided by its standard deviation.
package enum LogOdds {
  /// The z-score of a word; positive when it belongs to the first group.
  ///
  /// - Parameters:
  ///   - first, second: texts of each group that have the word.
  ///   - totals: sum of such counts over all words, by group.
  ///   - prior: pseudo-count of the word, above 0; `priorTotal` is the sum over all words.
  package static func score(
    first: Double, second: Double, totals: (Double, Double), prior: Double, priorTotal: Double
  ) -> Double {
    func logOdds(_ count: Double, _ total: Double) -> Double {
      log((count + prior) / (total + priorTotal - count - prior))
    }
    let difference = logOdds(first, totals.0) - logOdds(second, totals.1)
    let variance = 1 / (first + prior) + 1 / (second + prior)
    return difference / variance.squareRoot()
  }
}
