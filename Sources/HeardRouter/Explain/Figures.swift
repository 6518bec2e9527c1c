internal import HeardDeadlines

/// Numbers as explanations show them; the same on every machine.
package enum Figures {
  /// At most four decimals, without trailing zeros.
  package static func short(_ value: Double) -> String {
    let parts = Int((value.magnitude * 10_000).rounded())
    let sign = value < 0 && parts > 0 ? "-" : ""
    guard parts % 10_000 != 0 else { return "\(sign)\(parts / 10_000)" }
    var digits = String(parts % 10_000)
    digits = String(repeating: "0", count: 4 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(sign)\(parts / 10_000).\(digits)"
  }

  /// A minute of the week, as `sat 18:05`.
  package static func weekTime(_ minute: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return ReceiptTime.dayNames[minute / 1440]
      + " \(two(minute % 1440 / 60)):\(two(minute % 60))"
  }
}
