import Foundation
import HeardDeadlines
import HeardTestSupport
import Testing

/// Local time, compared with Foundation's.
@Suite struct WeekClockTests {
  @Test(arguments: [
    "Europe/Amsterdam", "Europe/Warsaw", "Europe/London", "America/New_York", "Asia/Kolkata",
    "Australia/Lord_Howe", "UTC",
  ]) func agreesWithFoundation(name: String) throws {
    let found = WeekClock(name)
    let clock = try #require(found)
    let known = Foundation.TimeZone(identifier: name)
    let zone = try #require(known)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      let moment = Int64.random(in: 0..<2_145_916_800, using: &generator)
      let date = Date(timeIntervalSince1970: Double(moment))
      #expect(clock.offset(at: moment) == zone.secondsFromGMT(for: date), "\(name) \(date)")
      let parts = calendar.dateComponents([.weekday, .hour, .minute], from: date)
      // Foundation counts days from Sunday, which is 1.
      let day = ((parts.weekday ?? 1) + 5) % 7
      let minute = day * 1440 + (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
      #expect(clock.minuteOfWeek(at: moment) == minute, "\(name) \(date)")
    }
  }

  /// The clocks go forward and back on the last Sundays of March and October at 01:00 UTC.
  @Test func theHourChangesOnItsSecond() throws {
    let found = WeekClock("Europe/Amsterdam")
    let clock = try #require(found)
    #expect(clock.offset(at: 1_774_745_999) == 3600)
    #expect(clock.offset(at: 1_774_746_000) == 7200)
    #expect(clock.offset(at: 1_792_889_999) == 7200)
    #expect(clock.offset(at: 1_792_890_000) == 3600)
  }

  @Test(arguments: ["", "Europe/Atlantis", "amsterdam", "../../etc/passwd"])
  func anUnknownZoneIsNone(name: String) {
    #expect(WeekClock(name) == nil)
  }

  @Test(arguments: [Int64.min, -1, 0, 4_102_444_801, .max])
  func anyMomentHasAMinute(_ moment: Int64) throws {
    let found = WeekClock("Europe/Warsaw")
    let clock = try #require(found)
    #expect((0..<10_080).contains(clock.minuteOfWeek(at: moment)))
  }

  @Test(arguments: ["9-17", "0-24", "18-8", "8:30-17:15", "23:59-0"])
  func hoursAreRead(_ text: String) {
    #expect(ReceiptTime.Hours(text) != nil)
  }

  @Test(arguments: [
    "", "9", "9-9", "24-3", "9-25", "9:60-10", "+9-17", "9-17-18", "9:1:1-12", "a-b",
  ])
  func whatAreNoHoursIsRefused(_ text: String) {
    #expect(ReceiptTime.Hours(text) == nil)
  }
}
