import Testing

@testable import HeardIntake

/// A mail that comes again is the same mail; another one is not.
@Suite struct CanonicalMessageTests {
  static let mail = "From: a\nMessage-ID: <1@x>\nSubject: b\n\nHello\nthere\n"

  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var mail: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(name: "carriage returns", mail: mail.replacing("\n", with: "\r\n")),
    Case(name: "another hop", mail: "Received: from x\n\tby y; today\n" + mail),
    Case(name: "delivered", mail: "Return-Path: <a@x>\r\nDelivered-To: b@y\r\n" + mail),
    Case(name: "mbox", mail: "From a@x Sat Nov 21\n" + mail),
    Case(name: "judged before", mail: "X-Heard-Status: error\nX-HEARD-TAGS:\n a\n" + mail),
    Case(name: "empty lines at the end", mail: mail + "\r\n\n"),
    Case(name: "no line end", mail: String(mail.dropLast())),
    Case(
      name: "trace in the middle",
      mail: mail.replacing("Subject", with: "X-Original-To: c\nAuthentication-Results: d\nSubject")),
  ])
  func comesAgain(_ example: Case) {
    #expect(
      CanonicalMessage.digest(of: Array(example.mail.utf8))
        == CanonicalMessage.digest(of: Array(Self.mail.utf8)))
  }

  @Test(arguments: [
    Case(name: "another Message-ID", mail: mail.replacing("1@x", with: "2@x")),
    Case(name: "another body", mail: mail.replacing("there", with: "There")),
    Case(name: "a field more", mail: "Reply-To: a\n" + mail),
    Case(name: "a trace field in the body", mail: mail + "Received: x\n"),
    Case(name: "an empty line in the middle", mail: mail.replacing("Hello\n", with: "Hello\n\n")),
  ])
  func isAnother(_ example: Case) {
    #expect(
      CanonicalMessage.digest(of: Array(example.mail.utf8))
        != CanonicalMessage.digest(of: Array(Self.mail.utf8)))
  }

  @Test func keyKnowsTheRecipient() {
    let key = CanonicalMessage.key(digest: "sha256:1", recipient: "Ann@Example.ORG")
    #expect(key == CanonicalMessage.key(digest: "sha256:1", recipient: "Ann@example.org"))
    #expect(key != CanonicalMessage.key(digest: "sha256:1", recipient: "ann@example.org"))
    #expect(key != CanonicalMessage.key(digest: "sha256:2", recipient: "Ann@example.org"))
    #expect(key != CanonicalMessage.key(digest: "sha256:1", recipient: ""))
  }
}
