import Foundation
import Testing

/// `heard report` and `heard told` as processes.
@Suite struct ReportCommandTests {
  /// Messages of forty people over ten weeks; the last one writes all the time.
  static func archive() -> String {
    var lines = ""
    for number in 0..<160 {
      let day = number * 7 / 16
      let month = 1 + day / 28
      let time = "2026-0\(month)-\(10 + day % 28 % 18)T10:00:00Z"
      let sender = number % 4 == 3 ? "loud" : "customer\(number % 40)"
      let text =
        switch number % 4 {
        case 0: "I was charged twice for my order and want a refund."
        case 1: "When do you open on Sunday?"
        case 2: "Thank you for the quick help."
        default: "Your zeppelin is late again, this is unacceptable, I want a refund."
        }
      lines +=
        "{\"id\":\"m\(number)\",\"sender\":\"\(sender)@example.org\",\"time\":\"\(time)\",\"text\":\"\(text)\"}\n"
    }
    return lines
  }

  /// A probe with an archive and its records.
  static func judged() throws -> (probe: CommandLineProbe, archive: String, records: String) {
    let probe = try CommandLineProbe()
    let archive = try probe.file("archive.jsonl", archive())
    let key = try probe.file("key", String(repeating: "k", count: 32))
    let records = probe.folder.appendingPathComponent("judged.jsonl").path
    let run = try probe.heard([
      "run", archive, "-o", records, "--with-meta", "--sender-key", key, "--quiet",
    ])
    #expect(run.status == 0, "\(run.errors)")
    return (probe, archive, records)
  }

  @Test func figuresOfAnArchive() throws {
    let (probe, archive, records) = try Self.judged()
    defer { probe.remove() }
    let figures = probe.folder.appendingPathComponent("figures.json").path
    let page = try probe.heard([
      "report", records, "--messages", archive, "--figures", figures, "--least-senders", "5",
      "--period", "week",
    ])
    #expect(page.status == 0, "\(page.errors)")
    let isPage = page.text.hasPrefix("<!doctype html>")
    #expect(isPage)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: figures)))
        as? [String: Any])
    #expect(json["judged"] as? Int == 160)
    #expect(json["senders"] as? Int == 31)
    let themes = try #require(json["themes"] as? [[String: Any]])
    let names = themes.flatMap { theme in
      [theme["text"] as? String ?? ""] + (theme["variants"] as? [String] ?? [])
    }
    #expect(names.contains { $0.contains("charged twice") })
    #expect(!names.contains { $0.contains("zeppelin") }, "one customer is no theme")
    for theme in themes { #expect((theme["senders"] as? Int ?? 0) >= 5) }
  }

