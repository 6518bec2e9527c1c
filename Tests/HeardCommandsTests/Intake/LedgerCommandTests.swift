import Foundation
import Testing

/// `heard ledger show|verify|export|forget`.
@Suite struct LedgerCommandTests {
  @Test func theLedgerTellsWhatWasDecided() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    for number in 1...3 { #expect(try delivery.deliverAgain(DeliveryProbe.mail(number))) }
    func ledger(_ words: [String]) throws -> CommandLineProbe.Outcome {
      try delivery.probe.heard(["ledger"] + words, environment: ["HEARD_LEDGER": delivery.ledger])
    }
    let shown = try ledger(["show", "--last", "2"]).text.split(separator: "\n")
    #expect(shown.count == 2)
    #expect(shown[1].hasPrefix("3\t"))
    #expect(shown[1].hasSuffix("Z\tok\tcomplaints\t\(DeliveryProbe.mail(3).count)\tm3@example.org"))
    #expect(try ledger(["show", "--message-id", "m1@example.org"]).text.hasPrefix("1\t"))
    #expect(try ledger(["show", "--status", "error"]).text.isEmpty)

    let exported = try ledger(["export"]).records
    #expect(exported.map { $0["sequence"] as? Int } == [1, 2, 3])
    let decision = exported[0]["decision"] as? [String: Any]
    #expect(decision?["class"] as? String == "complaint")
    #expect(!(try ledger(["export"]).text.contains("kapot")), "no text of the customer")

    let known = exported[1]["digest"] as? String ?? "none"
    #expect(try ledger(["verify", "--known", known]).status == 0)
    #expect(try ledger(["verify", "--known", "sha256:0"]).status == 1)

    #expect(try ledger(["forget", "--message-id", "m2@example.org"]).text.hasPrefix("1 records"))
    #expect(try ledger(["show"]).text.contains("(forgotten)"))
    let verified = try ledger(["verify"])
    #expect(verified.status == 0)
    #expect(verified.text.hasPrefix("3 records, 1 forgotten, 0 faults"))
    #expect(try ledger(["forget"]).status == 64)
    #expect(try ledger(["forget", "--older-than", "1"]).text.hasSuffix(" 0 removed\n"))
  }

  @Test func aLedgerThatIsNotThereIsNotMade() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    let outcome = try delivery.probe.heard(
      ["ledger", "show", "--ledger", delivery.folder + "/none.sqlite"])
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("--ledger or HEARD_LEDGER"))
    #expect(!FileManager.default.fileExists(atPath: delivery.folder + "/none.sqlite"))
    #expect(try delivery.probe.heard(["ledger", "show"]).status == 64)
  }
}
