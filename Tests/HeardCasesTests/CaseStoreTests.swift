import Foundation
import HeardCases
import HeardClassifier
import HeardDeadlines
import HeardLexicon
import HeardMail
import HeardRouter
import Testing

/// What belongs together, and how it is counted.
@Suite struct ConversationStoreTests {
  struct Reply: Sendable, CustomTestStringConvertible {
    let name: String
    var from = "sanne@example.org"
    var subject = "Iets heel anders"
    var text = "y"
    var headers: [HeaderField] = []
    var daysLater: Int64 = 1
    let belongs: Bool
    var testDescription: String { name }
  }

  static let replies: [Reply] = [
    Reply(
      name: "In-Reply-To",
      headers: [HeaderField(name: "In-Reply-To", value: "<first@example.org>")],
      belongs: true),
    Reply(
      name: "References from another address", from: "werk@example.net",
      headers: [HeaderField(name: "References", value: "<a@b> <first@example.org> <c@d>")],
      belongs: true),
    Reply(
      name: "a mail of ours that both refer to",
      headers: [HeaderField(name: "References", value: "<ours@shop.example>")], belongs: true),
    Reply(
      name: "the subject with Re:", subject: "Re: AW: Levering van de bank [#4711]", belongs: true),
    Reply(name: "the subject with Antw:", subject: "Antw: levering van de BANK", belongs: true),
    Reply(
      name: "the subject of another sender", from: "ander@example.org",
      subject: "Re: Levering van de bank", belongs: false),
    Reply(
      name: "the subject, much later", subject: "Levering van de bank", daysLater: 31,
      belongs: false),
    Reply(
      name: "the ticket in the subject, another sender", from: "ander@example.org",
      subject: "Vraag over ticket 4711", belongs: true),
    Reply(name: "the ticket in the text", text: "Het gaat om zgłoszenie nr 4711.", belongs: true),
    Reply(
      name: "the ticket in the text of another sender", from: "ander@example.org",
      text: "ticket 4711", belongs: false),
    Reply(name: "nothing in common", belongs: false),
    Reply(name: "another number", subject: "ticket 4712", belongs: false),
  ]

