import HeardBatch
import HeardDeadlines
import HeardTestSupport
import HeardThemes
import Testing

@testable import HeardReport

/// Laws of reports, over random archives.
@Suite struct ReportLawTests {
  /// A report over pieces is the report over the whole, to the byte, in whatever order they come.
  @Test(arguments: 1...6) func piecesAreTheWhole(_ seed: UInt64) throws {
    let records = Made.archive(900, seed: seed)
    let whole = try Made.figures(records)
    #expect(!whole.themes.isEmpty, "the archive has themes, or the law says nothing")
    var generator = SeededGenerator(seed: seed)
    var pieces = Array(repeating: [JudgedRecord](), count: 4)
    for record in records { pieces[Int.random(in: 0..<4, using: &generator)].append(record) }
    let parts = try Made.figures(pieces.shuffled(using: &generator).flatMap { $0 })
    #expect(ReportData.json(parts) == ReportData.json(whole))
    #expect(ReportPage(parts).html == ReportPage(whole).html)
    #expect(ReportData.volumes(parts) == ReportData.volumes(whole))
    #expect(raised(pieces[3] + pieces[1] + pieces[0] + pieces[2], whole) == raised(records, whole))
  }

  private func raised(_ records: [JudgedRecord], _ figures: ReportFigures) -> [UInt8] {
    var list = RaisedList(figures.themes)
    for record in records { list.add(record) }
    return list.lines()
  }

  /// Nobody makes a theme alone, however often and under however many tags they write.
  @Test(arguments: 1...4) func aLoudCustomerIsNoTheme(_ seed: UInt64) throws {
    let records = Made.archive(600, seed: seed)
    let loud = (0..<400).map { number in
      Made.record(
        "loud\(number)", day: number % 120, sender: "sha256:loud",
        tags: ["pricing-dispute", "anger"], anger: 3,
        hits: ["nl.price.loud", "nl.price.word1"])
    }
    let before = try Made.figures(records)
    let after = try Made.figures(records + loud)
    #expect(!after.themes.contains { $0.id.contains("loud") })
    // One voice a period at most.
    for theme in after.themes where theme.id == "nl.pricing-dispute.price.word1" {
      let calm = before.themes.first { $0.id == theme.id }
      for (period, voices) in theme.voices.enumerated() {
        #expect(voices <= (calm?.voices[period] ?? 0) + 1)
      }
      #expect(theme.senders <= (calm?.senders ?? 0) + 1)
    }
  }

  /// Four senders are too few, the fifth makes it a theme.
  @Test(arguments: [4, 5]) func leastSenders(_ senders: Int) throws {
    var records = (0..<200).map { number in
      Made.record("q\(number)", sender: "q\(number)", class: "question")
    }
    for number in 0..<senders * 3 {
      records.append(
        Made.record(
          "c\(number)", day: number % 3, sender: "c\(number % senders)",
          tags: ["pricing-dispute"], hits: ["nl.price.twice"]))
    }
    let themes = try Made.figures(records).themes.filter { $0.label == .pricingDispute }
    #expect(themes.map(\.id) == (senders == 5 ? ["nl.pricing-dispute.price.twice"] : []))
    #expect(themes.allSatisfy { $0.senders == 5 && $0.messages == 15 })
  }

  /// Mails that machines wrote are in the volumes and in no theme.
  @Test func automaticMailIsNoTheme() throws {
    var records = (0..<100).map { Made.record("q\($0)", sender: "q\($0)", class: "question") }
    records += (0..<30).map { number in
      Made.record(
        "a\(number)", sender: "a\(number)", class: "auto", tags: [], hits: ["nl.price.twice"])
    }
    let figures = try Made.figures(records)
    #expect(figures.themes.isEmpty)
    #expect(ReportData.volumes(figures).contains("class,auto,30"))
  }

  /// The sum over periods is the total, but for records that say not when.
  @Test func nothingIsLost() throws {
    let records = Made.archive(500, seed: 9)
    let rows = ReportData.volumes(try Made.figures(records)).split(separator: "\r\n").dropFirst()
    func sum(_ dimension: String) -> Int {
      rows.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        .filter { $0[2] == dimension }.reduce(0) { $0 + (Int($1[4]) ?? 0) }
    }
    let judged = records.count { $0.errorCode == nil }
    #expect(sum("status") == records.count)
    #expect(sum("class") == judged)
    #expect(sum("queue") == judged)
    #expect(sum("language") == judged)
    #expect(sum("anger") == records.count { $0.errorCode == nil && $0.messageClass == "complaint" })
  }

  /// One clock that is wrong by thousands of years makes no thousands of rows.
  @Test(arguments: ["1969-12-31T23:00:00Z", "2200-01-01T00:00:00Z", "9321-03-02T09:00:00Z"])
  func impossibleDaysAreNone(_ time: String) throws {
    var records = Made.archive(20, seed: 3)
    let before = try Made.figures(records)
    var record = Made.record("m-wrong")
    record.time = ISOTime.read(time)
    records.append(record)
    let figures = try Made.figures(records)
    #expect(figures.calendar.count == before.calendar.count)
    #expect(figures.undated == before.undated + 1)
    #expect(ReportPage(figures).html.contains("or a day far from all others"))
  }

  struct Stray: Sendable {
    var name: String
    /// Messages a day for a hundred days from the fifth of January 2026 on.
    var each = 1
    /// Days from that on which one more was sent.
    var others: [Int]
    var isLeftAside: Bool
  }

  /// A few wrong clocks do not stretch the charts.
  @Test(arguments: [
    Stray(name: "one of 1970", others: [-20_000], isLeftAside: true),
    Stray(name: "one of each side", others: [-20_000, 20_000], isLeftAside: true),
    Stray(name: "three in a hundred", others: [-20_000, -19_999, 20_000], isLeftAside: false),
    Stray(
      name: "three in two hundred", each: 2, others: [-9_000, -8_000, 20_000], isLeftAside: true),
    Stray(name: "a year before", others: [-367], isLeftAside: true),
    Stray(name: "less than a year before", others: [-366], isLeftAside: false),
  ])
  func straysAreLeftAside(_ test: Stray) throws {
    var records = (0..<100 * test.each).map { Made.record("m\($0)", day: $0 / test.each) }
    let before = try Made.figures(records)
    for day in test.others { records.append(Made.record("s\(day)", day: day)) }
    let figures = try Made.figures(records)
    #expect(figures.undated == (test.isLeftAside ? test.others.count : 0), "\(test.name)")
    #expect((figures.calendar.count == before.calendar.count) == test.isLeftAside, "\(test.name)")
    #expect(figures.judged.total == records.count)
  }

  /// A gap is not enough: what is longer than the gap is an archive that stood still.
  @Test func whatIsLongerThanTheGapStays() throws {
    var records = (0..<500).map { Made.record("m\($0)", day: 3 * $0) }
    records.append(Made.record("old", day: -400))
    #expect(try Made.figures(records).undated == 0)
  }

  /// The same records are on other days elsewhere, and on no others.
  @Test func daysAreLocal() throws {
    var record = Made.record("m1")
    record.time = Made.start + 23 * 3600 + 1800
    func first(_ zone: String) throws -> String {
      let figures = try Made.figures([record], zone: zone, unit: .day)
      return figures.calendar.name(of: 0)
    }
    #expect(try first("UTC") == "2026-01-05")
    #expect(try first("Europe/Warsaw") == "2026-01-06")
    #expect(try first("America/New_York") == "2026-01-05")
  }

  @Test func nothingAtAll() throws {
    let page = ReportPage(try Made.figures([])).html
    #expect(page.contains("nothing to show"))
  }
}
