import HeardDeadlines
import Testing

/// Days off as governments and the central bank publish them, 2024 to 2030 and odd years before.
@Suite struct HolidayTests {
  struct Year: Sendable, CustomTestStringConvertible {
    let calendar: HolidayCalendar
    let year: Int
    /// Month and day, those that fall on Monday to Friday only.
    let workdays: String
    var testDescription: String { "\(calendar.rawValue) \(year)" }
  }

  static let years: [Year] = [
    Year(calendar: .netherlands, year: 2024, workdays: "01-01 03-29 04-01 05-09 05-20 12-25 12-26"),
    Year(
      calendar: .netherlands, year: 2025,
      workdays: "01-01 04-18 04-21 05-05 05-29 06-09 12-25 12-26"),
    Year(
      calendar: .netherlands, year: 2026,
      workdays: "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25"),
    Year(calendar: .netherlands, year: 2027, workdays: "01-01 03-26 03-29 04-27 05-05 05-06 05-17"),
    Year(
      calendar: .netherlands, year: 2028,
      workdays: "04-14 04-17 04-27 05-05 05-25 06-05 12-25 12-26"),
    Year(
      calendar: .netherlands, year: 2029,
      workdays: "01-01 03-30 04-02 04-27 05-10 05-21 12-25 12-26"),
    Year(calendar: .netherlands, year: 2030, workdays: "01-01 04-19 04-22 05-30 06-10 12-25 12-26"),
    Year(
      calendar: .poland, year: 2024,
      workdays: "01-01 04-01 05-01 05-03 05-30 08-15 11-01 11-11 12-25 12-26"),
    Year(
      calendar: .poland, year: 2025,
      workdays: "01-01 01-06 04-21 05-01 06-19 08-15 11-11 12-24 12-25 12-26"),
    Year(
      calendar: .poland, year: 2026, workdays: "01-01 01-06 04-06 05-01 06-04 11-11 12-24 12-25"),
    Year(
      calendar: .poland, year: 2027, workdays: "01-01 01-06 03-29 05-03 05-27 11-01 11-11 12-24"),
    Year(
      calendar: .poland, year: 2028,
      workdays: "01-06 04-17 05-01 05-03 06-15 08-15 11-01 12-25 12-26"),
    Year(
      calendar: .poland, year: 2029,
      workdays: "01-01 04-02 05-01 05-03 05-31 08-15 11-01 12-24 12-25 12-26"),
    Year(
      calendar: .poland, year: 2030,
      workdays: "01-01 04-22 05-01 05-03 06-20 08-15 11-01 11-11 12-24 12-25 12-26"),
    Year(
      calendar: .poland, year: 2018,
      workdays: "01-01 04-02 05-01 05-03 05-31 08-15 11-01 11-12 12-25 12-26"),
    Year(
      calendar: .england, year: 2020,
      workdays: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
    Year(
      calendar: .england, year: 2021, workdays: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
    Year(
      calendar: .england, year: 2022,
      workdays: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
    Year(
      calendar: .england, year: 2023,
      workdays: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
    Year(
      calendar: .england, year: 2024, workdays: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
    Year(
      calendar: .england, year: 2025, workdays: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
    Year(
      calendar: .england, year: 2026, workdays: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
    Year(
      calendar: .england, year: 2027, workdays: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
    Year(
      calendar: .england, year: 2028, workdays: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    Year(
      calendar: .england, year: 2029, workdays: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26"),
    Year(
      calendar: .england, year: 2030, workdays: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26"),
    Year(calendar: .target, year: 2024, workdays: "01-01 03-29 04-01 05-01 12-25 12-26"),
    Year(calendar: .target, year: 2025, workdays: "01-01 04-18 04-21 05-01 12-25 12-26"),
    Year(calendar: .target, year: 2026, workdays: "01-01 04-03 04-06 05-01 12-25"),
    Year(calendar: .target, year: 2027, workdays: "01-01 03-26 03-29"),
    Year(calendar: .target, year: 2028, workdays: "04-14 04-17 05-01 12-25 12-26"),
    Year(calendar: .target, year: 2029, workdays: "01-01 03-30 04-02 05-01 12-25 12-26"),
    Year(calendar: .target, year: 2030, workdays: "01-01 04-19 04-22 05-01 12-25 12-26"),
    Year(calendar: .weekends, year: 2026, workdays: ""),
  ]

  @Test(arguments: years) func daysOffOnWorkingDays(year: Year) {
    let found = year.calendar.holidays(of: year.year).filter { !$0.isWeekend }.sorted()
      .map { String($0.description.dropFirst(5)) }.joined(separator: " ")
    #expect(found == year.workdays)
  }

  /// The birthday is kept a day early when it is a Sunday.
  @Test func theKingsBirthdayIsNeverASunday() throws {
    let sunday = try #require(CivilDate(2025, 4, 27))
    #expect(sunday.weekday == .sunday)
    #expect(!HolidayCalendar.netherlands.holidays(of: 2025).contains(sunday))
    #expect(HolidayCalendar.netherlands.holidays(of: 2025).contains(sunday.adding(days: -1)))
  }
}

/// Days of the calendar.
@Suite struct CivilDateTests {
  @Test func daysAreNumberedWithoutAGap() throws {
    var day = try #require(CivilDate(1896, 1, 1))
    let end = try #require(CivilDate(2104, 12, 31))
    var weekday = day.weekday.rawValue
    while day < end {
      let next = CivilDate(dayNumber: day.dayNumber + 1)
      #expect(day < next && next.dayNumber == day.dayNumber + 1)
      #expect(CivilDate(next.description) == next)
      weekday = weekday % 7 + 1
      #expect(next.weekday.rawValue == weekday)
      day = next
    }
  }

  @Test(arguments: [
    ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"),
    ("2024-11-30", 3, "2025-02-28"),
    ("2024-12-15", 1, "2025-01-15"),
  ]) func monthsEndWithTheMonth(from: String, months: Int, to: String) throws {
    let day = try #require(CivilDate(from))
    #expect(day.adding(months: months).description == to)
  }

  @Test(arguments: ["2023-02-29", "2024-13-01", "2024-00-10", "24-01-01", "2024-1-1", "x", ""])
  func whatIsNoDayIsRefused(text: String) { #expect(CivilDate(text) == nil) }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-21T22:59:59Z", 1_795_301_999),
    ("2026-11-21T23:59:59+01:00", 1_795_301_999), ("1969-12-31T23:59:59Z", -1),
    ("2026-11-21", 1_795_219_200),
  ]) func timesAreRead(text: String, seconds: Int64) {
    #expect(ISOTime.read(text) == seconds)
    #expect(ISOTime.read(ISOTime.text(seconds)) == seconds)
  }
}