  @Test func totalsWithoutTimes() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let records = probe.folder.appendingPathComponent("judged.jsonl").path
    _ = try probe.heard([
      "run", try probe.file("archive.jsonl", Self.archive()), "-o", records, "--quiet",
    ])
    let page = try probe.heard(["report", records])
    #expect(page.status == 0)
    let (saysSo, hasCharts) = (
      page.text.contains("No record says when"), page.text.contains("<svg")
    )
    #expect(saysSo && !hasCharts)
  }

  @Test func choosingDays() throws {
    let (probe, _, records) = try Self.judged()
    defer { probe.remove() }
    // A device is written to; a file in its place would break the whole machine.
    let device = probe.folder.appendingPathComponent("null").path
    try FileManager.default.createSymbolicLink(atPath: device, withDestinationPath: "/dev/null")
    let all = try probe.heard(["report", records, "--figures", "-", "-o", device])
    let some = try probe.heard([
      "report", records, "--figures", "-", "-o", device, "--since", "2026-02-01",
    ])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: device) == "/dev/null")
    let (whole, part) = (all.records.first ?? [:], some.records.first ?? [:])
    let judged = part["judged"] as? Int ?? 0
    #expect(whole["judged"] as? Int == 160)
    #expect(judged > 0 && judged < 160)
    #expect(judged + (part["leftOut"] as? Int ?? 0) == 160)
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    var name: String
    var arguments: [String]
    var status: Int32
    var says: String
    var testDescription: String { name }
  }

  static let refusals = [
    Refusal(
      name: "no such file", arguments: ["report", "/nowhere/x.jsonl"], status: 66, says: "x.jsonl"),
    Refusal(
      name: "no such database", arguments: ["report", "/nowhere/x.sqlite"], status: 66,
      says: "x.sqlite"),
    Refusal(
      name: "messages in the place of records", arguments: ["report", "corpus/en/messages.jsonl"],
      status: 65, says: "messages.jsonl:1"),
    Refusal(
      name: "no zone", arguments: ["report", "x", "--time-zone", "Mars/Olympus"], status: 64,
      says: "Europe/Amsterdam"),
    Refusal(
      name: "one customer is no theme", arguments: ["report", "x", "--least-senders", "1"],
      status: 64, says: "2 or more"),
    Refusal(
      name: "no day", arguments: ["report", "x", "--since", "yesterday"], status: 64,
      says: "2026-01-31"),
    Refusal(
      name: "no ledger", arguments: ["told", "list", "--ledger", "/nowhere/told.jsonl"],
      status: 66, says: "told.jsonl"),
    Refusal(
      name: "no day between",
      arguments: [
        "report", "x", "--since", "2026-05-01", "--until", "2026-01-01",
      ], status: 64, says: "--until is before --since"),
    Refusal(
      name: "an address without the key",
      arguments: ["told", "forget", "--ledger", "x", "sanne@example.org"], status: 64,
      says: "--sender-key"),
  ]

  @Test(arguments: refusals) func refuses(_ test: Refusal) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard(test.arguments)
    #expect(outcome.status == test.status, "\(outcome.errors)")
    #expect(outcome.errors.contains(test.says), "\(outcome.errors)")
  }

  @Test func anInputIsNotOverwritten() throws {
    let (probe, _, records) = try Self.judged()
    defer { probe.remove() }
    let before = try Data(contentsOf: URL(fileURLWithPath: records))
    #expect(try probe.heard(["report", records, "-o", records]).status == 64)
    #expect(try Data(contentsOf: URL(fileURLWithPath: records)) == before)
  }

  @Test func anOutputNamedTwiceIsRefused() throws {
    let (probe, _, records) = try Self.judged()
    defer { probe.remove() }
    let link = probe.folder.appendingPathComponent("link.jsonl").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: records)
    for other in [records, link] {
      let outcome = try probe.heard(["report", records, other])
      #expect(outcome.status == 64 && outcome.text.isEmpty, "\(outcome.errors)")
    }
  }

  /// Messages that are not those of the records would give a page without themes, as if there were
  /// none.
  @Test func messagesMustBeThoseOfTheRecords() throws {
    let (probe, archive, records) = try Self.judged()
    defer { probe.remove() }
    let other = try probe.file(
      "other.jsonl", Self.archive().replacingOccurrences(of: "\"id\":\"m", with: "\"id\":\"x"))
    let half = try probe.file(
      "half.jsonl", Self.archive().split(separator: "\n").prefix(80).joined(separator: "\n"))
    let page = probe.folder.appendingPathComponent("page.html").path
    for (messages, status, says) in [
      ([other], 65, "none of the 160 records"),
      ([archive, "--text-field", "boddy"], 65, "\"boddy\""),
      ([half], 0, "80 of 160 records"), ([archive], 0, ""),
    ] {
      let outcome = try probe.heard(["report", records, "-o", page, "--messages"] + messages)
      #expect(outcome.status == status, "\(outcome.errors)")
      #expect(
        says.isEmpty ? outcome.errors.isEmpty : outcome.errors.contains(says), "\(outcome.errors)")
    }
  }

  /// What could not be done leaves nothing behind.
  @Test func noLockStaysOfALedgerThatIsNotThere() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let ledger = probe.folder.appendingPathComponent("told.jsonl").path
    for arguments in [
      ["list"], ["pending", "nowhere.jsonl", "--change", "c"], ["record", "nowhere.jsonl"],
    ] {
      let outcome = try probe.heard(["told"] + arguments + ["--ledger", ledger])
      #expect(outcome.status == 66, "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: ledger + ".lock"))
    }
  }

  /// Two processes may record at once; nobody is lost and nobody is there twice.
  @Test func twoProcessesRecord() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let ledger = probe.folder.appendingPathComponent("told.jsonl").path
    let lists = try (0..<2).map { half in
      try probe.file(
        "tell-\(half).jsonl",
        (0..<50).map { number in
          "{\"schema\":\"heard-told/1\",\"theme\":\"t\",\"change\":\"c\",\"sender\":\"s\(number + half * 25)\",\"messages\":[\"m\"]}\n"
        }.joined())
    }
    let running = try lists.map {
      try CommandProcess(probe, ["told", "record", $0, "--ledger", ledger])
    }
    for process in running { #expect(process.end() == 0, "\(process.said)") }
    let lines = try String(contentsOfFile: ledger, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 75)
    #expect(Set(lines.compactMap { $0.split(separator: "\"").dropFirst(15).first }).count == 75)
  }
}
