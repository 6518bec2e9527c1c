public import HeardDeadlines
internal import HeardRouter

/// The periods of a report: days, weeks, months, quarters or years by the clocks of one place.
public struct ReportCalendar: Sendable {
  /// How long a period is.
  public enum Unit: String, CaseIterable, Sendable {
    case day
    /// From Monday, as in ISO 8601.
    case week
    case month
    case quarter
    case year
  }

  /// How long a period is.
  public let unit: Unit
  /// The first day of the first period.
  public let first: CivilDate
  /// How many periods there are, empty ones too; 0 when no record says when it was sent.
  public let count: Int

  /// More periods than a page has room for; a longer stretch gets longer periods.
  public static let mostPeriods = 400

  /// Days that a message can have been sent on, of the years 1970 to 2199.
  ///
  /// A clock that says another is wrong, and one such message would make thousands of empty periods.
  public static let possibleDays = 0...84_005

  /// The day that a message was sent on by the clocks of a place, counted from 1970; nil when it does
  /// not say, or says one that is not among ``possibleDays``.
  ///
  /// - Parameter time: in seconds since 1970, UTC.
  public static func day(of time: Int64?, by clock: LocalClock?) -> Int? {
    guard let time, let day = clock?.day(at: time).dayNumber, possibleDays.contains(day)
    else { return nil }
    return day
  }

  /// The periods that hold all days from `first` to `last`.
  ///
  /// - Parameter unit: how long a period is; nil: as suits the stretch.
  public init(from first: Int, to last: Int, unit: Unit?) {
    let days = last - first + 1
    var unit = unit ?? (days <= 45 ? .day : days <= 550 ? .week : days <= 3700 ? .month : .year)
    while let longer = unit.longer,
      ReportCalendar.count(from: first, to: last, unit) > ReportCalendar.mostPeriods
    {
      unit = longer
    }
    self.unit = unit
    self.first = ReportCalendar.start(of: first, unit)
    count = ReportCalendar.count(from: first, to: last, unit)
  }

  /// No periods at all.
  public init() {
    unit = .month
    first = CivilDate(dayNumber: 0)
    count = 0
  }

  /// The period of a day, counted from 0; nil when none holds it.
  public func period(of day: Int) -> Int? {
    let period = ReportCalendar.index(day, unit) - ReportCalendar.index(first.dayNumber, unit)
    return 0..<count ~= period ? period : nil
  }

  /// The first day of a period.
  public func start(of period: Int) -> CivilDate {
    switch unit {
    case .day: first.adding(days: period)
    case .week: first.adding(days: 7 * period)
    case .month: first.adding(months: period)
    case .quarter: first.adding(months: 3 * period)
    case .year: first.adding(months: 12 * period)
    }
  }

  /// As figures name a period: `2026-03-02`, `2026-W10`, `2026-03`, `2026-Q1`, `2026`.
  public func name(of period: Int) -> String {
    let start = start(of: period)
    let text = start.description
    switch unit {
    case .day: return text
    case .week:
      // A week belongs to the year of its Thursday.
      let thursday = start.adding(days: 3)
      let january = CivilDate(dayNumber: thursday.dayNumber).yearStart
      let week = (thursday.dayNumber - january) / 7 + 1
      return "\(thursday.description.prefix(4))-W\(week < 10 ? "0" : "")\(week)"
    case .month: return String(text.prefix(7))
    case .quarter: return "\(text.prefix(4))-Q\((start.month + 2) / 3)"
    case .year: return String(text.prefix(4))
    }
  }

  /// As people name a period, as `week of 2 March 2026`.
  public func title(of period: Int) -> String {
    let start = start(of: period)
    let month = ReportCalendar.months[start.month - 1]
    switch unit {
    case .day: return "\(start.day) \(month) \(start.year)"
    case .week: return "week of \(start.day) \(month) \(start.year)"
    case .month: return "\(month) \(start.year)"
    case .quarter: return "quarter \((start.month + 2) / 3) of \(start.year)"
    case .year: return "\(start.year)"
    }
  }

  /// What stands under an axis where a period begins: `2 Mar`, `Mar`, `2026`.
  func mark(of period: Int) -> String {
    let start = start(of: period)
    let month = String(ReportCalendar.months[start.month - 1].prefix(3))
    switch unit {
    case .day, .week: return "\(start.day) \(month)"
    case .month, .quarter: return month
    case .year: return "\(start.year)"
    }
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private static func count(from first: Int, to last: Int, _ unit: Unit) -> Int {
    index(last, unit) - index(first, unit) + 1
  }

  /// A number that goes up by one from period to period.
  private static func index(_ day: Int, _ unit: Unit) -> Int {
    let date = CivilDate(dayNumber: day)
    switch unit {
    case .day: return day
    case .week:
      // 1970-01-01 was a Thursday, three days into its week.
      return (day + 3) >= 0 ? (day + 3) / 7 : (day + 3 - 6) / 7
    case .month: return date.year * 12 + date.month - 1
    case .quarter: return date.year * 4 + (date.month - 1) / 3
    case .year: return date.year
    }
  }

  private static func start(of day: Int, _ unit: Unit) -> CivilDate {
    let date = CivilDate(dayNumber: day)
    switch unit {
    case .day: return date
    case .week: return date.adding(days: 1 - date.weekday.rawValue)
    case .month: return date.adding(days: 1 - date.day)
    case .quarter:
      return date.adding(days: 1 - date.day).adding(months: -((date.month - 1) % 3))
    case .year: return CivilDate(dayNumber: date.yearStart)
    }
  }
}

extension ReportCalendar.Unit {
  var longer: Self? {
    switch self {
    case .day: .week
    case .week: .month
    case .month: .quarter
    case .quarter: .year
    case .year: nil
    }
  }
}

extension CivilDate {
  /// The number of the first day of its year.
  fileprivate var yearStart: Int {
    (CivilDate(year, 1, 1) ?? self).dayNumber
  }
}
