import HeardDeadlines
import HeardLexicon
import HeardSources
import HeardTestSupport
import Testing

/// All deadline arithmetic as tables: a time of receipt, a regime, and the second it ends.
@Suite struct DeadlineArithmeticTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let received: String
    /// Lines of a regime.
    let regime: String
    /// Lines of the binding besides.
    var binding = ""
    let due: String
    var extended: String?
    var testDescription: String { name }
  }

  static let warsaw = "zone: Europe/Warsaw, holidays: pl"
  static let amsterdam = "zone: Europe/Amsterdam, holidays: nl"
  static let london = "zone: Europe/London, holidays: gb"

  static let cases: [Case] = [
    Case(
      name: "fourteen days over Christmas and New Year", received: "2025-12-18T10:00:00Z",
      regime: "final: 14 days, \(warsaw)", due: "2026-01-01T22:59:59Z"),
    Case(
      name: "the same, moved off New Year's Day", received: "2025-12-18T10:00:00Z",
      regime: "final: 14 days, \(warsaw)", binding: "days-off: extend",
      due: "2026-01-02T22:59:59Z"),
    Case(
      name: "received a minute before midnight by the local clock",
      received: "2026-03-10T22:59:59Z", regime: "final: 14 days, \(warsaw)",
      due: "2026-03-24T22:59:59Z"),
    Case(
      name: "received a second later, the next local day", received: "2026-03-10T23:00:00Z",
      regime: "final: 14 days, \(warsaw)", due: "2026-03-25T22:59:59Z"),
    Case(
      name: "clocks go forward in between: the day still ends at local midnight",
      received: "2026-03-20T12:00:00Z", regime: "final: 14 days, \(amsterdam)",
      due: "2026-04-03T21:59:59Z"),
    Case(
      name: "clocks go forward on the last day", received: "2026-03-15T12:00:00Z",
      regime: "final: 14 days, \(amsterdam)", due: "2026-03-29T21:59:59Z"),
    Case(
      name: "clocks go back on the last day: it has 25 hours", received: "2026-10-11T12:00:00Z",
      regime: "final: 14 days, \(warsaw)", due: "2026-10-25T22:59:59Z"),
    Case(
      name: "London goes back an hour later than it went forward",
      received: "2026-08-30T22:59:59Z", regime: "final: 8 weeks, \(london)",
      due: "2026-10-25T23:59:59Z"),
    Case(
      name: "half past eleven in UTC is tomorrow in a British summer",
      received: "2026-08-30T23:30:00Z", regime: "final: 8 weeks, \(london)",
      due: "2026-10-26T23:59:59Z"),
    Case(
      name: "a last day on a Saturday counts", received: "2026-05-02T08:00:00Z",
      regime: "final: 2 weeks, \(amsterdam)", due: "2026-05-16T21:59:59Z"),
    Case(
      name: "a last day on a Saturday, extended to Monday", received: "2026-05-02T08:00:00Z",
      regime: "final: 2 weeks, days-off: extend, \(amsterdam)", due: "2026-05-18T21:59:59Z"),
    Case(
      name: "a last day on Whit Monday, extended to Tuesday", received: "2026-05-11T08:00:00Z",
      regime: "final: 2 weeks, days-off: extend, \(amsterdam)", due: "2026-05-26T21:59:59Z"),
    Case(
      name: "extended over the whole of Easter", received: "2026-03-20T08:00:00Z",
      regime: "final: 14 days, days-off: extend, \(amsterdam)", due: "2026-04-07T21:59:59Z"),
    Case(
      name: "the binding's choice is stronger than the row's", received: "2026-05-02T08:00:00Z",
      regime: "final: 2 weeks, days-off: extend, \(amsterdam)", binding: "days-off: count",
      due: "2026-05-16T21:59:59Z"),
    Case(
      name: "business days over the King's birthday and Liberation Day",
      received: "2026-04-24T08:00:00Z", regime: "final: 7 business days, \(amsterdam)",
      due: "2026-05-07T21:59:59Z"),
    Case(
      name: "business days over 11 November", received: "2026-11-10T08:00:00Z",
      regime: "final: 3 days, unit: business, \(warsaw)", due: "2026-11-16T22:59:59Z"),
    Case(
      name: "Polish Christmas Eve is a day off since 2025", received: "2025-12-23T08:00:00Z",
      regime: "final: 1 business day, \(warsaw)", due: "2025-12-29T22:59:59Z"),
    Case(
      name: "and was none in 2024", received: "2024-12-23T08:00:00Z",
      regime: "final: 1 business day, \(warsaw)", due: "2024-12-24T22:59:59Z"),
    Case(
      name: "fifteen TARGET days over Easter", received: "2026-03-30T08:00:00Z",
      regime: "final: 15 business days, extension: 35 business days, holidays: target",
      binding: "zone: Europe/Amsterdam", due: "2026-04-22T21:59:59Z",
      extended: "2026-05-21T21:59:59Z"),
    Case(
      name: "received on a Saturday, business receipt is Monday",
      received: "2026-06-06T08:00:00Z",
      regime: "final: 3 business days, clock-start: business-receipt, \(london)",
      due: "2026-06-11T22:59:59Z"),
    Case(
      name: "received on a Saturday, receipt is Saturday", received: "2026-06-06T08:00:00Z",
      regime: "final: 3 business days, \(london)", due: "2026-06-10T22:59:59Z"),
    Case(
      name: "an English substitute day is a day off", received: "2026-12-24T08:00:00Z",
      regime: "final: 1 business day, \(london)", due: "2026-12-29T23:59:59Z"),
    Case(
      name: "the coronation day of 2023", received: "2023-05-05T08:00:00Z",
      regime: "final: 1 business day, \(london)", due: "2023-05-09T22:59:59Z"),
    Case(
      name: "six weeks and four more", received: "2026-06-01T08:00:00Z",
      regime: "final: 6 weeks, extension: +4 weeks, \(amsterdam)", due: "2026-07-13T21:59:59Z",
      extended: "2026-08-10T21:59:59Z"),
    Case(
      name: "thirty days, sixty in all", received: "2026-01-31T08:00:00Z",
      regime: "final: 30 days, extension: 60 days, \(warsaw)", due: "2026-03-02T22:59:59Z",
      extended: "2026-04-01T21:59:59Z"),
    Case(
      name: "more days are counted from the term's own end, not from the day it was moved to",
      received: "2026-05-02T08:00:00Z",
      regime: "final: 2 weeks, extension: +2 weeks, days-off: extend, \(amsterdam)",
      due: "2026-05-18T21:59:59Z", extended: "2026-06-01T21:59:59Z"),
    Case(
      name: "a month from the end of January", received: "2024-01-31T08:00:00Z",
      regime: "final: 1 month, \(amsterdam)", due: "2024-02-29T22:59:59Z"),
    Case(
      name: "29 February counts", received: "2024-02-20T08:00:00Z",
      regime: "final: 14 days, \(warsaw)", due: "2024-03-05T22:59:59Z"),
    Case(
      name: "a day that the government added", received: "2026-05-13T08:00:00Z",
      regime: "final: 1 business day, \(amsterdam)", due: "2026-05-18T21:59:59Z"),
    Case(
      name: "a binding's own clocks", received: "2026-01-05T23:30:00Z",
      regime: "final: 1 day, \(warsaw)", binding: "zone: Europe/London",
      due: "2026-01-06T23:59:59Z"),
    Case(
      name: "the day of receipt itself", received: "2026-01-05T08:00:00Z",
      regime: "final: 0 days, \(warsaw)", due: "2026-01-05T22:59:59Z"),
  ]

  @Test(arguments: cases) func endsOnTheSecond(example: Case) throws {
    let rules = try rules(
      """
      - {id: row, jurisdiction: nl, sector: any, source: test, checked-on: 2026-11-21, \
      confidence: high, \(example.regime)}
      """,
      """
      - {id: all, queue: complaints, regimes: [row]\
      \(example.binding.isEmpty ? "" : ", " + example.binding)}
      """)
    let received = try #require(ISOTime.read(example.received))
    let clocks = rules.clocks(
      recipients: [], queue: "complaints", messageClass: .complaint, received: received)
    #expect(clocks.map { ISOTime.text($0.due) } == [example.due])
    if let extended = example.extended {
      #expect(clocks.first?.extended.map(ISOTime.text) == extended)
    }
  }

  /// Days whose midnight is skipped, shown twice, or plain.
  @Test(arguments: [
    ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
    ("America/Havana", "2025-11-02", "2025-11-02T04:00:00Z"),
    ("America/Havana", "2025-11-03", "2025-11-03T05:00:00Z"),
    ("Europe/Warsaw", "2026-03-29", "2026-03-28T23:00:00Z"),
    ("Europe/Warsaw", "2026-03-30", "2026-03-29T22:00:00Z"),
    ("Pacific/Auckland", "2026-04-05", "2026-04-04T11:00:00Z"),
    ("UTC", "2026-04-05", "2026-04-05T00:00:00Z"),
  ]) func daysBeginWhenTheClocksSaySo(zone: String, day: String, start: String) throws {
    let clock = try #require(LocalClock(zone))
    let day = try #require(CivilDate(day))
    #expect(ISOTime.text(clock.start(of: day)) == start)
    #expect(clock.day(at: clock.start(of: day)) == day)
    #expect(clock.day(at: clock.end(of: day)) == day)
    #expect(clock.end(of: day.adding(days: -1)) == clock.start(of: day) - 1)
  }

  /// Whenever it was received: in the future, on the stated day, at the last second of it.
  @Test func clocksEndAtLocalMidnight() throws {
    let rules = try rules(
      """
      - {id: row, jurisdiction: nl, sector: any, source: t, checked-on: 2026-11-21, confidence: high,
         acknowledge: 3 business days, final: 6 weeks, holidays: nl}
      """, "- {id: all, queue: complaints, regimes: [row], zone: Europe/Amsterdam}")
    let clock = try #require(LocalClock("Europe/Amsterdam"))
    var generator = SeededGenerator(seed: 0x5EED)
    for _ in 0..<300 {
      let received = Int64.random(in: 1_700_000_000...1_950_000_000, using: &generator)
      let clocks = rules.clocks(
        recipients: [], queue: "complaints", messageClass: .complaint, received: received)
      #expect(clocks.count == 2)
      for one in clocks {
        #expect(one.due > received)
        #expect(clock.day(at: one.due) == one.day)
        #expect(clock.day(at: one.due + 1) == one.day.adding(days: 1), "\(received)")
      }
      #expect(clocks[1].day == clock.day(at: received).adding(days: 42))
    }
  }
}

