import Foundation
import Testing

@testable import HeardIntake
@testable import HeardWebhook

/// At least once, the same key each time, and signed.
@Suite struct WebhookSenderTests {
  private let secret = Array("0123456789abcdef0123456789abcdef".utf8)

  private func ledger(records: Int) throws -> (ledger: any Ledger, folder: String) {
    // SQLite keeps files of its own beside the ledger's.
    let folder = NSTemporaryDirectory() + "heard-outbox-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let ledger = try Ledgers.open(folder + "/ledger.sqlite")
    for number in 1...records {
      _ = try ledger.append(
        LedgerEntry(
          key: "sha256:\(number)", message: "sha256:m", size: 1, receivedAt: 1_795_000_000,
          status: .ok, queue: "billing", file: "", maildir: "/m", host: "h", lexicon: "l",
          policy: "p", version: "0", decision: #"{"class":"complaint"}"#,
          personal: .init(sender: "ann@x.org", recipient: "help@y.org", messageID: "1@x.org")),
        fillsOutbox: true)
    }
    return (ledger, folder)
  }

  @Test func whatFailsIsSentAgainUntilItIsTaken() async throws {
    let receiver = try Receiver(plan: ["500", "close", "429+100", "302", "hang", "200"])
    let (ledger, folder) = try ledger(records: 1)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var target = try WebhookTarget(url: receiver.url, secret: secret)
    // Long enough for a machine that has much else to do.
    target.timeout = 5
    let sender = WebhookSender(ledger, to: target)
    var now: Int64 = 1_795_000_000
    var delays: [Int64] = []
    for _ in 0..<5 {
      #expect(try await sender.sendDue(now: now) == .init(sent: 0, postponed: 1, givenUp: 0))
      let began = now
      #expect(try await sender.sendDue(now: now + 4).isEmpty, "not at once again")
      // When it is due is found by taking the row, which is given back for then.
      var due: [OutboxRow] = []
      while due.isEmpty {
        now += 1
        due = try ledger.claim(1, now: now, lease: 60)
      }
      for row in due { try ledger.postpone(row, until: now) }
      delays.append(now - began)
    }
    #expect(try await sender.sendDue(now: now) == .init(sent: 1, postponed: 0, givenUp: 0))
    #expect(try await sender.sendDue(now: now + 100_000).isEmpty)
    #expect(try ledger.outboxDepth() == 0)
    try await sender.stop()

    // The search for the moment counts as an attempt as well.
    for (delay, least) in zip(delays, [5, 20, 100, 320, 1280] as [Int64]) {
      #expect((least...(least + least / 5 + 1)).contains(delay), "\(delays)")
    }
    let requests = try receiver.requests()
    #expect(requests.count == 6)
    #expect(Set(requests.map { $0.headers["webhook-id"] }).count == 1)
    for request in requests {
      let id = request.headers["webhook-id"] ?? ""
      #expect(id.hasPrefix("sha256:"))
      #expect(request.headers["idempotency-key"] == id)
      #expect(request.headers["content-type"] == "application/json")
      let timestamp = Int64(request.headers["webhook-timestamp"] ?? "") ?? 0
      #expect(
        request.headers["webhook-signature"]
          == WebhookSignature.value(
            id: id, timestamp: timestamp, body: Array(request.body.utf8), secret: secret))
      #expect(request.body.contains(#""decision":{"class":"complaint"}"#))
      #expect(!request.body.contains("ann@x.org"))
    }
  }

  @Test func oneThatFailsHoldsUpNoOther() async throws {
    let receiver = try Receiver(plan: ["500"])
    let (ledger, folder) = try ledger(records: 20)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let sender = WebhookSender(ledger, to: try WebhookTarget(url: receiver.url, secret: secret))
    var total = WebhookSender.Round()
    for _ in 0..<3 {
      let round = try await sender.sendDue(now: 1_795_000_000)
      total.sent += round.sent
      total.postponed += round.postponed
    }
    #expect(total == .init(sent: 19, postponed: 1, givenUp: 0))
    // Two weeks later nobody wants to know any more.
    #expect(
      try await sender.sendDue(now: 1_797_000_000) == .init(sent: 0, postponed: 0, givenUp: 1))
    try await sender.stop()
  }

  @Test func nobodyThere() async throws {
    let (ledger, folder) = try ledger(records: 1)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let target = try WebhookTarget(url: "http://127.0.0.1:1/", secret: secret)
    let sender = WebhookSender(ledger, to: target)
    #expect(try await sender.sendDue(now: 1_795_000_000).postponed == 1)
    #expect(try ledger.outboxDepth() == 1)
    try await sender.stop()
  }

  @Test(arguments: [("ftp://x", 32), ("https://x", 15)])
  func settingsWithoutSenseAreRefused(_ url: String, _ length: Int) {
    #expect(throws: WebhookError.self) {
      try WebhookTarget(url: url, secret: [UInt8](repeating: 1, count: length))
    }
  }

  @Test func delaysDoubleToALimit() throws {
    let target = try WebhookTarget(url: "https://x", secret: secret)
    #expect((0..<4).map { target.delay(afterFailures: $0) } == [5, 10, 20, 40])
    #expect(target.delay(afterFailures: 1000) == 3600)
  }

  @Test(
    arguments: [
      (nil, 10), ("", 10), ("7", 10), ("120", 120), ("-9223372036854775808", 10),
      ("9223372036854775807", 3600), ("92233720368547758070", 10),
      ("Wed, 21 Oct 2026 07:28:00 GMT", 10),
    ] as [(String?, Int64)])
  func receiversAskForTime(retryAfter: String?, seconds: Int64) throws {
    let target = try WebhookTarget(url: "https://x", secret: secret)
    #expect(target.delay(afterFailures: 1, retryAfter: retryAfter) == seconds)
  }

  /// RFC 4231, cases 1, 2 and 6; RFC 4648, section 10.
  @Test func knownAnswers() {
    func hex(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
    #expect(
      hex(WebhookSignature.hmac(Array("Hi There".utf8), key: [UInt8](repeating: 0x0B, count: 20)))
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    #expect(
      hex(
        WebhookSignature.hmac(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    #expect(
      hex(
        WebhookSignature.hmac(
          Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
          key: [UInt8](repeating: 0xAA, count: 131)))
        == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    for (text, expected) in [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ] {
      #expect(Base64.text(Array(text.utf8)) == expected)
    }
  }
}
