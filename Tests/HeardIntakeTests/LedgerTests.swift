import Testing

@testable import HeardIntake

/// The laws of `Ledger`, for each kind.
@Suite struct LedgerTests {
  private func entry(
    _ number: Int, file: String = "", at time: Int64 = 1_795_000_000, sender: String = "ann@x.org"
  ) -> LedgerEntry {
    LedgerEntry(
      key: "sha256:key\(number)", message: "sha256:message\(number)", size: number,
      receivedAt: time, status: .ok, queue: "billing", file: file, maildir: "/m", host: "here",
      lexicon: "sha256:l", policy: "sha256:p", version: "0", decision: #"{"class":"complaint"}"#,
      personal: .init(sender: sender, recipient: "help@y.org", messageID: "\(number)@x.org"))
  }

  private func recorded(_ outcome: LedgerOutcome) throws -> LedgerRecord {
    guard case .recorded(let record) = outcome else { throw Unexpected() }
    return record
  }

  private struct Unexpected: Error {}

  @Test(arguments: LedgerKind.allCases) func aKeyIsRecordedOnce(_ kind: LedgerKind) throws {
    try kind.with { one, two, _ in
      let first = try recorded(one.append(entry(1, file: "a"), fillsOutbox: false))
      #expect(first.sequence == 1)
      guard case .known(let known) = try two.append(entry(1, file: "b"), fillsOutbox: false) else {
        throw Unexpected()
      }
      #expect(known == first)
      #expect(try two.find(key: first.entry.key) == first)
      #expect(try two.find(key: "sha256:other") == nil)
      let second = try recorded(two.append(entry(2), fillsOutbox: false))
      #expect(second.sequence == 2)
      #expect(second.previous == first.digest)
      #expect(try one.head() == LedgerHead(sequence: 2, digest: second.digest))
      #expect(try one.records(after: 0, limit: 10) == [first, second])
      #expect(try one.records(after: 1, limit: 10) == [second])
    }
  }

  @Test(arguments: LedgerKind.allCases) func pendingUntilSettled(_ kind: LedgerKind) throws {
    try kind.with { one, two, _ in
      let record = try recorded(one.append(entry(1, file: "a"), fillsOutbox: false))
      _ = try one.append(entry(2), fillsOutbox: false)
      let pending = PendingFile(
        sequence: 1, host: "here", receivedAt: record.entry.receivedAt, maildir: "/m",
        queue: "billing", file: "a")
      #expect(try two.pending(host: "here", maildir: nil) == [pending])
      #expect(try two.pending(host: "there", maildir: nil).isEmpty)
      #expect(try two.pending(host: "there", maildir: "/m") == [pending])
      #expect(try two.isPending(1))
      #expect(try !two.isPending(2))
      #expect(try two.names(file: "a", queue: "billing"))
      #expect(try !two.names(file: "b", queue: "billing"))
      try two.settle(record.sequence)
      try two.settle(record.sequence)
      #expect(try one.pending(host: "here", maildir: nil).isEmpty)
    }
  }

  @Test(arguments: LedgerKind.allCases) func everyLedgerHasAnIdentity(_ kind: LedgerKind) throws {
    var identities: Set<String> = []
    for _ in 0..<2 {
      try kind.with { one, two, _ in
        let identity = try one.identity()
        #expect(identity.utf8.count == 12)
        #expect(try two.identity() == identity)
        #expect(try one.identity() == identity)
        identities.insert(identity)
      }
    }
    #expect(identities.count == (kind == .postgresql && PostgresServer.shared == nil ? 0 : 2))
  }

  @Test(arguments: LedgerKind.allCases) func manyAtATimeMakeOneChain(_ kind: LedgerKind) throws {
    try kind.with { one, two, _ in
      let failures = Counter()
      let group = [one, two, one, two]
      concurrently(4) { worker in
        for number in 0..<25 {
          // Every key is tried by two workers.
          let key = worker / 2 * 100 + number
          do {
            _ = try group[worker].append(entry(key, file: "f"), fillsOutbox: true)
          } catch {
            failures.add()
          }
        }
      }
      #expect(failures.count == 0)
      let verification = try LedgerVerification(one)
      #expect(verification.count == 50)
      #expect(verification.faults.isEmpty)
      #expect(try one.outboxDepth() == 50)
    }
  }

  @Test(arguments: LedgerKind.allCases) func personsAreForgottenAndTheChainStays(
    _ kind: LedgerKind
  ) throws {
    try kind.with { one, _, _ in
      for number in 1...4 {
        _ = try one.append(
          entry(number, sender: number == 2 ? "Bob@x.org" : "ann@x.org"), fillsOutbox: false)
      }
      #expect(try one.forget(.sender("bob@X.org")) == 1)
      #expect(try one.forget(.messageID("4@x.org")) == 1)
      #expect(try one.forget(.recipient("nobody@y.org")) == 0)
      let records = try one.records(after: 0, limit: 10)
      #expect(records.map { $0.entry.personal == nil } == [false, true, false, true])
      #expect(records[1].salt.isEmpty)
      let verification = try LedgerVerification(one)
      #expect(verification.faults.isEmpty)
      #expect(verification.forgotten == 2)
      #expect(try one.find(key: "sha256:key2") != nil, "a redelivery is still recognised")
    }
  }

