import Foundation
import GRDB
import Synchronization
import Testing

@testable import HeardIntake

/// The laws of `MessageQueues`, for each kind.
@Suite struct QueueTests {
  private func entry(_ number: Int, queue: String = "billing") -> LedgerEntry {
    LedgerEntry(
      key: "sha256:key\(number)", message: "sha256:message\(number)", size: number,
      receivedAt: 1_795_000_000 + Int64(number), status: .ok, queue: queue, file: "", maildir: "",
      host: "here", lexicon: "sha256:l", policy: "sha256:p", version: "0",
      decision: #"{"class":"complaint"}"#,
      personal: .init(sender: "ann@x.org", recipient: "help@y.org", messageID: "\(number)@x.org"))
  }

  /// Every byte there is.
  private func mail(_ number: Int) -> [UInt8] {
    Array("Subject: \(number)\n\n".utf8) + (0...255).map { UInt8($0) }
  }

  private func fill(_ ledger: any Ledger, _ numbers: ClosedRange<Int>, queue: String = "billing")
    throws
  {
    for number in numbers {
      _ = try ledger.append(
        entry(number, queue: queue), message: mail(number), fillsOutbox: false)
    }
  }

  @Test(arguments: LedgerKind.allCases) func oldestFirstAndWhole(_ kind: LedgerKind) throws {
    try kind.with { one, two, _ in
      try fill(one, 1...3)
      try fill(one, 4...4, queue: "other")
      _ = try one.append(entry(5), fillsOutbox: false)
      let taken = try two.take(2, from: "billing", now: 1000, lease: 60)
      #expect(taken.map(\.message) == [mail(1), mail(2)])
      #expect(
        taken.map(\.record.entry.decision) == Array(repeating: #"{"class":"complaint"}"#, count: 2))
      let first = try one.find(key: "sha256:key1")
      #expect(taken[0].record == first)
      #expect(taken.map(\.attempts) == [0, 0])
      #expect(
        try one.queueDepths(now: 1000) == [
          QueueDepth(queue: "billing", waiting: 1, taken: 2, oldest: 1_795_000_001),
          QueueDepth(queue: "other", waiting: 1, taken: 0, oldest: 1_795_000_004),
        ])
      #expect(try one.take(9, from: "billing", now: 1000, lease: 60).map(\.message) == [mail(3)])
      #expect(try one.take(9, from: "billing", now: 1059, lease: 60).isEmpty)
      #expect(try one.take(9, from: "nobody's", now: 1059, lease: 60).isEmpty)
    }
  }

  @Test(arguments: LedgerKind.allCases) func noMoreThanSoManyBytes(_ kind: LedgerKind) throws {
    try kind.with { one, _, _ in
      try fill(one, 1...5)
      let size = mail(1).count
      func take(_ limit: Int, _ bytes: Int) throws -> [Int] {
        try one.take(limit, bytes: bytes, from: "billing", now: 1000, lease: 60)
          .map(\.ticket.sequence)
      }
      #expect(try take(9, 1) == [1], "one in any case")
      #expect(try take(9, size + 1) == [2, 3])
      #expect(try take(1, 9 * size) == [4])
      #expect(try take(9, 9 * size) == [5])
      #expect(try take(9, 9 * size).isEmpty)
    }
  }

  @Test(arguments: LedgerKind.allCases) func whoDiesLosesItToTheNext(_ kind: LedgerKind) throws {
    try kind.with { one, two, _ in
      try fill(one, 1...2)
      let dead = try one.take(2, from: "billing", now: 1000, lease: 60)
      let next = try two.take(1, from: "billing", now: 1060, lease: 60)
      #expect(next.map(\.message) == [mail(1)])
      #expect(next.map(\.attempts) == [1])
      // Who comes back late has no say any more about what another has.
      #expect(try !one.acknowledge(dead[0].ticket))
      #expect(try !one.release(dead[0].ticket, until: 0))
      // But about what nobody took meanwhile.
      #expect(try one.acknowledge(dead[1].ticket))
      #expect(try two.acknowledge(next[0].ticket))
      #expect(try !two.acknowledge(next[0].ticket))
      #expect(try one.queueDepths(now: 9999).isEmpty)
      #expect(try LedgerVerification(one).count == 2, "the records stay")
    }
  }

