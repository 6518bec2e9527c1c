/// Sizes and lengths of time as people write them.
enum Quantity {
  private static let sizes = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]
  private static let times = [("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1)]

  /// Bytes of `512 KiB`; nil when it is no size.
  static func bytes(_ text: String) -> Int? { read(text, sizes) }

  /// `512 KiB`, in the largest unit that leaves a whole number.
  static func bytes(_ count: Int) -> String { write(count, sizes) }

  /// Milliseconds of `5 min`; nil when it is no length of time.
  static func milliseconds(_ text: String) -> Int? { read(text, times) }

  /// `5 min`, in the largest unit that leaves a whole number.
  static func milliseconds(_ count: Int) -> String { write(count, times) }

  private static func read(_ text: String, _ units: [(String, Int)]) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    guard let number = Int(digits), let factor = units.first(where: { $0.0 == unit })?.1 else {
      return nil
    }
    let (product, isTooLarge) = number.multipliedReportingOverflow(by: factor)
    return isTooLarge ? nil : product
  }

  private static func write(_ count: Int, _ units: [(String, Int)]) -> String {
    let unit =
      units.first { count != 0 && count.isMultiple(of: $0.1) } ?? units[units.count - 1]
    return "\(count / unit.1) \(unit.0)"
  }
}
