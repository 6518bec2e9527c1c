import Foundation
import HeardDeadlines
import Testing

@testable import HeardIntake

/// Every state that a process can leave behind when it is killed, and what comes after.
@Suite struct RecoveryTests {
  private let envelope = Envelope(sender: "ann@example.org", recipient: "help@example.com")

  /// Where the process was killed; the steps are those of `Intake`.
  enum Moment: String, CaseIterable, Sendable {
    case halfWritten
    case written
    case recorded
    case moved
    case readMeanwhile
    case removedMeanwhile
    case settled
  }

  /// Leaves behind what a process leaves that is killed at this moment.
  private func leave(_ moment: Moment, in probe: IntakeProbe) throws {
    let receipt = try probe.intake().accept(IntakeProbe.mail(1), envelope: envelope)
    let manager = FileManager.default
    let base = "\(probe.maildir)/.complaints"
    let (inNew, inTmp) = ("\(base)/new/\(receipt.file)", "\(base)/tmp/\(receipt.file)")
    func forgetSettling() throws {
      try probe.sqlite("INSERT INTO pending SELECT sequence, host FROM record")
    }
    func forgetRecord() throws {
      for end in ["", "-wal", "-shm"] { try? manager.removeItem(atPath: probe.ledger + end) }
    }
    switch moment {
    case .halfWritten:
      try manager.moveItem(atPath: inNew, toPath: inTmp)
      try Data("From: hal".utf8).write(to: URL(fileURLWithPath: inTmp))
      try forgetRecord()
    case .written:
      try manager.moveItem(atPath: inNew, toPath: inTmp)
      try forgetRecord()
    case .recorded:
      try manager.moveItem(atPath: inNew, toPath: inTmp)
      try forgetSettling()
    case .moved:
      try forgetSettling()
    case .readMeanwhile:
      try manager.moveItem(atPath: inNew, toPath: "\(base)/cur/\(receipt.file):2,S")
      try forgetSettling()
    case .removedMeanwhile:
      // A reader filed it elsewhere: to bring it back would be a second copy.
      try manager.removeItem(atPath: inNew)
      try forgetSettling()
    case .settled: break
    }
  }

  @Test(arguments: Moment.allCases) func acceptedAgainItIsThereOnce(_ moment: Moment) throws {
    let probe = try IntakeProbe()
    try leave(moment, in: probe)
    let receipt = try probe.intake().accept(IntakeProbe.mail(1), envelope: envelope)
    #expect(receipt.isDuplicate == ![.halfWritten, .written].contains(moment))
    #expect(try probe.messageIDs() == (moment == .removedMeanwhile ? [:] : ["m1@example.org": 1]))
    #expect(try probe.intake().records.pending(host: probe.host(), maildir: nil).isEmpty)
    if moment == .recorded { #expect(probe.files("complaints", "tmp").isEmpty) }
  }

  @Test(arguments: Moment.allCases)
  func recoveryAloneCompletesWhatWasTaken(_ moment: Moment) throws {
    let probe = try IntakeProbe()
    try leave(moment, in: probe)
    let intake = try probe.intake()
    let isPending = [.recorded, .moved, .readMeanwhile, .removedMeanwhile].contains(moment)
    #expect(try intake.recover() == (isPending ? 1 : 0))
    let isThere = ![.halfWritten, .written, .removedMeanwhile].contains(moment)
    #expect(try probe.messageIDs() == (isThere ? ["m1@example.org": 1] : [:]))
    #expect(try intake.recover() == 0)
  }

  /// The name of a host that died; its files are found by what they are.
  @Test(arguments: [Moment.recorded, .moved, .readMeanwhile, .removedMeanwhile])
  func aHostWithAnotherNameCompletesIt(_ moment: Moment) throws {
    let probe = try IntakeProbe()
    try leave(moment, in: probe)
    try probe.sqlite("UPDATE pending SET host = 'gone'")
    // So much later that no host of that name is at work any more.
    probe.configuration.clock = { Int64(Date().timeIntervalSince1970) + 7200 }
    let isThere = [.recorded, .moved, .readMeanwhile].contains(moment)
    let intake = try probe.intake()
    #expect(try intake.recover() == (isThere ? 1 : 0))
    #expect(try intake.recover() == 0)
    #expect(try probe.messageIDs()["m1@example.org"] == (isThere ? 1 : nil))
  }

  /// What another ledger may have a record of is none of this one's business.
  @Test func anotherLedgersMailStays() throws {
    let probe = try IntakeProbe()
    try leave(.recorded, in: probe)
    let (tmp, pending) = ("\(probe.maildir)/.complaints/tmp", probe.files("complaints", "tmp"))
    for name in pending {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: "\(tmp)/\(name)")
    }
    var other = probe.configuration
    other.ledger = probe.folder + "/other.sqlite"
    try Intake(other).maintain()
    #expect(probe.files("complaints", "tmp") == pending)
    #expect(try probe.intake().accept(IntakeProbe.mail(1), envelope: envelope).isDuplicate)
    #expect(try probe.messageIDs() == ["m1@example.org": 1])
  }