  @Test(arguments: LedgerKind.allCases) func givenBackForNowOrLater(_ kind: LedgerKind) throws {
    try kind.with { one, _, _ in
      try fill(one, 1...2)
      let taken = try one.take(2, from: "billing", now: 1000, lease: 60)
      #expect(try one.release(taken[0].ticket, until: 0))
      #expect(try one.release(taken[1].ticket, until: 1500))
      #expect(try one.take(9, from: "billing", now: 1001, lease: 60).map(\.message) == [mail(1)])
      #expect(try one.take(9, from: "billing", now: 1500, lease: 60).count == 2)
    }
  }

  @Test(arguments: LedgerKind.allCases) func aKnownMailDoesNotEnterAgain(_ kind: LedgerKind) throws
  {
    try kind.with { one, two, _ in
      try fill(one, 1...1)
      guard case .known = try two.append(entry(1), message: mail(1), fillsOutbox: false) else {
        Issue.record("it is known")
        return
      }
      #expect(try one.take(9, from: "billing", now: 1000, lease: 1).count == 1)
    }
  }

  @Test(arguments: LedgerKind.allCases) func aRecordStaysWhileItsMailIsQueued(_ kind: LedgerKind)
    throws
  {
    try kind.with { one, _, _ in
      try fill(one, 1...2)
      var retention = Retention()
      retention.days = 1
      retention.keptRecords = 0
      #expect(try one.prune(retention, now: 2_000_000_000, limit: 10) == 0)
      for mail in try one.take(9, from: "billing", now: 1000, lease: 60) {
        _ = try one.acknowledge(mail.ticket)
      }
      #expect(try one.prune(retention, now: 2_000_000_000, limit: 10) == 2)
    }
  }

  /// Many takers at the same time, by the database's clock: each mail goes to one of them.
  @Test(arguments: LedgerKind.allCases) func noTwoHaveTheSameMail(_ kind: LedgerKind) throws {
    try kind.with { one, two, _ in
      try fill(one, 1...60)
      let seen = Mutex<[Int]>([])
      let failures = Counter()
      let group = [one, two, one, two]
      concurrently(4) { worker in
        do {
          while true {
            let taken = try group[worker].take(3, from: "billing", now: nil, lease: 600)
            if taken.isEmpty { return }
            #expect(taken.count <= 3)
            seen.withLock { $0 += taken.map(\.record.sequence) }
            for mail in taken where mail.record.sequence.isMultiple(of: 2) {
              if try !group[worker].acknowledge(mail.ticket) { failures.add() }
            }
          }
        } catch {
          failures.add()
        }
      }
      #expect(failures.count == 0)
      #expect(seen.withLock { $0.sorted() } == Array(1...60))
      #expect(try one.queueDepths(now: nil).map(\.taken) == [30])
    }
  }

  @Test(arguments: LedgerKind.allCases) func attemptsAreCountedAndForgotten(_ kind: LedgerKind)
    throws
  {
    try kind.with { one, two, _ in
      try one.addAttempts(["sha256:a", "sha256:b"], now: 1000)
      try two.addAttempts(["sha256:b"], now: 2000)
      #expect(try one.attempts(of: "sha256:a") == 1)
      #expect(try one.attempts(of: "sha256:b") == 2)
      #expect(try one.attempts(of: "sha256:c") == 0)
      try one.clearAttempts(before: 1500)
      #expect(try two.attempts(of: "sha256:a") == 0)
      try one.clearAttempts(of: "sha256:b")
      #expect(try two.attempts(of: "sha256:b") == 0)
    }
  }

