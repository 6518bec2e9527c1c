import Foundation
import HeardTestSupport
import Testing

/// What README says under "Judge your own" works as it is written, one command after another.
@Suite struct ReadmeTests {
  /// The commands of the `sh` blocks between two headings, without what stands behind `#`.
  static func commands(_ page: String, from first: String, to last: String) -> [String] {
    guard let start = page.range(of: "\n\(first)\n"),
      let end = page.range(of: "\n\(last)\n", range: start.upperBound..<page.endIndex)
    else { return [] }
    return DocumentationTests.blocks(String(page[start.upperBound..<end.lowerBound]))
      .filter { $0.kind == "sh" }.flatMap(\.lines)
      .map { $0.replacing(/[ ]+#.*$/, with: "") }
      .filter { !$0.isEmpty && !$0.hasPrefix("alias ") }
  }

  /// The files that the commands name.
  private func prepare(_ probe: CommandLineProbe) throws {
    let fixtures = InputWaysTests.fixtures
    for (from, to) in [
      ("mboxrd.mbox", "archive/2025.mbox"), ("mboxcl2.mbox", "archive/2026.mbox"),
      ("folder", "mail"), ("maildir", "mailbox"), ("quoted.csv", "notes.csv"),
      ("one.jsonl.gz", "more.jsonl.gz"), ("frames.jsonl.zst", "huge.jsonl.zst"),
      ("plain.jsonl", "messages.jsonl"), ("plain.jsonl", "requests"),
      ("by-content/mail", "letter.eml"),
    ] {
      let target = probe.folder.appendingPathComponent(to)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: fixtures.appendingPathComponent(from), to: target)
    }
    _ = try probe.file("tickets.csv", "number,body\n1,Waar blijft mijn pakket?\n2,Dank!\n")
    _ = try probe.file(
      "tickets.jsonl", "{\"id\":1,\"message\":{\"body\":\"Your agent was rude to me!\"}}\n")
    for name in ["lexicons", "policies", "integrations"] {
      try FileManager.default.createSymbolicLink(
        at: probe.folder.appendingPathComponent(name),
        withDestinationURL: CommandLineProbe.root.appendingPathComponent(name))
    }
  }

  @Test func itWorksAsItIsWritten() throws {
    let readme = CommandLineProbe.root.appendingPathComponent("README.md")
    let page = try String(contentsOf: readme, encoding: .utf8)
    let commands = ReadmeTests.commands(page, from: "## Judge your own", to: "## Tune it")
    #expect(commands.count >= 15, "\(commands)")
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    try prepare(probe)
    var said: [String: String] = [:]
    for command in commands {
      let (status, text) = try probe.shell(command)
      #expect(status == 0, "$ \(command)\n\(text)")
      said[command] = text
    }
    func lines(_ name: String) throws -> Int {
      let file = probe.folder.appendingPathComponent(name)
      return try Data(contentsOf: file).count { $0 == 0x0A }
    }
    // The outputs are what the page calls them.
    #expect(try lines("answers") == 60)
    let whole = try probe.heard(
      ["run", "--quiet", probe.folder.appendingPathComponent("messages.jsonl").path])
    let merged = probe.folder.appendingPathComponent("judged.jsonl")
    #expect(try Data(contentsOf: merged) == whole.output, "the pieces are not the bytes of one run")
    #expect(try lines("judged.csv") == 3)
    let queues = probe.folder.appendingPathComponent("desks").path
    #expect(try FileManager.default.contentsOfDirectory(atPath: queues).count > 5)
    let counts = said.filter { $0.key.hasPrefix("sqlite3 ") }.values.joined()
    #expect(counts == "staff-conduct|1\n")
  }

  /// The comparison itself can fail.
  @Test func commandsAreFound() {
    let page = "# a\n\n## One\n```sh\nalias x=y\nheard a b  # c\n```\n```yaml\nno\n```\n## Two\n"
    #expect(ReadmeTests.commands(page, from: "## One", to: "## Two") == ["heard a b"])
    #expect(ReadmeTests.commands(page, from: "## Gone", to: "## Two").isEmpty)
  }
}
