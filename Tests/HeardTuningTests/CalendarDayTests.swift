import Testing

@testable import HeardCorpus
@testable import HeardTuning

/// Days from dates as corpora write them.
@Suite struct CalendarDayTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("2000-03-01", 11_017), ("2024-02-29T10:00:00Z", 19_782),
    ("1969-12-31", -1), ("86400", 1), ("-1", -1),
  ]) func days(text: String, number: Int) {
    #expect(CalendarDay.number(of: text) == number)
  }

  @Test(arguments: ["", "soon", "2024-13-01", "2024-00-10", "24-1-1"])
  func noDays(text: String) { #expect(CalendarDay.number(of: text) == nil) }
}
