import Foundation
import HeardBatch
import Testing

@testable import HeardIntake

/// A message that ended two processes is not judged a third time.
@Suite struct JudgingGuardTests {
  private let envelope = Envelope(sender: "ann@example.org", recipient: "help@example.com")

  private func probe() throws -> IntakeProbe {
    let probe = try IntakeProbe()
    probe.configuration.notes = probe.folder + "/notes"
    return probe
  }

  /// What a process leaves that is killed while it judges: a file of notes that nobody has locked.
  private func leaveNotes(_ messages: [[UInt8]], in probe: IntakeProbe) throws {
    try FileManager.default.createDirectory(
      atPath: probe.folder + "/notes", withIntermediateDirectories: true)
    let lines = messages.map { CanonicalMessage.digest(of: $0) + "\n" }
    let empty = String(repeating: " ", count: 71) + "\n"
    try Data((empty + lines.joined(separator: empty)).utf8).write(
      to: URL(fileURLWithPath: "\(probe.folder)/notes/judging-\(UUID().uuidString)"))
  }

  private func notes(_ probe: IntakeProbe) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: probe.folder + "/notes")
  }

  @Test func notJudgedAThirdTime() throws {
    let probe = try probe()
    let bad = IntakeProbe.mail(1)
    let bystander = IntakeProbe.mail(2)
    try leaveNotes([bad, bystander], in: probe)
    do {
      let intake = try probe.intake()
      #expect(try notes(probe).count == 1, "only its own are left")
      // Beside the culprit, and innocent: it is judged, and cleared.
      #expect(try intake.accept(bystander, envelope: envelope).status == .ok)
      let digest = CanonicalMessage.digest(of: bystander)
      #expect(try intake.records.attempts(of: digest) == 0)
      #expect(try intake.records.attempts(of: CanonicalMessage.digest(of: bad)) == 1)
    }
    try leaveNotes([bad], in: probe)
    let intake = try probe.intake()
    let receipt = try intake.accept(bad, envelope: envelope)
    #expect(receipt.status == .error)
    #expect(receipt.queue == "fallback")
    #expect(receipt.fault == "the process ended 2 times while it judged the message")
    let text = try probe.read("fallback", receipt.file)
    #expect(text.hasPrefix("X-Heard-Status: error\n"))
    // For another recipient as little.
    #expect(try intake.accept(bad, envelope: Envelope(recipient: "b@y.org")).status == .error)
    #expect(try intake.accept(bad, envelope: envelope).isDuplicate)
    #expect(try intake.accept(IntakeProbe.mail(3), envelope: envelope).status == .ok)
  }

  @Test func upkeepTakesNoteOfOthersToo() throws {
    let probe = try probe()
    let intake = try probe.intake()
    for _ in 1...2 {
      try leaveNotes([IntakeProbe.mail(1)], in: probe)
      try intake.maintain()
    }
    #expect(try intake.accept(IntakeProbe.mail(1), envelope: envelope).status == .error)
  }

  @Test func aProcessThatLivesKeepsItsNotes() throws {
    let probe = try probe()
    let folder = probe.folder + "/notes"
    let notes = try JudgingNotes(folder: folder)
    let digest = CanonicalMessage.digest(of: IntakeProbe.mail(1))
    let file = try #require(self.notes(probe).first)
    let (noted, collected) = notes.noting(digest) {
      var collected: [String] = []
      try? JudgingNotes.collect(in: folder) { collected += $0 }
      return (try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8), collected)
    }
    #expect(noted == digest + "\n")
    #expect(collected.isEmpty)
    let text = try String(contentsOfFile: "\(folder)/\(self.notes(probe)[0])", encoding: .utf8)
    #expect(text.allSatisfy { $0.isWhitespace }, "what was judged is not in it any more")
  }

  @Test func notesGoWithTheirProcess() throws {
    let probe = try probe()
    do {
      let intake = try probe.intake()
      _ = try intake.accept(IntakeProbe.mail(1), envelope: envelope)
    }
    #expect(try notes(probe).isEmpty)
  }

  @Test func damagedNotesDoNoHarm() throws {
    let probe = try probe()
    try FileManager.default.createDirectory(
      atPath: probe.folder + "/notes", withIntermediateDirectories: true)
    try Data([0, 0xFF, 0x0A, 0x73, 0x68]).write(
      to: URL(fileURLWithPath: probe.folder + "/notes/judging-x"))
    #expect(try probe.intake().accept(IntakeProbe.mail(1), envelope: envelope).status == .ok)
    #expect(try notes(probe).isEmpty)
  }
}
