import Foundation
import HeardCases
import HeardDeadlines
import HeardRouter
import Testing

@testable import HeardIntake

/// Fields besides the usual: deadlines, and those of ticket systems.
@Suite struct TicketFieldTests {
  private let envelope = Envelope(sender: "ann@example.org", recipient: "help@example.com")

  static let deadlines = """
    deadlines: heard/1
    bindings:
    - {id: pl, recipient: "*@example.com", regimes: [pl-consumer]}
    """

  static let received = "Received: by mx; Sat, 21 Nov 2026 10:00:00 +0000\n"

  private func rules() throws -> HandlingRules {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let shipped = try String(contentsOfFile: root + "/policies/deadlines.yaml", encoding: .utf8)
    var rules = HandlingRules()
    rules.deadlines = try DeadlineRules.read(files: [
      (file: "deadlines.yaml", text: shipped), (file: "ours.yaml", text: Self.deadlines),
    ]).rules
    return rules
  }

  @Test func whatIsDueIsAField() throws {
    let probe = try IntakeProbe()
    probe.configuration.handling = try rules()
    let mail = Array(Self.received.utf8) + IntakeProbe.mail(1)
    let receipt = try probe.intake().accept(mail, envelope: envelope)
    let text = try probe.read("complaints", receipt.file)
    // Fourteen days, the last of them by the clocks of Warsaw.
    #expect(
      text.contains("X-Heard-Due: 2026-12-05T22:59:59Z; regime=pl-consumer; step=answer\n"),
      "\(text)")
    #expect(
      try probe.intake().records.records(after: 0, limit: 1)[0].entry.decision.contains("due"))
  }

  @Test func withoutDeadlinesThereIsNone() throws {
    let probe = try IntakeProbe()
    let receipt = try probe.intake().accept(IntakeProbe.mail(1), envelope: envelope)
    #expect(try !probe.read("complaints", receipt.file).contains("X-Heard-Due"))
  }

  @Test func anAccountOfConversationsKnowsTheSecond() throws {
    let probe = try IntakeProbe()
    var rules = try rules()
    rules.cases = try CaseStore(
      path: probe.folder + "/cases.db", key: Array("0123456789abcdef".utf8))
    probe.configuration.handling = rules
    let intake = try probe.intake()
    _ = try intake.accept(Array(Self.received.utf8) + IntakeProbe.mail(1), envelope: envelope)
    let second = Array(
      String(decoding: IntakeProbe.mail(2), as: UTF8.self).replacing(
        "Subject: Lamp 2", with: "In-Reply-To: <m1@example.org>\nSubject: Re: Lamp 1"
      ).utf8)
    _ = try intake.accept(Array(Self.received.utf8) + second, envelope: envelope)
    #expect(
      try intake.records.records(after: 1, limit: 1)[0].entry.decision.contains(#""thread":{"#))
    #expect(try rules.cases?.due(before: 1_800_000_000).isEmpty == false)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var system: TicketSystem
    var fields: [String]
    var theirs: String
    var testDescription: String { system.rawValue }
  }

  @Test(arguments: [
    Case(system: .generic, fields: [], theirs: "X-None"),
    Case(
      system: .zammad,
      fields: ["X-Zammad-Ticket-Group: complaints\n", "X-Zammad-Ticket-Priority: 3 high\n"],
      theirs: "X-Zammad-Ticket-Group"),
    Case(
      system: .otrs, fields: ["X-OTRS-Queue: complaints\n", "X-OTRS-Priority: 4 high\n"],
      theirs: "X-OTRS-Queue"),
    Case(
      system: .otobo, fields: ["X-OTOBO-Queue: complaints\n", "X-OTOBO-Priority: 4 high\n"],
      theirs: "x-otobo-queue"),
  ])
  func aTicketSystemGetsItsFields(_ example: Case) throws {
    let probe = try IntakeProbe()
    probe.configuration.ticketSystem = example.system
    let mail = Array("\(example.theirs): board\nX-Other: kept\n".utf8) + IntakeProbe.mail(1)
    let receipt = try probe.intake().accept(mail, envelope: envelope)
    let text = try probe.read("complaints", receipt.file)
    for field in example.fields { #expect(text.contains(field), "\(text)") }
    #expect(text.contains(": board\n") == (example.system == .generic), "only heard orders about")
    #expect(text.contains("X-Other: kept\n"))
    let others = ["X-Zammad", "X-OTRS", "X-OTOBO"].filter { text.contains($0) }
    #expect(others.count == (example.system == .generic ? 0 : 1))
  }

  /// Zammad and Python end a line at a carriage return, Postfix and Dovecot do not.
  @Test func aCarriageReturnHidesNoOrder() {
    let mail = Array("X-Foo: a\rX-Zammad-Ticket-Owner: boss\r\nA: b\r\n\r\nc".utf8)
    let written = JudgedMail(mail, fault: "x", for: .zammad).tagged(.error)
    #expect(written == Array("X-Heard-Status: error\r\nX-Foo: a\r\nA: b\r\n\r\nc".utf8))
  }

  /// A list, or nobody: then the envelope says whom it is for.
  @Test(arguments: ["undisclosed-recipients:;", "board@example.org"])
  func whatIsDueKnowsTheEnvelope(_ to: String) throws {
    let probe = try IntakeProbe()
    probe.configuration.handling = try rules()
    let mail = Array(
      (Self.received + String(decoding: IntakeProbe.mail(1), as: UTF8.self))
        .replacing("help@example.com", with: to).utf8)
    let intake = try probe.intake()
    let receipt = try intake.accept(mail, envelope: Envelope(recipient: "info@Example.com"))
    #expect(try probe.read("complaints", receipt.file).contains("regime=pl-consumer"))
    let none = try intake.accept(mail, envelope: Envelope(recipient: "info@example.net"))
    #expect(try !probe.read("complaints", none.file).contains("X-Heard-Due"))
    // Several recipients are judged together.
    let judged = intake.judge(mail, recipients: ["a@example.net", "b@example.com"])
    #expect(String(decoding: judged.tagged(.ok), as: UTF8.self).contains("regime=pl-consumer"))
  }

  @Test func aFaultTakesTheirFieldsAwayAsWell() {
    let mail = JudgedMail(Array("X-OTRS-Queue: board\nA: b\n\nc".utf8), fault: "x", for: .otrs)
    #expect(mail.tagged(.error) == Array("X-Heard-Status: error\nA: b\n\nc".utf8))
  }
}
