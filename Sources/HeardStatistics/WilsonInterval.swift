/// Wilson's score interval of a share, 95 %.
///
/// It holds for small counts, where the normal approximation leaves 0...1. Source: Wilson, Probable
/// Inference, Journal of the American Statistical Association 22 (1927).
public enum WilsonInterval {
  /// The interval of `part` in `whole`, within 0...1; all of it where `whole` is 0.
  public static func share(_ part: Int, of whole: Int) -> ClosedRange<Double> {
    guard whole > 0 else { return 0...1 }
    let z = 1.959_964
    let n = Double(whole)
    let share = Double(part) / n
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, middle - half)...min(1, middle + half)
  }
}
