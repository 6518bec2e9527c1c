import Foundation
import Testing

/// `heard deliver --queues` and `heard queue list|take|ack|release`.
@Suite struct QueueCommandTests {
  private func deliver(_ delivery: DeliveryProbe, _ number: Int) throws -> Int32 {
    try delivery.probe.heard(
      ["deliver", "--queues", delivery.folder + "/queues.sqlite", "--sender", "ann@example.org"]
        + delivery.judging + ["--", "help@example.com"], input: DeliveryProbe.mail(number)
    ).status
  }

  private func queue(
    _ delivery: DeliveryProbe, _ words: [String]
  ) throws -> CommandLineProbe.Outcome {
    try delivery.probe.heard(
      ["queue"] + words,
      environment: [
        "HEARD_QUEUES": delivery.folder + "/queues.sqlite", "F": delivery.folder,
      ])
  }

  @Test func aMailIsTakenAndAcknowledged() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    for number in [1, 2, 2, 3] { #expect(try deliver(delivery, number) == 0) }
    let listed = try queue(delivery, ["list"]).text
    #expect(listed.hasPrefix("complaints\t3\t0\t"), "what comes twice is there once: \(listed)")

    let taken = try queue(delivery, ["take", "complaints", "--limit", "2"]).records
    #expect(taken.map { $0["sequence"] as? Int } == [1, 2])
    #expect(taken.map { $0["recipient"] as? String } == ["help@example.com", "help@example.com"])
    #expect((taken.first?["decision"] as? [String: Any])?["class"] as? String == "complaint")
    let mail = Data(base64Encoded: taken.first?["mail"] as? String ?? "") ?? Data()
    #expect(mail.suffix(DeliveryProbe.mail(1).count) == DeliveryProbe.mail(1))
    #expect(String(decoding: mail, as: UTF8.self).contains("X-Heard-Queue: complaints\n"))
    #expect(try queue(delivery, ["list", "--format", "json"]).records[0]["taken"] as? Int == 2)

    let tickets = taken.compactMap { $0["ticket"] as? String }
    #expect(try queue(delivery, ["ack", tickets[0]]).status == 0)
    #expect(try queue(delivery, ["release", tickets[1]]).status == 0)
    let late = try queue(delivery, ["ack"] + tickets)
    #expect(late.status == 1)
    #expect(late.errors.contains("not in hand any more"))
    let again = try queue(delivery, ["take", "complaints", "--limit", "9"]).records
    #expect(again.map { $0["sequence"] as? Int } == [2, 3])
    #expect(again.map { $0["attempts"] as? Int } == [1, 0])
    #expect(try queue(delivery, ["take", "complaints"]).text.isEmpty)
    let ledger = try delivery.probe.heard(
      ["ledger", "verify", "--ledger", delivery.folder + "/queues.sqlite"])
    #expect(ledger.text.hasPrefix("3 records"))
  }

  /// A reader so slow that leases end while it reads: each mail is printed once, and what could not
  /// be is still there.
  @Test func noMailIsPrintedTwice() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    // Larger than a pipe, so that the reader is waited for.
    let line = "X-Noise: \(String(repeating: "a", count: 60))\n"
    let noise = Data(String(repeating: line, count: 3000).utf8)
    for number in 1...3 {
      let mail = noise + DeliveryProbe.mail(number)
      let outcome = try delivery.probe.heard(
        ["deliver", "--queues", delivery.folder + "/queues.sqlite"] + delivery.judging, input: mail)
      #expect(outcome.status == 0)
    }
    let taken = try delivery.probe.heard(
      ["queue", "take", "complaints", "--limit", "9", "--lease", "2"],
      environment: ["HEARD_QUEUES": delivery.folder + "/queues.sqlite"],
      shell: #""$@" | { sleep 3; cat; }"#)
    #expect(taken.records.map { $0["sequence"] as? Int } == [1, 2, 3])
    #expect(taken.errors.contains("longer --lease"))
  }

  @Test func aProgramWorksThemOff() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    for number in 1...3 { #expect(try deliver(delivery, number) == 0) }
    // Refuses the second, and says what it was given.
    let program = #"""
      text=$(cat); case $text in *m2@example.org*) exit 7;; esac
      printf '%s %s %s\n' "$HEARD_QUEUE" "${HEARD_TICKET%-*}" "${#text}" >> "$F/done"
      """#
    let outcome = try queue(
      delivery, ["take", "complaints", "--limit", "0", "--", "/bin/sh", "-c", program])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("2: /bin/sh ended with status 7; again in 30 s"))
    let done = try String(contentsOfFile: delivery.folder + "/done", encoding: .utf8)
    #expect(done.split(separator: "\n").map { $0.prefix(12) } == ["complaints 1", "complaints 3"])
    #expect(try queue(delivery, ["list"]).text.hasPrefix("complaints\t0\t1\t"))
  }

  @Test func aProgramThatIsNotThereKeepsTheMail() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    #expect(try deliver(delivery, 1) == 0)
    #expect(try queue(delivery, ["take", "complaints", "--", "/nonexistent"]).status != 0)
    #expect(try queue(delivery, ["list"]).text.hasPrefix("complaints\t0\t1\t"))
  }

  @Test(arguments: [
    ["take"], ["take", "q", "--limit", "0"], ["take", "q", "--lease", "0"], ["ack", "17"],
    ["ack"], ["release", "--after", "-1", "1-0123456789abcdef0123456789abcdef"],
  ])
  func wrongUsageIs64(_ words: [String]) throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    #expect(try queue(delivery, words).status == 64)
  }

  @Test func queuesThatAreNotThereAreNotMade() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    let outcome = try queue(delivery, ["list"])
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("--queues or HEARD_QUEUES"))
    #expect(!outcome.errors.contains("--ledger"))
    #expect(!FileManager.default.fileExists(atPath: delivery.folder + "/queues.sqlite"))
  }
}