  @Test func oneLedgerIsTheUsualOne() throws {
    let probe = try IntakeProbe()
    let maildir = probe.folder
    let (usual, former) = ("\(maildir)/heard-ledger.sqlite", "\(maildir)/ledger.sqlite")
    #expect(try Ledgers.path(inMaildir: maildir) == usual)
    try Data().write(to: URL(fileURLWithPath: former))
    #expect(try Ledgers.path(inMaildir: maildir) == former)
    try Data().write(to: URL(fileURLWithPath: usual))
    #expect(throws: IntakeError.self) { try Ledgers.path(inMaildir: maildir) }
    try FileManager.default.removeItem(atPath: former)
    #expect(try Ledgers.path(inMaildir: maildir) == usual)
  }

  @Test func litterGoesAndWhatIsAwaitedStays() throws {
    let probe = try IntakeProbe()
    try leave(.recorded, in: probe)
    let tmp = "\(probe.maildir)/.complaints/tmp"
    let mark = "L\(try probe.intake().records.identity())"
    let litter = "1.H2P3R4\(mark).host,S=5"
    // Nobody knows which ledger a file without a mark belongs to.
    for name in [litter, "1.H2P3R4.host,S=5", "somebody-elses-file"] {
      try Data("x".utf8).write(to: URL(fileURLWithPath: "\(tmp)/\(name)"))
    }
    for name in probe.files("complaints", "tmp") {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: "\(tmp)/\(name)")
    }
    let young = "9.H9P9R9\(mark).young,S=1"
    try Data("x".utf8).write(to: URL(fileURLWithPath: "\(tmp)/\(young)"))
    try probe.intake().maintain()
    let left = probe.files("complaints", "tmp")
    #expect(!left.contains(litter))
    #expect(left.contains("somebody-elses-file"))
    #expect(left.contains("1.H2P3R4.host,S=5"))
    #expect(left.contains(young))
    #expect(left.count == 4, "the recorded file is one of them")
  }

  @Test func oneOfManyFilesIt() async throws {
    let probe = try IntakeProbe()
    let intakes = try (0..<3).map { _ in try probe.intake() }
    let envelope = envelope
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<24 {
        let intake = intakes[index % 3]
        group.addTask {
          _ = try intake.accept(IntakeProbe.mail(index % 4), envelope: envelope)
          _ = try intake.recover()
        }
      }
      try await group.waitForAll()
    }
    let counts = try probe.messageIDs()
    #expect(counts.count == 4)
    #expect(counts.values.allSatisfy { $0 == 1 })
    let verification = try LedgerVerification(intakes[0].records)
    #expect(verification.count == 4)
    #expect(verification.faults.isEmpty)
  }

  @Test func aQueueThatCannotBeWrittenGivesTheFallback() throws {
    let probe = try IntakeProbe()
    let intake = try probe.intake()
    try Data().write(to: URL(fileURLWithPath: "\(probe.maildir)/.complaints"))
    let receipt = try intake.accept(IntakeProbe.mail(1), envelope: envelope)
    #expect(receipt.status == .fallback)
    #expect(receipt.queue == "fallback")
    let text = try probe.read("fallback", receipt.file)
    #expect(text.contains("X-Heard-Status: fallback\n"))
    #expect(text.contains("X-Heard-Queue: complaints\n"))
    try Data().write(to: URL(fileURLWithPath: "\(probe.maildir)/.general"))
    try FileManager.default.removeItem(atPath: "\(probe.maildir)/.fallback")
    try Data().write(to: URL(fileURLWithPath: "\(probe.maildir)/.fallback"))
    #expect(throws: IntakeError.self) {
      try intake.accept(IntakeProbe.mail(2), envelope: envelope)
    }
    #expect(try intake.records.head().sequence == 1)
  }
}
