/// A length of time as rules state it: `14 days`, `6 weeks`, `15 business days`.
public struct TimeSpan: Hashable, Sendable, CustomStringConvertible {
  /// What is counted.
  public enum Unit: String, CaseIterable, Sendable {
    /// Calendar days: every day counts.
    case days
    /// Of seven calendar days.
    case weeks
    /// To the day of the same number.
    case months
    /// Days that are no Saturday, Sunday or holiday.
    case businessDays = "business days"
  }

  /// How many, 0 to 3660.
  public let count: Int
  /// Of what.
  public let unit: Unit

  /// Makes a span; nil when the count is out of range.
  public init?(_ count: Int, _ unit: Unit) {
    guard (0...3660).contains(count) else { return nil }
    self.count = count
    self.unit = unit
  }

  /// Reads `14 days`, `1 day`, `6 weeks`, `1 month`, `15 business days`; nil for anything else.
  public init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count >= 2, let count = Int(words[0]),
      let unit = Unit.allCases.first(where: {
        let name = words.dropFirst().joined(separator: " ")
        return $0.rawValue == name || count == 1 && $0.rawValue == name + "s"
      })
    else { return nil }
    self.init(count, unit)
  }

  /// As read.
  public var description: String {
    "\(count) \(count == 1 ? String(unit.rawValue.dropLast()) : unit.rawValue)"
  }

  /// The last day of the span; the day that it starts from is not counted.
  ///
  /// - Parameter calendar: whose days off no business day is.
  public func lastDay(from start: CivilDate, calendar: HolidayCounting) -> CivilDate {
    switch unit {
    case .days: return start.adding(days: count)
    case .weeks: return start.adding(days: 7 * count)
    case .months: return start.adding(months: count)
    case .businessDays:
      var day = start
      for _ in 0..<count { day = calendar.nextBusinessDay(after: day) }
      return day
    }
  }

  /// The day so much before another, for reminders.
  func before(_ day: CivilDate, calendar: HolidayCounting) -> CivilDate {
    switch unit {
    case .days: return day.adding(days: -count)
    case .weeks: return day.adding(days: -7 * count)
    case .months: return day.adding(months: -count)
    case .businessDays:
      var result = day
      for _ in 0..<count {
        repeat { result = result.adding(days: -1) } while calendar.isDayOff(result)
      }
      return result
    }
  }
}

/// A calendar of holidays with the days that an operator adds to it.
public struct HolidayCounting: Hashable, Sendable {
  /// Whose days off.
  public var calendar: HolidayCalendar
  /// Days off besides, as a government names them for one year.
  public var extra: Set<CivilDate>

  /// Makes a calendar.
  public init(_ calendar: HolidayCalendar, extra: Set<CivilDate> = []) {
    self.calendar = calendar
    self.extra = extra
  }

  /// Whether nobody is expected to work.
  public func isDayOff(_ day: CivilDate) -> Bool {
    extra.contains(day) || calendar.isDayOff(day)
  }

  /// The first business day after a day.
  public func nextBusinessDay(after day: CivilDate) -> CivilDate {
    var next = day.adding(days: 1)
    // Extra days are few, so this ends.
    while isDayOff(next) { next = next.adding(days: 1) }
    return next
  }
}
