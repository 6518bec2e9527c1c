/// How far two labellers agree beyond chance.
public enum Agreement {
  /// Cohen's κ of two labellers over the same items; nil when both gave one and the same value to
  /// all, or there are no items.
  ///
  /// - Parameter pairs: the value of the first and of the second labeller, item by item.
  public static func kappa<Value: Hashable>(_ pairs: [(Value, Value)]) -> Double? {
    guard !pairs.isEmpty else { return nil }
    let count = Double(pairs.count)
    var first: [Value: Double] = [:]
    var second: [Value: Double] = [:]
    var agreed = 0.0
    for (one, other) in pairs {
      first[one, default: 0] += 1
      second[other, default: 0] += 1
      if one == other { agreed += 1 }
    }
    let expected = first.reduce(0) { $0 + $1.value * (second[$1.key] ?? 0) } / (count * count)
    guard expected < 1 else { return nil }
    return (agreed / count - expected) / (1 - expected)
  }

  /// Krippendorff's α; values that are missing are left out, as are items with one value.
  ///
  /// - Parameters:
  ///   - items: the values that labellers gave to each item, nil where somebody gave none.
  ///   - distance: 0 for equal values; squared difference for α of intervals.
  /// - Returns: nil when all values are the same, or no item has two.
  public static func alpha<Value: Hashable>(
    _ items: [[Value?]], distance: (Value, Value) -> Double = { $0 == $1 ? 0 : 1 }
  ) -> Double? {
    var totals: [Value: Double] = [:]
    var count = 0.0
    var observed = 0.0
    for item in items {
      let values = item.compactMap { $0 }
      guard values.count > 1 else { continue }
      count += Double(values.count)
      for (index, value) in values.enumerated() {
        totals[value, default: 0] += 1
        for (other, second) in values.enumerated() where other != index {
          observed += distance(value, second) / Double(values.count - 1)
        }
      }
    }
    var expected = 0.0
    for (one, oneCount) in totals {
      for (other, otherCount) in totals { expected += oneCount * otherCount * distance(one, other) }
    }
    guard count > 1, expected > 0 else { return nil }
    return 1 - (count - 1) * observed / expected
  }
}