  /// A ledger of the form before queues gets their tables and keeps its records.
  @Test(arguments: LedgerKind.allCases) func anOlderLedgerGetsQueues(_ kind: LedgerKind) throws {
    try kind.with { one, _, tampering in
      _ = try one.append(entry(1), fillsOutbox: false)
      let place: String
      switch tampering {
      case .sqlite(let path):
        place = path
        try tampering.applyWithTriggers("DROP TABLE queued")
        try tampering.applyWithTriggers("DROP TABLE attempt")
        try tampering.applyWithTriggers("PRAGMA user_version = 1")
      case .postgres(let url):
        place = url
        try tampering.applyWithTriggers("DROP TABLE queued")
        try tampering.applyWithTriggers("DROP TABLE attempt")
        try tampering.applyWithTriggers("UPDATE form SET version = 1")
      }
      let later = try Ledgers.open(place)
      try fill(later, 2...2)
      #expect(try later.take(9, from: "billing", now: 1000, lease: 60).map(\.message) == [mail(2)])
      #expect(try LedgerVerification(later).count == 2)
    }
  }

  @Test(arguments: ["", "1", "1-", "x-0123456789abcdef0123456789abcdef", "1-0123", "1-2-3"])
  func whatIsNoTicketIsRefused(_ text: String) { #expect(QueueTicket(text) == nil) }

  @Test func ticketsReadBack() {
    let ticket = QueueTicket(sequence: 17, token: QueueTicket.makeToken())
    #expect(QueueTicket(ticket.description) == ticket)
  }

  /// An intake whose queues are in a database: mail and record come together, once.
  @Test(arguments: LedgerKind.allCases) func anIntakeFilesThere(_ kind: LedgerKind) throws {
    let probe = try IntakeProbe()
    try kind.with { one, _, tampering in
      switch tampering {
      case .sqlite(let place), .postgres(let place):
        probe.configuration.ledger = place
      }
      probe.configuration.maildir = nil
      probe.configuration.fillsOutbox = true
      let intake = try Intake(probe.configuration)
      let envelope = Envelope(sender: "ann@example.org", recipient: "help@example.com")
      let receipt = try intake.accept(IntakeProbe.mail(1), envelope: envelope)
      #expect(receipt.queue == "complaints")
      #expect(receipt.file.isEmpty)
      #expect(try intake.accept(IntakeProbe.mail(1), envelope: envelope).isDuplicate)
      let taken = try one.take(9, from: "complaints", now: nil, lease: 60)
      #expect(taken.count == 1)
      let text = String(decoding: taken[0].message, as: UTF8.self)
      #expect(text.contains("X-Heard-Status: ok\n"))
      #expect(text.hasSuffix(String(decoding: IntakeProbe.mail(1), as: UTF8.self)))
      #expect(taken[0].record.entry.personal?.messageID == "m1@example.org")
      #expect(try one.outboxDepth() == 1)
      #expect(try one.pending(host: MaildirQueue.hostName(), maildir: nil).isEmpty)
      try intake.maintain()
      #expect(try intake.recover() == 0)
      #expect(!FileManager.default.fileExists(atPath: probe.maildir), "no Maildir is made")
    }
  }

  @Test func anIntakeThatCannotJudgeFilesInTheFallbackThere() throws {
    let probe = try IntakeProbe()
    struct Broken: Error {}
    probe.configuration.pipeline = { throw Broken() }
    probe.configuration.maildir = nil
    let intake = try Intake(probe.configuration)
    let receipt = try intake.accept(IntakeProbe.mail(1), envelope: Envelope())
    #expect(receipt.status == .error)
    let taken = try intake.records.take(9, from: "fallback", now: nil, lease: 60)
    let text = String(decoding: taken.first?.message ?? [], as: UTF8.self)
    #expect(text.hasPrefix("X-Heard-Status: error\n"))
  }
}
