/// Decimal numbers as whole thousandths.
package enum Milli {
  /// Thousandths of a decimal number with at most three decimals; nil for anything else.
  package static func parse(_ text: String) -> Int32? {
    var digits = Substring(text)
    var sign: Int32 = 1
    if let first = digits.first, first == "-" || first == "+" || first == "−" {
      sign = first == "+" ? 1 : -1
      digits = digits.dropFirst()
    }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, whole.utf8.count <= 5 else { return nil }
    let decimals = parts.count > 1 ? parts[1] : ""
    guard decimals.utf8.count <= 3, !(whole.isEmpty && decimals.isEmpty) else { return nil }
    if parts.count > 1 && decimals.isEmpty { return nil }
    var value: Int32 = 0
    for byte in Array(whole.utf8) + Array(decimals.utf8) {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int32(byte - UInt8(ascii: "0"))
    }
    for _ in decimals.utf8.count..<3 { value *= 10 }
    return sign * value
  }

  /// The shortest decimal of some thousandths: `-1.25`.
  package static func text(_ milli: Int32) -> String {
    let magnitude = milli.magnitude
    var decimals = String(magnitude % 1000)
    while decimals.count < 3 { decimals = "0" + decimals }
    while decimals.hasSuffix("0") { decimals.removeLast() }
    return (milli < 0 ? "-" : "") + String(magnitude / 1000)
      + (decimals.isEmpty ? "" : "." + decimals)
  }
}
