internal import HeardDeadlines

/// Days counted from 1970-01-01, to tell how many messages come in a day.
package enum CalendarDay {
  /// Seconds since 1970 of the years 1 to 9999.
  private static let moments: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// The day of `2026-11-21…` or of seconds since 1970, in the years 1 to 9999; nil for anything else.
  package static func number(of text: String) -> Int? {
    let head = text.prefix(10).split(separator: "-")
    if text.utf8.count >= 10, head.count == 3, let year = Int(head[0]), let month = Int(head[1]),
      let day = Int(head[2]), (1...31).contains(day), let first = CivilDate(year, month, 1)
    {
      return first.dayNumber + day - 1
    }
    guard let seconds = Int64(text), moments.contains(seconds) else { return nil }
    return number(seconds: seconds)
  }

  /// The day of a moment in seconds since 1970.
  package static func number(seconds: Int64) -> Int {
    Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
  }
}
