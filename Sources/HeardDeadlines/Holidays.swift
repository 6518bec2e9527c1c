/// Whose days off are meant.
///
/// Computed, so that no table runs out; days that a government adds for one year are in the table
/// below, or given by the operator.
public enum HolidayCalendar: String, CaseIterable, Sendable {
  /// Saturdays and Sundays only.
  case weekends
  /// The Netherlands: the days of the *Algemene termijnenwet*, art. 3.
  case netherlands = "nl"
  /// Poland: the days off by statute; 24 December since 2025.
  case poland = "pl"
  /// England and Wales: bank holidays with their substitute days.
  case england = "gb"
  /// Closing days of the euro payment system TARGET.
  case target

  /// The holidays of a year that may fall on a working day; days on a Sunday are in it too.
  public func holidays(of year: Int) -> Set<CivilDate> {
    switch self {
    case .weekends: []
    case .netherlands: HolidayCalendar.dutch(year)
    case .poland: HolidayCalendar.polish(year)
    case .england: HolidayCalendar.english(year)
    case .target: HolidayCalendar.targetDays(year)
    }
  }

  /// Whether nobody is expected to work: a Saturday, a Sunday or a holiday.
  public func isDayOff(_ day: CivilDate) -> Bool {
    day.isWeekend || holidays(of: day.year).contains(day)
  }

  /// Easter Sunday (Meeus, Jones and Butcher's rule for the Gregorian calendar).
  static func easter(_ year: Int) -> CivilDate {
    let a = year % 19
    let b = year / 100
    let c = year % 100
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let number = h + l - 7 * m + 114
    return date(year, number / 31, number % 31 + 1)
  }

  private static func dutch(_ year: Int) -> Set<CivilDate> {
    let easter = easter(year)
    var days: Set<CivilDate> = [
      date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26),
    ]
    // Good Friday, Easter Monday, Ascension Day, Whit Sunday and Monday.
    for offset in [-2, 0, 1, 39, 49, 50] { days.insert(easter.adding(days: offset)) }
    // The sovereign's birthday: 27 April since 2014, 30 April before; never on a Sunday.
    let birthday = year >= 2014 ? date(year, 4, 27) : date(year, 4, 30)
    days.insert(
      birthday.weekday == .sunday ? birthday.adding(days: -1) : birthday)
    return days
  }

  private static func polish(_ year: Int) -> Set<CivilDate> {
    let easter = easter(year)
    var days = Set(
      [(1, 1), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)]
        .map { date(year, $0.0, $0.1) })
    // Easter Sunday and Monday, Pentecost, Corpus Christi.
    for offset in [0, 1, 49, 60] { days.insert(easter.adding(days: offset)) }
    if year >= 2011 { days.insert(date(year, 1, 6)) }
    if year >= 2025 { days.insert(date(year, 12, 24)) }
    // A hundred years of independence: one day, by a statute of its own.
    if year == 2018 { days.insert(date(2018, 11, 12)) }
    return days
  }

  private static func english(_ year: Int) -> Set<CivilDate> {
    let easter = easter(year)
    var days: Set<CivilDate> = [
      easter.adding(days: -2), easter.adding(days: 1), monday(from: date(year, 8, 25)),
    ]
    // A day on a weekend is taken on the next Monday.
    let newYear = date(year, 1, 1)
    days.insert(newYear.isWeekend ? monday(from: newYear) : newYear)
    let christmas = date(year, 12, 25)
    switch christmas.weekday {
    // Both are moved when they take the whole weekend, the second alone when it is half of it, and
    // the first past the second when only the first is.
    case .friday: days.formUnion([christmas, date(year, 12, 28)])
    case .saturday: days.formUnion([date(year, 12, 27), date(year, 12, 28)])
    case .sunday: days.formUnion([date(year, 12, 26), date(year, 12, 27)])
    default: days.formUnion([christmas, date(year, 12, 26)])
    }
    // Early May and late May, with what was moved or added by proclamation.
    switch year {
    case 2020: days.insert(date(2020, 5, 8))
    default: days.insert(monday(from: date(year, 5, 1)))
    }
    switch year {
    case 2012: days.formUnion([date(2012, 6, 4), date(2012, 6, 5)])
    case 2022: days.formUnion([date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)])
    default: days.insert(monday(from: date(year, 5, 25)))
    }
    if year == 2011 { days.insert(date(2011, 4, 29)) }
    if year == 2023 { days.insert(date(2023, 5, 8)) }
    return days
  }

  private static func targetDays(_ year: Int) -> Set<CivilDate> {
    let easter = easter(year)
    return [
      date(year, 1, 1), easter.adding(days: -2), easter.adding(days: 1), date(year, 5, 1),
      date(year, 12, 25), date(year, 12, 26),
    ]
  }

  /// The first Monday on or after a day.
  private static func monday(from day: CivilDate) -> CivilDate {
    day.adding(days: (8 - day.weekday.rawValue) % 7)
  }

  /// A day that every year has; a year beyond the calendar gives the first or last day there is.
  private static func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(min(max(year, 1), 9999), month, day) ?? CivilDate(dayNumber: 0)
  }
}
