import Foundation
import HeardTestSupport
import Testing

/// Every writer writes what its golden file holds: `Fixtures/writers/NAME.golden`.
///
/// The lexicons and the policy are the tests' own, so that better ones change nothing here. What is
/// found instead is left in `NAME.golden.failed`; read it before you rename it.
@Suite struct WriterGoldenTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let golden: String
    let output: String
    var arguments: [String] = []
    var testDescription: String { golden }
  }

  private static let meta = ["--with-meta", "--sender-key", "KEY"]

  static let cases: [Case] = [
    Case(golden: "jsonl", output: "out.jsonl"),
    Case(golden: "jsonl-explained", output: "out.jsonl", arguments: ["--explain"]),
    Case(golden: "jsonl-meta", output: "out.jsonl", arguments: meta),
    Case(golden: "csv", output: "out.csv"),
    Case(golden: "csv-meta", output: "out.csv", arguments: meta),
    Case(golden: "tsv", output: "out.tsv"),
    Case(golden: "tsv", output: "out.txt", arguments: ["--to", "tsv"]),
    Case(golden: "sqlite", output: "out.sqlite"),
    Case(golden: "sqlite-explained", output: "out.db", arguments: ["--explain"] + meta),
    Case(golden: "queues-jsonl", output: "desks/"),
    Case(golden: "queues-csv", output: "desks", arguments: ["--to", "csv"]),
  ]

  static let folder = CommandLineProbe.root
    .appendingPathComponent("Tests/HeardCommandsTests/Fixtures/writers")

  /// Prints every table of a database, a row a line.
  static let dump = """
    import json, sqlite3, sys
    database = sqlite3.connect(sys.argv[1])
    tables = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    for name, sql in tables:
        print(f"== {sql}")
        for row in database.execute(f"SELECT * FROM {name}"):
            print(json.dumps(row, ensure_ascii=False))
    """

  @Test(arguments: cases) func outputIsThatOfTheGoldenFile(_ one: Case) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let output = probe.folder.appendingPathComponent(one.output)
    let key = try probe.file("key", "the key of a test, 32 bytes long")
    let folder = WriterGoldenTests.folder
    let lexicons = probe.folder.appendingPathComponent("lexicons")
    // A copy: heard leaves a compiled lexicon beside it.
    try FileManager.default.copyItem(
      at: folder.appendingPathComponent("lexicons"), to: lexicons)
    let command = [
      "run", folder.appendingPathComponent("messages.jsonl").path, "--lexicons", lexicons.path,
      "--policy", folder.appendingPathComponent("policy.yaml").path,
    ]
    let outcome = try probe.heard(
      command + [one.output.hasPrefix("desks") ? "--per-queue" : "-o", output.path]
        + one.arguments.map { $0 == "KEY" ? key : $0 })
    #expect(outcome.status == 65)
    let said = outcome.errors.split(separator: "\n")
    #expect(said.first == "heard: 10 records, 4 complaints, 2 errors")
    #expect(said.dropFirst().allSatisfy { $0.hasPrefix("heard: the first error: ") })
    let record = try #require(try probe.heard(command + ["--quiet"]).records.first)
    let found = try neutral(contents(output, probe), record)
    let golden = folder.appendingPathComponent("\(one.golden).golden")
    let expected = try? String(contentsOf: golden, encoding: .utf8)
    if found != expected {
      try Data(found.utf8).write(to: golden.appendingPathExtension("failed"))
    }
    #expect(found == expected)
    // Whoever reads it elsewhere finds it whole, and nothing beside it.
    for leftover in [".partial", ".checkpoint", ".shard"] {
      #expect(!FileManager.default.fileExists(atPath: output.path + leftover))
    }
  }

  private func contents(_ output: URL, _ probe: CommandLineProbe) throws -> String {
    if ["db", "sqlite"].contains(output.pathExtension) {
      let script = try probe.file("dump.py", WriterGoldenTests.dump)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
      process.arguments = [script, output.path]
      process.environment = ["PYTHONIOENCODING": "utf-8"]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let said = pipe.fileHandleForReading.readDataToEndOfFile()
      #expect(process.end() == 0)
      return String(decoding: said, as: UTF8.self)
    }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: output.path) else {
      return try String(contentsOf: output, encoding: .utf8)
    }
    return try names.sorted().map { name in
      let file = output.appendingPathComponent(name)
      return "== \(name)\n" + (try String(contentsOf: file, encoding: .utf8))
    }.joined()
  }

  /// Without what changes with every version of heard, and with line ends that can be seen.
  private func neutral(_ text: String, _ record: [String: Any]) -> String {
    var text = text.replacing("\r\n", with: "<CR>\n").replacing(
      WriterGoldenTests.folder.path + "/", with: "")
    for key in ["lexicon", "policy", "version"] {
      text = text.replacing(record[key] as? String ?? key, with: key.uppercased())
    }
    return text
  }
}
