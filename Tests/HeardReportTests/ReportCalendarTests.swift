import HeardDeadlines
import HeardReport
import HeardRouter
import Testing

/// Periods against a calendar on the wall.
@Suite struct ReportCalendarTests {
  static func day(_ text: String) -> Int { CivilDate(text)?.dayNumber ?? 0 }

  struct Case: Sendable, CustomTestStringConvertible {
    var unit: ReportCalendar.Unit
    var from: String
    var to: String
    var names: [String]
    var testDescription: String { "\(unit) \(from)" }
  }

  static let cases = [
    Case(
      unit: .day, from: "2024-02-28", to: "2024-03-01",
      names: ["2024-02-28", "2024-02-29", "2024-03-01"]),
    // 1 January 2027 is a Friday, and belongs to the last week of 2026.
    Case(unit: .week, from: "2026-12-31", to: "2027-01-04", names: ["2026-W53", "2027-W01"]),
    Case(unit: .week, from: "2024-12-30", to: "2024-12-31", names: ["2025-W01"]),
    Case(
      unit: .month, from: "2025-11-30", to: "2026-01-01",
      names: ["2025-11", "2025-12", "2026-01"]),
    Case(
      unit: .quarter, from: "2025-12-31", to: "2026-04-01",
      names: ["2025-Q4", "2026-Q1", "2026-Q2"]),
    Case(unit: .year, from: "2025-12-31", to: "2026-01-01", names: ["2025", "2026"]),
  ]

  @Test(arguments: cases) func names(_ test: Case) {
    let (from, to) = (Self.day(test.from), Self.day(test.to))
    let calendar = ReportCalendar(from: from, to: to, unit: test.unit)
    #expect((0..<calendar.count).map(calendar.name) == test.names)
    #expect(calendar.period(of: from) == 0)
    #expect(calendar.period(of: to) == calendar.count - 1)
  }

  /// Every day is in the period that begins at or before it and ends before the next.
  @Test(arguments: ReportCalendar.Unit.allCases) func periodsTile(
    _ unit: ReportCalendar.Unit
  ) throws {
    let first = Self.day("1969-06-15")
    let calendar = ReportCalendar(from: first, to: first + 380, unit: unit)
    for day in first...first + 380 {
      let period = try #require(calendar.period(of: day))
      #expect(calendar.start(of: period).dayNumber <= day)
      #expect(calendar.start(of: period + 1).dayNumber > day)
    }
    let next = calendar.start(of: calendar.count).dayNumber
    #expect(calendar.period(of: next - 1) == calendar.count - 1)
    #expect(calendar.period(of: next) == nil)
    #expect(calendar.period(of: calendar.first.dayNumber - 1) == nil)
  }

  @Test func longStretchesGetLongerPeriods() {
    let first = Self.day("1970-01-01")
    #expect(ReportCalendar(from: first, to: first, unit: nil).unit == .day)
    #expect(ReportCalendar(from: first, to: first + 200, unit: nil).unit == .week)
    #expect(ReportCalendar(from: first, to: first + 900, unit: nil).unit == .month)
    let wide = ReportCalendar(from: first, to: first + 365 * 60, unit: .day)
    #expect(wide.unit != .day)
    #expect(wide.count <= ReportCalendar.mostPeriods)
    let days = ReportCalendar.possibleDays
    #expect(days == Self.day("1970-01-01")...Self.day("2199-12-31"))
    for unit in ReportCalendar.Unit.allCases {
      let all = ReportCalendar(from: days.lowerBound, to: days.upperBound, unit: unit)
      #expect(all.count <= ReportCalendar.mostPeriods)
    }
  }
}
