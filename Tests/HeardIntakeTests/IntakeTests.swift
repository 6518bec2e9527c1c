import Foundation
import Testing

@testable import HeardIntake

@Suite struct IntakeTests {
  private let envelope = Envelope(sender: "ann@example.org", recipient: "help@example.com")

  @Test func aMailIsFiledOnceWithItsHeaders() throws {
    let probe = try IntakeProbe()
    let intake = try probe.intake()
    let receipt = try intake.accept(IntakeProbe.mail(1), envelope: envelope)
    #expect(receipt.status == .ok)
    #expect(receipt.queue == "complaints")
    #expect(!receipt.isDuplicate)
    #expect(probe.files("complaints") == [receipt.file])
    #expect(probe.files("complaints", "tmp").isEmpty)
    let text = try probe.read("complaints", receipt.file)
    #expect(text.contains("X-Heard-Status: ok\n"))
    #expect(text.contains("X-Heard-Class: complaint\n"))
    #expect(text.contains("X-Heard-Evidence: en.test.broken\n"))
    #expect(text.hasSuffix(String(decoding: IntakeProbe.mail(1), as: UTF8.self)))

    let again = try intake.accept(
      Array("Received: by somebody\r\n  else\r\n".utf8) + IntakeProbe.mail(1), envelope: envelope)
    #expect(again.isDuplicate)
    #expect(again.sequence == receipt.sequence)
    #expect(probe.files("complaints") == [receipt.file])

    let other = try intake.accept(
      IntakeProbe.mail(1), envelope: Envelope(recipient: "info@example.com"))
    #expect(!other.isDuplicate)
    #expect(probe.files("complaints").count == 2)
    let verification = try LedgerVerification(intake.records)
    #expect(verification.count == 2)
    #expect(verification.faults.isEmpty)
  }

  @Test func aLedgerIsAsPrivateAsTheMails() throws {
    let probe = try IntakeProbe()
    let intake = try probe.intake()
    _ = try intake.accept(IntakeProbe.mail(1), envelope: envelope)
    for end in ["", "-wal", "-shm"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: probe.ledger + end)
      let mode = attributes[.posixPermissions] as? Int
      #expect(mode.map { $0 & 0o007 } == 0, "\(end)")
    }
    #expect(try intake.records.head().sequence == 1)
  }

  @Test func whatCannotBeJudgedGoesToTheFallback() throws {
    let probe = try IntakeProbe()
    struct Broken: Error {}
    probe.configuration.pipeline = { throw Broken() }
    let intake = try probe.intake()
    let receipt = try intake.accept(IntakeProbe.mail(1), envelope: envelope)
    #expect(receipt.status == .error)
    #expect(receipt.queue == "fallback")
    let text = try probe.read("fallback", receipt.file)
    #expect(text.contains("X-Heard-Status: error\n"))
    #expect(text.hasSuffix(String(decoding: IntakeProbe.mail(1), as: UTF8.self)))
  }
}