private let row = "jurisdiction: nl, sector: x, source: s, checked-on: 2026-11-21, confidence: high"

/// Regimes and bindings around the ones given.
func rules(_ regimes: String, _ bindings: String) throws -> DeadlineRules {
  try DeadlineRules.read(files: [
    (
      "test.yaml",
      """
      deadlines: heard/1
      regimes:
      \(regimes)
      bindings:
      \(bindings)
      extra-holidays: {nl: [2026-05-15]}
      """
    )
  ]).rules
}

/// What holds for whom, and which comes first.
@Suite struct DeadlineBindingTests {
  static let both = """
    - {id: law, jurisdiction: pl, sector: consumer, source: s, checked-on: 2026-11-21, confidence: medium,
       final: 30 days, zone: Europe/Warsaw, valid-to: 2022-12-31}
    - {id: law, jurisdiction: pl, sector: consumer, source: s, checked-on: 2026-11-21, confidence: medium,
       final: 14 days, zone: Europe/Warsaw, valid-from: 2023-01-01}
    - {id: custom, jurisdiction: pl, sector: any, source: s, checked-on: 2026-11-21, confidence: low,
       acknowledge: 2 days, final: 20 days, zone: Europe/Warsaw}
    """

  /// The change of a regime at midnight by the local clock.
  @Test(arguments: [
    ("2022-12-31T22:59:59Z", "2023-01-30"), ("2022-12-31T23:00:00Z", "2023-01-15"),
  ]) func aRegimeChangesWithTheDayOfReceipt(received: String, day: String) throws {
    let rules = try rules(Self.both, "- {id: all, recipient: \"*@sklep.example\", regimes: [law]}")
    let clocks = rules.clocks(
      recipients: ["bok@Sklep.example"], queue: "any", messageClass: .complaint,
      received: try #require(ISOTime.read(received)))
    #expect(clocks.map(\.day.description) == [day])
  }

  struct Bound: Sendable {
    let binding: String
    let recipients: [String]
    let queue: String
    let messageClass: MessageClass
    let regimes: [String]
  }

  @Test(arguments: [
    Bound(
      binding: "recipient: \"*@a.example\"", recipients: ["x@a.example"], queue: "q",
      messageClass: .complaint, regimes: ["custom", "law", "custom"]),
    Bound(
      binding: "recipient: \"*@a.example\"", recipients: ["x@b.example"], queue: "q",
      messageClass: .complaint, regimes: []),
    Bound(
      binding: "queue: [q, r]", recipients: [], queue: "r", messageClass: .complaint,
      regimes: ["custom", "law", "custom"]),
    Bound(
      binding: "queue: q, recipient: \"*@a.example\"", recipients: ["x@a.example"], queue: "r",
      messageClass: .complaint, regimes: []),
    Bound(
      binding: "queue: q", recipients: [], queue: "q", messageClass: .question, regimes: []),
    Bound(
      binding: "queue: q, class: [question]", recipients: [], queue: "q", messageClass: .question,
      regimes: ["custom", "law", "custom"]),
    Bound(
      binding: "queue: q", recipients: [], queue: "q", messageClass: .auto, regimes: []),
  ]) func onlyWhatIsBoundRuns(example: Bound) throws {
    let rules = try rules(
      Self.both, "- {id: one, regimes: [law, custom], \(example.binding)}")
    let clocks = rules.clocks(
      recipients: example.recipients, queue: example.queue, messageClass: example.messageClass,
      received: 1_790_000_000)
    #expect(clocks.map(\.regime) == example.regimes)
    #expect(clocks.map(\.due) == clocks.map(\.due).sorted(), "the earliest first")
  }

  @Test(arguments: [
    (14, Priority.normal, Priority.normal), (2, .normal, .high), (1, .normal, .urgent),
    (0, .low, .urgent), (-3, .low, .urgent), (14, .high, .high), (2, .urgent, .urgent),
  ]) func theEarliestClockSetsThePriority(left: Int, base: Priority, expected: Priority) throws {
    let rules = try rules(Self.both, "- {id: one, queue: q, regimes: [law, custom]}")
    let clocks = rules.clocks(
      recipients: [], queue: "q", messageClass: .complaint, received: 1_790_000_000)
    let first = try #require(clocks.first)
    #expect(clocks.count == 3)
    let now = first.clock.start(of: first.day.adding(days: -left)) + 3600
    #expect(DeadlineRules.priority(base, clocks, now: now) == expected)
    #expect(DeadlineRules.priority(base, [], now: now) == base)
  }

  @Test func remindersComeInTheMorningOfTheirDay() throws {
    let rules = try rules(
      Self.both, "- {id: one, queue: q, regimes: [law], remind: [2 days, 1 week, 2 days]}")
    let clocks = rules.clocks(
      recipients: [], queue: "q", messageClass: .complaint,
      received: try #require(ISOTime.read("2026-03-20T12:00:00Z")))
    #expect(
      clocks.first?.reminders.map(ISOTime.text) == [
        "2026-03-26T23:00:00Z", "2026-03-31T22:00:00Z",
      ])
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let text: String
    let says: String
    var testDescription: String { says }
  }

  @Test(arguments: [
    Mistake(text: "regimes: []", says: "does not say its version"),
    Mistake(text: "deadlines: heard/1\nregime: []", says: "did you mean 'regimes'"),
    Mistake(text: "deadlines: heard/1\nregimes:\n- {id: a, \(row)}", says: "has no clock"),
    Mistake(
      text: "deadlines: heard/1\nregimes:\n- {id: a, \(row), final: soon}",
      says: "'soon' is no length"),
    Mistake(
      text: "deadlines: heard/1\nregimes:\n- {id: a, \(row), final: 2 weeks, zone: Mars/Olympus}",
      says: "'Mars/Olympus' is no time zone"),
    Mistake(
      text: "deadlines: heard/1\nregimes:\n- {id: a, final: 2 weeks, jurisdiction: nl, sector: x}",
      says: "no 'source'"),
    Mistake(
      text: """
        deadlines: heard/1
        regimes:
        - {id: a, \(row), final: 2 weeks}
        - {id: a, \(row), final: 3 weeks, valid-from: 2026-01-01}
        """, says: "holds on some days"),
    Mistake(
      text: """
        deadlines: heard/1
        regimes:
        - {id: a, \(row), final: 2 weeks}
        bindings:
        - {id: b, queue: q, regimes: [a]}
        """, says: "whose clocks"),
    Mistake(
      text: "deadlines: heard/1\nbindings:\n- {id: b, regimes: [a]}",
      says: "no recipient and no queue"),
    Mistake(
      text: "deadlines: heard/1\nbindings:\n- {id: b, queue: q, regimes: [a]}",
      says: "unknown regime 'a'"),
    Mistake(
      text: "deadlines: heard/1\nextra-holidays: {nl: [2026-02-30]}", says: "'2026-02-30' is no day"
    ),
  ]) func mistakesAreNamedWithTheirPlace(mistake: Mistake) throws {
    let error = try #require(throws: PolicyError.self) {
      try DeadlineRules.read(files: [("rules.yaml", mistake.text)])
    }
    #expect(error.description.contains(mistake.says), "\(error)")
    #expect(error.description.contains("rules.yaml:"), "\(error)")
  }
}
