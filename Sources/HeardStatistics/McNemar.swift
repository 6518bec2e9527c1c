internal import Glibc

/// The exact test of McNemar: whether two judges differ by more than chance.
public enum McNemar {
  /// The two-sided probability that so uneven a split comes from a fair coin.
  ///
  /// - Parameters:
  ///   - lost: messages that the first judge had right and the second has wrong.
  ///   - gained: the other way round.
  /// - Returns: 0 … 1; 1 when nothing differs.
  public static func exact(lost: Int, gained: Int) -> Double {
    let total = lost + gained
    guard total > 0 else { return 1 }
    // Summed from the smallest term up, in logarithms: 2^-n alone is no number beyond n = 1074.
    let base = lgamma(Double(total) + 1) - Double(total) * log(2)
    var sum = 0.0
    for count in 0...min(lost, gained) {
      sum += exp(base - lgamma(Double(count) + 1) - lgamma(Double(total - count) + 1))
    }
    return min(1, 2 * sum)
  }
}