  @Test(arguments: replies) func repliesAreFound(reply: Reply) throws {
    let fixture = try CaseFixture()
    let store = try fixture.store()
    let first = mail(
      "first@example.org", subject: "Levering van de bank [#4711]",
      headers: [HeaderField(name: "In-Reply-To", value: "<ours@shop.example>")])
    #expect(
      try store.facts(for: first, name: "1", anger: 1, received: CaseFixture.start) == nil)
    try store.record(
      first, name: "1", decision("billing"), judged(anger: 1), received: CaseFixture.start)
    let second = mail(
      "second@example.org", from: reply.from, subject: reply.subject, text: reply.text,
      headers: reply.headers)
    let facts = try store.facts(
      for: second, name: "2", anger: 2, received: CaseFixture.start + reply.daysLater * 86_400)
    let expected = ThreadFacts(contacts: 1, queue: "billing", trend: .rising, handOvers: 0)
    #expect(facts == (reply.belongs ? expected : nil))
  }

  @Test func contactsHeatAndHandOversAreCounted() throws {
    let fixture = try CaseFixture()
    let store = try fixture.store()
    let course: [(queue: String, anger: Int)] = [
      ("billing", 0), ("billing", 2), ("de-escalation", 3), ("de-escalation", 1), ("billing", 1),
    ]
    var seen: [ThreadFacts?] = []
    for (number, step) in course.enumerated() {
      let message = mail("m\(number)@example.org", subject: "Re: Klacht 12")
      let time = CaseFixture.start + Int64(number) * 3600
      seen.append(try store.facts(for: message, name: "", anger: step.anger, received: time))
      try store.record(
        message, name: "", decision(step.queue), judged(anger: step.anger), received: time)
    }
    #expect(
      seen == [
        nil,
        ThreadFacts(contacts: 1, queue: "billing", trend: .rising, handOvers: 0),
        ThreadFacts(contacts: 2, queue: "billing", trend: .rising, handOvers: 0),
        ThreadFacts(contacts: 3, queue: "de-escalation", trend: .cooling, handOvers: 1),
        ThreadFacts(contacts: 4, queue: "de-escalation", trend: .steady, handOvers: 1),
      ])
  }

  /// A message that comes twice changes nothing, and is told what it was told the first time.
  @Test func redeliveryChangesNothing() throws {
    let fixture = try CaseFixture()
    let store = try fixture.store()
    let messages = (0..<3).map { mail("m\($0)@example.org", subject: "Re: Klacht 12") }
    var first: [ThreadFacts?] = []
    for message in messages {
      first.append(try store.facts(for: message, name: "", anger: 1, received: CaseFixture.start))
      #expect(
        try store.record(
          message, name: "", decision("q"), judged(anger: 1), received: CaseFixture.start))
    }
    for (message, facts) in zip(messages, first) {
      #expect(
        try store.facts(for: message, name: "", anger: 3, received: CaseFixture.start + 9) == facts)
      #expect(
        try !store.record(
          message, name: "", decision("other"), judged(anger: 3), received: CaseFixture.start + 9))
    }
    #expect(try store.count() == 3)
    let next = mail("m9@example.org", subject: "Re: Klacht 12")
    #expect(
      try store.facts(for: next, name: "", anger: 1, received: CaseFixture.start)
        == ThreadFacts(contacts: 3, queue: "q", trend: .steady, handOvers: 0))
  }

  @Test func automaticMailIsNoContact() throws {
    let fixture = try CaseFixture()
    let store = try fixture.store()
    let message = mail(
      "auto@example.org", headers: [HeaderField(name: "Auto-Submitted", value: "auto-replied")])
    #expect(message.automatic != nil)
    #expect(
      try !store.record(
        message, name: "", decision("q"), judged(.auto), received: CaseFixture.start))
    #expect(try store.count() == 0)
  }

  @Test func forgettingASenderLeavesNothingOfThem() throws {
    let fixture = try CaseFixture()
    let store = try fixture.store()
    let hers = mail("hers@example.org", from: "Sanne@Example.org", subject: "Klacht over alles")
    let his = mail(
      "his@example.org", from: "piet@example.org", subject: "x",
      headers: [HeaderField(name: "In-Reply-To", value: "<hers@example.org>")])
    try store.record(hers, name: "", decision("a"), judged(anger: 3), received: CaseFixture.start)
    try store.record(
      his, name: "", decision("b"), judged(anger: 1), received: CaseFixture.start + 1)
    #expect(try fixture.bytes().range(of: Data("hers@example.org".utf8)) != nil, "its id is kept")
    #expect(try store.forget(" <sanne@example.ORG> ") == 1)
    #expect(try store.forget("sanne@example.org") == 0)
    #expect(try fixture.bytes().range(of: Data("hers@example.org".utf8)) == nil, "and overwritten")
    let later = mail(
      "later@example.org", subject: "y",
      headers: [HeaderField(name: "In-Reply-To", value: "<his@example.org>")])
    #expect(
      try store.facts(for: later, name: "", anger: 1, received: CaseFixture.start + 2)
        == ThreadFacts(contacts: 1, queue: "b", trend: .steady, handOvers: 0),
      "the conversation is counted again from what is left")
    #expect(try store.forget("piet@example.org") == 1)
    #expect(try store.count() == 0)
  }

  /// No address, subject, ticket or word of a message is in the file.
  @Test func theFileTellsNobodysName() throws {
    let fixture = try CaseFixture()
    let store = try fixture.store()
    let message = mail(
      "id1@mx.example", from: "sanne.geheim@example.org", subject: "Kapotte vaatwasser ZK-90125",
      text: "Ik ben Willemijn. Zgłoszenie nr 887766.")
    try store.record(message, name: "", decision("q"), judged(), received: CaseFixture.start)
    let bytes = try fixture.bytes()
    for word in ["geheim", "sanne", "vaatwasser", "90125", "Willemijn", "887766"] {
      #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word)")
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: fixture.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func retentionForgetsWhatIsOldUnlessSomethingIsStillDue() throws {
    let fixture = try CaseFixture()
    let store = try fixture.store(retain: 10 * 86_400)
    let clock = try clocks(days: 30)
    let day: Int64 = 86_400
    try store.record(
      mail("old@a", subject: "one"), name: "", decision("q"), judged(), received: CaseFixture.start)
    try store.record(
      mail("due@a", subject: "two"), name: "", decision("q"), judged(), received: CaseFixture.start,
      clocks: clock)
    try store.record(
      mail("new@a", subject: "three"), name: "", decision("q"), judged(),
      received: CaseFixture.start + 8 * day)
    #expect(try store.expire(now: CaseFixture.start + 9 * day) == 0)
    #expect(try store.expire(now: CaseFixture.start + 11 * day) == 1)
    #expect(try store.count() == 2)
    #expect(try store.finish("due@a", step: .answer) == 1)
    #expect(try store.expire(now: CaseFixture.start + 11 * day) == 1)
    #expect(try store.expire(now: CaseFixture.start + 40 * day) == 1)
    #expect(try store.count() == 0)
  }
}

/// One clock of so many days with reminders three and one day before.
func clocks(days: Int, extension more: String = "") throws -> [DeadlineClock] {
  try DeadlineRules.read(files: [
    (
      "t.yaml",
      """
      deadlines: heard/1
      regimes:
      - {id: law, jurisdiction: nl, sector: x, source: s, checked-on: 2026-11-21, confidence: high,
         final: \(days) days, zone: Europe/Amsterdam, on-silence: deemed accepted\(more)}
      bindings: [{id: all, queue: q, regimes: [law], remind: [3 days, 1 day]}]
      """
    )
  ]).rules.clocks(
    recipients: [], queue: "q", messageClass: .complaint, received: CaseFixture.start)
}

/// What is due, done, extended and reminded of.
@Suite struct DueTests {
  @Test func whatIsDueIsListedUntilItIsDone() throws {
    let fixture = try CaseFixture()
    let store = try fixture.store()
    let late = try clocks(days: 14)
    let soon = try clocks(days: 5)
    try store.record(
      mail("late@a", subject: "one"), name: "", decision("q"), judged(),
      received: CaseFixture.start,
      clocks: late)
    try store.record(
      mail("soon@a", subject: "two"), name: "", decision("q"), judged(),
      received: CaseFixture.start,
      clocks: soon)
    #expect(try store.due().map(\.message) == ["soon@a", "late@a"])
    #expect(try store.due(before: soon[0].due).map(\.message) == ["soon@a"])
    #expect(try store.due(before: soon[0].due - 1) == [])
    #expect(try store.due().first?.onSilence == "deemed accepted")
    #expect(try store.finish("soon@a", step: .acknowledge) == 0, "only an answer was due")
    #expect(try store.finish("soon@a", step: .answer) == 1)
    #expect(try store.finish("unknown@a", step: .answer) == 0)
    #expect(try store.due().map(\.message) == ["late@a"])
  }

  @Test func anExtensionMovesTheAnswerOnce() throws {
    let fixture = try CaseFixture()
    let store = try fixture.store()
    let clock = try clocks(days: 14, extension: ", extension: 28 days")
    try store.record(
      mail("a@a"), name: "", decision("q"), judged(), received: CaseFixture.start, clocks: clock)
    #expect(try store.due().first?.extendable == clock[0].extended)
    #expect(try store.extend("a@a") == 1)
    #expect(try store.extend("a@a") == 0)
    #expect(try store.due().map(\.due) == [clock[0].extended])
    #expect(try store.due().first?.extendable == nil)
  }

  @Test func messagesWithoutIDsAreToldApart() throws {
    let fixture = try CaseFixture()
    let store = try fixture.store()
    let clock = try clocks(days: 14)
    for sender in ["a@example.org", "b@example.org"] {
      var message = mail("x", from: sender)
      message.id = nil
      try store.record(
        message, name: "", decision("q"), judged(), received: CaseFixture.start, clocks: clock)
    }
    let items = try store.due()
    #expect(Set(items.map(\.message)).count == 2)
    #expect(items.allSatisfy { $0.message == $0.handle && $0.message.hasPrefix("message-") })
    #expect(try store.finish("", step: .answer) == 0, "nobody is called so")
    #expect(try store.finish(items[0].message, step: .answer) == 1)
    #expect(try store.due().map(\.message) == [items[1].message])
  }

  /// Records are called by files, messages by ids: both lead to the clock.
  @Test func recordsLeadToTheirMessages() throws {
    let fixture = try CaseFixture()
    let store = try fixture.store()
    let clock = try clocks(days: 14)
    func take(_ id: String, _ name: String, _ sender: String) throws {
      try store.record(
        mail(id, from: sender), name: name, decision("q"), judged(), received: CaseFixture.start,
        clocks: clock)
    }
    try take("88@a", "complaint.eml", "a@example.org")
    #expect(try store.finish("complaint.eml", step: .answer) == 1)
    try take("89@a", "1.eml", "b@example.org")
    try take("90@a", "1.eml", "c@example.org")
    #expect(try store.finish("1.eml", step: .answer) == 0, "whose is meant?")
    let handles = try store.handles(of: "1.eml")
    #expect(handles.count == 2)
    #expect(try store.finish(handles[0], step: .answer) == 1)
    #expect(try store.due().count == 1)
    #expect(try store.finish("90@a", step: .answer) + store.finish("89@a", step: .answer) == 1)
  }

  @Test func remindersComeOnce() throws {
    let fixture = try CaseFixture()
    let store = try fixture.store()
    let clock = try clocks(days: 14)
    try store.record(
      mail("a@a"), name: "", decision("q"), judged(), received: CaseFixture.start, clocks: clock)
    let times = clock[0].reminders
    #expect(times.count == 2)
    #expect(try store.remind(now: times[0] - 1) { _ in } == 0)
    #expect(try store.pendingReminders(now: times[0]).map(\.message) == ["a@a"])
    struct Broken: Error {}
    #expect(throws: CaseError.self) { try store.remind(now: times[0]) { _ in throw Broken() } }
    #expect(try store.remind(now: times[0]) { _ in } == 1, "nothing was lost")
    #expect(try store.remind(now: times[0]) { _ in } == 0)
    #expect(try store.pendingReminders(now: times[1]).map(\.reminder) == [times[1]])
    #expect(try store.remind(now: times[1]) { _ in } == 1)
    try store.finish("a@a", step: .answer)
    #expect(try store.remind(now: times[1] + 86_400) { _ in } == 0)
  }
}

/// The file itself.
@Suite struct CaseFileTests {
  @Test func anotherKeyIsRefused() throws {
    let fixture = try CaseFixture()
    _ = try fixture.store()
    let error = try #require(throws: CaseError.self) {
      try fixture.store(key: Array("another key of it".utf8))
    }
    #expect(error.code == .wrongKey)
    #expect(throws: CaseError.self) { try fixture.store(key: [1, 2, 3]) }
  }

  @Test func whatIsNoCaseFileIsRefusedAndLeftAlone() throws {
    let fixture = try CaseFixture()
    let text = Data("This is a letter and no database, and long enough to be read as one.".utf8)
    try text.write(to: URL(fileURLWithPath: fixture.path))
    let error = try #require(throws: CaseError.self) { try fixture.store() }
    #expect(error.code == .unknownFile)
    #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == text)
    let folder = try #require(throws: CaseError.self) {
      try CaseStore(path: "/nowhere/at/all.db", key: CaseFixture.key)
    }
    #expect(folder.code == .unreadable)
  }

  /// Several connections make the file and write at a time, every message several times: each counts
  /// once.
  @Test func manyWritersCountEachMessageOnce() async throws {
    let fixture = try CaseFixture()
    let path = fixture.path
    try await withThrowingTaskGroup(of: Int.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let store = try CaseStore(path: path, key: CaseFixture.key)
          var new = 0
          for number in 0..<25 {
            let message = mail(
              "m\((number + writer * 7) % 25)@example.org", subject: "Re: Klacht 12")
            _ = try store.facts(for: message, name: "", anger: 1, received: CaseFixture.start)
            let isNew = try store.record(
              message, name: "", decision("q"), judged(anger: 1), received: CaseFixture.start)
            if isNew { new += 1 }
          }
          return new
        }
      }
      var new = 0
      for try await count in group { new += count }
      #expect(new == 25)
    }
    let store = try fixture.store()
    #expect(try store.count() == 25)
    #expect(
      try store.facts(
        for: mail("z@example.org", subject: "Re: Klacht 12"), name: "", anger: 1,
        received: CaseFixture.start)?.contacts == 25)
  }
}
