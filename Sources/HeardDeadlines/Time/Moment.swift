/// Moments as RFC 3339 writes them.
package enum Moment {
  /// Seconds since 1970-01-01T00:00:00Z of `2026-11-21T23:15:00+01:00` (seconds may be left out);
  /// nil for anything else.
  package static func parse(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 17, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[13] == 0x3A,
      bytes[10] == 0x54 || bytes[10] == 0x20,
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
      let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]),
      let minute = number(bytes[14..<16])
    else { return nil }
    var rest = bytes[16...]
    var second = 0
    if rest.first == 0x3A {
      guard rest.count >= 3, let read = number(rest.dropFirst().prefix(2)) else { return nil }
      second = read
      rest = rest.dropFirst(3)
    }
    guard let east = offset(rest), (1970...2099).contains(year), (1...12).contains(month),
      (1...length(of: month, in: year)).contains(day), hour < 24, minute < 60, second < 60
    else { return nil }
    return Int64(days(year, month, day)) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
      - Int64(east)
  }

  /// Seconds east of `Z`, `+01:00` or `-05:30`.
  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
    if bytes.elementsEqual([0x5A]) { return 0 }
    guard bytes.count == 6, let sign = bytes.first, sign == 0x2B || sign == 0x2D,
      bytes[bytes.startIndex + 3] == 0x3A, let hours = number(bytes.dropFirst().prefix(2)),
      let minutes = number(bytes.suffix(2)), hours < 24, minutes < 60
    else { return nil }
    return (sign == 0x2D ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let before = year - 1
    let leaps = (before / 4 - before / 100 + before / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400)
    let months = (1..<month).reduce(0) { $0 + length(of: $1, in: year) }
    return (year - 1970) * 365 + leaps + months + day - 1
  }
}
