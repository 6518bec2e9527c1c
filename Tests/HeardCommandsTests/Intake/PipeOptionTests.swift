import Foundation
import Testing

/// What filter and deliver take besides lexicons and policy.
@Suite struct PipeOptionTests {
  static let deadlines = """
    deadlines: heard/1
    bindings:
    - {id: pl, recipient: "*@example.com", regimes: [pl-consumer]}
    """

  private var mail: Data {
    Data("Received: by mx; Sat, 21 Nov 2026 10:00:00 +0000\n".utf8) + DeliveryProbe.mail(1)
  }

  @Test func deadlinesAndATicketSystem() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    let more = [
      "--deadlines", try delivery.probe.file("ours.yaml", Self.deadlines), "--headers", "zammad",
    ]
    let filtered = try delivery.probe.heard(["filter"] + delivery.judging + more, input: mail)
    #expect(filtered.status == 0)
    #expect(filtered.errors.isEmpty, "the first word is the mail server's: \(filtered.errors)")
    let due = "X-Heard-Due: 2026-12-05T22:59:59Z; regime=pl-consumer; step=answer\n"
    #expect(filtered.text.contains(due), "\(filtered.text)")
    #expect(filtered.text.contains("X-Zammad-Ticket-Group: complaints\n"))
    #expect(filtered.output.suffix(mail.count) == mail)

    #expect(try delivery.probe.heard(delivery.delivery(more), input: mail).status == 0)
    #expect(try delivery.copies(of: 1).first?.contains(due) == true)
  }

  @Test(arguments: ["filter", "deliver"])
  func deadlinesInErrorAreAFault(_ command: String) throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    let broken = try delivery.probe.file("ours.yaml", "deadlines: heard/9\n")
    let words =
      command == "filter"
      ? ["filter"] + delivery.judging + ["--deadlines", broken]
      : delivery.delivery(["--deadlines", broken])
    let outcome = try delivery.probe.heard(words, input: mail)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("ours.yaml:1"))
    let text = command == "filter" ? outcome.text : try delivery.copies(of: 1).first ?? ""
    #expect(text.contains("X-Heard-Status: error\n"))
  }

  @Test(arguments: ["filter", "deliver", "sendmail"])
  func onErrorTempfailGivesBack(_ command: String) throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    let more = ["--on-error", "tempfail", "--policy=/nonexistent"]
    let words =
      switch command {
      case "filter": ["filter"] + delivery.judging + more
      case "deliver": delivery.delivery(more)
      default: ["deliver", "--sendmail", "/bin/true"] + delivery.judging + more + ["--", "a@b.c"]
      }
    let outcome = try delivery.probe.heard(words, input: mail)
    #expect(outcome.status == 75)
    #expect(outcome.errors.hasPrefix("4.3.0 heard: "), "\(outcome.errors)")
    #expect(try delivery.filed().isEmpty)
    #expect(outcome.output.isEmpty)
  }

  @Test(arguments: [
    ["--queues", "/tmp/q", "--maildir", "/tmp/m"], ["--queues", "/tmp/q", "--ledger", "/tmp/l"], [],
  ])
  func placesThatDoNotGoTogetherAre75(_ words: [String]) throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    let outcome = try delivery.probe.heard(["deliver"] + delivery.judging + words, input: mail)
    #expect(outcome.status == 75)
  }
}