  @Test(arguments: LedgerKind.allCases) func retentionCutsOnlyTheOldEnd(_ kind: LedgerKind) throws {
    try kind.with { one, _, _ in
      let day: Int64 = 86_400
      // The fourth came while the clock stood back; the sixth awaits its file.
      let days: [Int64] = [1, 2, 3, 1, 50, 60, 99, 100]
      for (index, age) in days.enumerated() {
        _ = try one.append(
          entry(index, file: index == 5 ? "f" : "", at: age * day), fillsOutbox: false)
      }
      let known = try one.records(after: 6, limit: 1)[0].digest
      var retention = Retention()
      retention.days = 70
      retention.keptRecords = 6
      #expect(try one.prune(retention, now: 110 * day, limit: 100) == 2, "six are always kept")
      retention.keptRecords = 0
      #expect(try one.prune(retention, now: 110 * day, limit: 1) == 1, "one at a time")
      #expect(try one.prune(retention, now: 110 * day, limit: 100) == 1, "the fifth is young")
      #expect(try one.prune(retention, now: 10 * day, limit: 100) == 0)
      var verification = try LedgerVerification(one, known: known)
      #expect(verification.count == 4)
      #expect(verification.faults.isEmpty)
      retention.mostRecords = 1
      #expect(try one.prune(retention, now: 110 * day, limit: 100) == 1, "the sixth is pending")
      try one.settle(6)
      #expect(try one.prune(retention, now: 110 * day, limit: 100) == 2)
      verification = try LedgerVerification(one)
      #expect(verification.count == 1)
      #expect(verification.faults.isEmpty)
      #expect(try recorded(one.append(entry(9), fillsOutbox: false)).sequence == 9)
    }
  }

  struct Tampering: CustomTestStringConvertible, Sendable {
    var name: String
    var statements: [String]
    /// The records that must be named.
    var found: [Int]
    var testDescription: String { name }
  }

  static let tamperings = [
    Tampering(name: "nothing", statements: [], found: []),
    Tampering(
      name: "a queue", statements: ["UPDATE record SET queue = 'x' WHERE sequence = 3"],
      found: [3]),
    Tampering(
      name: "a decision", statements: ["UPDATE record SET decision = '{}' WHERE sequence = 1"],
      found: [1]),
    Tampering(
      name: "an address", statements: ["UPDATE record SET sender = 'x' WHERE sequence = 2"],
      found: [2]),
    Tampering(
      name: "one is missing", statements: ["DELETE FROM record WHERE sequence = 2"], found: [2]),
    Tampering(
      name: "the first is missing", statements: ["DELETE FROM record WHERE sequence = 1"],
      found: [1]),
    Tampering(
      name: "the last is missing", statements: ["DELETE FROM record WHERE sequence = 5"],
      found: [5]),
    Tampering(
      name: "two change places",
      statements: [
        "UPDATE record SET sequence = 99 WHERE sequence = 2",
        "UPDATE record SET sequence = 2 WHERE sequence = 3",
        "UPDATE record SET sequence = 3 WHERE sequence = 99",
      ], found: [2, 2, 3, 3, 4]),
  ]

  @Test(arguments: LedgerKind.allCases, tamperings) func tamperingIsFound(
    _ kind: LedgerKind, _ example: Tampering
  ) throws {
    try kind.with { one, _, tampering in
      for number in 1...5 { _ = try one.append(entry(number), fillsOutbox: false) }
      try tampering.apply(example.statements)
      #expect(try LedgerVerification(one).faults.map(\.sequence) == example.found)
    }
  }

  @Test(arguments: LedgerKind.allCases) func recordsCannotBeChangedByAccident(
    _ kind: LedgerKind
  ) throws {
    try kind.with { one, _, tampering in
      _ = try one.append(entry(1), fillsOutbox: false)
      for statement in [
        "UPDATE record SET queue = 'x'", "UPDATE record SET digest = 'x'", "DELETE FROM record",
      ] {
        #expect(throws: (any Error).self) { try tampering.applyWithTriggers(statement) }
      }
      #expect(try LedgerVerification(one).faults.isEmpty)
    }
  }

  @Test(arguments: LedgerKind.allCases) func aKnownDigestMustStay(_ kind: LedgerKind) throws {
    try kind.with { one, _, _ in
      for number in 1...3 { _ = try one.append(entry(number), fillsOutbox: false) }
      let known = try one.head().digest
      _ = try one.append(entry(4), fillsOutbox: false)
      #expect(try LedgerVerification(one, known: known).faults.isEmpty)
      #expect(try LedgerVerification(one, known: "sha256:0").faults.map(\.sequence) == [4])
    }
  }

  @Test(arguments: LedgerKind.allCases) func theOutboxHandsEachRowToOne(_ kind: LedgerKind) throws {
    try kind.with { one, two, _ in
      var digests: [String] = []
      for number in 1...5 {
        digests.append(try recorded(one.append(entry(number), fillsOutbox: number != 3)).digest)
      }
      let first = try one.claim(2, now: 1000, lease: 60)
      #expect(first.map(\.sequence) == [1, 2])
      #expect(first.map(\.idempotencyKey) == Array(digests[..<2]))
      #expect(first[0].attempts == 0)
      #expect(!first[0].body.contains("ann@x.org"))
      let second = try two.claim(9, now: 1000, lease: 60)
      #expect(second.map(\.sequence) == [4, 5])
      #expect(try one.claim(9, now: 1059, lease: 60).isEmpty)
      try one.complete(first[0])
      try two.postpone(second[0], until: 2000)
      // A lease that ran out: who had taken it was killed.
      let third = try two.claim(9, now: 1061, lease: 60)
      #expect(third.map(\.sequence) == [2, 5])
      #expect(third.map(\.attempts) == [1, 1])
      #expect(try one.claim(9, now: 2000, lease: 60).map(\.sequence) == [2, 4, 5])
      #expect(try one.outboxDepth() == 3)
    }
  }
}
