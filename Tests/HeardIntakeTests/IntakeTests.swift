import Foundation
import HeardLexicon
import Synchronization
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

  /// A form that writes the same each time: its mails are two, and a mail that is sent again is one.
  @Test func withoutAMessageIDItIsKnownAsLongAsServersTry() throws {
    let probe = try IntakeProbe()
    let clock = Mutex<Int64>(1_795_000_000)
    probe.configuration.clock = { clock.withLock { $0 } }
    let intake = try probe.intake()
    let form = Array("From: form@example.com\nSubject: Call me\n\nMy lamp is broken.\n".utf8)
    func isKnown(_ mail: [UInt8], after seconds: Int64) throws -> Bool {
      clock.withLock { $0 += seconds }
      return try intake.accept(mail, envelope: envelope).isDuplicate
    }
    let day: Int64 = 86_400
    #expect(try !isKnown(form, after: 0))
    // Whenever in a period it was taken, it is known until its own five days are over.
    for _ in 0..<4 { #expect(try isKnown(form, after: day)) }
    #expect(try isKnown(form, after: day - 1))
    #expect(try !isKnown(form, after: 1))
    #expect(try isKnown(form, after: 1))
    #expect(try !isKnown(form, after: 90 * day))
    #expect(probe.files("complaints").count == 3)
    #expect(try !isKnown(IntakeProbe.mail(1), after: 0))
    #expect(try isKnown(IntakeProbe.mail(1), after: 300 * day))
  }

  /// A ledger of before: its records of mails without a Message-ID have keys without a period.
  @Test func aKeyWithoutAPeriodIsKnownAsLong() {
    let form = Array("From: form@example.com\n\nMy lamp is broken.\n".utf8)
    let identity = MessageIdentity(form)
    #expect(!identity.hasID)
    let key = CanonicalMessage.key(digest: identity.digest, recipient: envelope.recipient)
    let (first, later): (Int64, Int64) = (1_795_000_000, 1_795_000_000 + 5 * 86_400)
    #expect(identity.keys(recipient: envelope.recipient, now: first).contains(key))
    #expect(identity.key(recipient: envelope.recipient, now: first) != key)
    #expect(identity.isRedelivery(of: first, now: later - 1))
    #expect(!identity.isRedelivery(of: first, now: later))
    #expect(MessageIdentity(IntakeProbe.mail(1)).keys(recipient: "a", now: 7).count == 1)
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
