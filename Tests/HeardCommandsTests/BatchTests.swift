import Foundation
import HeardTestSupport
import Testing

/// Inputs and outputs of runs as users name them.
@Suite struct BatchTests {
  /// All pieces of a corpus, merged, are the output of one run, in every form.
  @Test(arguments: ResumeTests.writers) func shardsMergeToTheWhole(
    _ writer: ResumeTests.Writer
  ) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let corpus = try BatchCorpus(probe)
    func path(_ name: String) -> String {
      probe.folder.appendingPathComponent("\(name)-\(writer.name)").path
    }
    let whole = try probe.heard(["run"] + corpus.inputs + writer.arguments(path("whole")))
    #expect(whole.status == 65, "\(whole.errors)")
    for count in [1, 3, 7] {
      var pieces: [String] = []
      for number in 1...count {
        let piece = path("\(count)-\(number)")
        let outcome = try probe.heard(
          ["run", "--quiet", "--shard", "\(number)/\(count)"] + corpus.inputs
            + writer.arguments(piece))
        #expect(outcome.status == 0 || outcome.status == 65, "\(outcome.errors)")
        pieces.insert(piece, at: 0)
      }
      let merged = path("merged-\(count)")
      let outcome = try probe.heard(["merge", "-o", merged] + pieces)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("\(corpus.records) records"), "\(outcome.errors)")
      #expect(try corpus.bytes(merged) == corpus.bytes(path("whole")), "\(count) pieces")
      guard count == 3 else { continue }
      for (wrong, says) in [
        (Array(pieces.dropFirst()), "3/3 is missing"), (pieces + [pieces[0]], "is there twice"),
        ([path("whole")], "no note"),
      ] {
        let refused = try probe.heard(["merge", "-o", path("no")] + wrong)
        #expect(refused.status == 65 || refused.status == 66)
        #expect(refused.errors.contains(says), "\(refused.errors)")
        #expect(!FileManager.default.fileExists(atPath: path("no")))
      }
    }
  }

  /// Law 7 also when nobody reads the lines for people any more.
  @Test(arguments: ResumeTests.writers.filter { !$0.name.hasSuffix("csv") })
  func aTableWithoutAReaderStopsNothing(_ writer: ResumeTests.Writer) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let corpus = try BatchCorpus(probe, each: 400)
    let whole = probe.folder.appendingPathComponent("whole-\(writer.name)").path
    let piped = probe.folder.appendingPathComponent("piped-\(writer.name)").path
    let command = ["run", "--block-size", "1"] + corpus.inputs
    #expect(try probe.heard(command + writer.arguments(whole)).status == 65)
    let outcome = try probe.heard(
      command + ["--table"] + writer.arguments(piped),
      shell: "\"$@\" | head -n 3; exit ${PIPESTATUS[0]}")
    #expect(outcome.status == 65, "\(outcome.errors)")
    #expect(outcome.text.split(separator: "\n").count == 3)
    #expect(outcome.errors.contains("\(corpus.records) records"), "\(outcome.errors)")
    #expect(try corpus.bytes(piped) == corpus.bytes(whole))
    #expect(!FileManager.default.fileExists(atPath: piped + ".checkpoint"))
  }

  /// Files that are called the same in two folders have two ids; elsewhere ids stay short.
  @Test func filesOfTwoFoldersAreToldApart() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let mail = "From: a@example.org\nSubject: s\n\nx\n"
    for name in ["a/1.eml", "b/1.eml", "b/2.eml"] { _ = try probe.file(name, mail) }
    _ = try probe.file("b/more.csv", "text\nx\n")
    let folders = ["a", "b"].map { probe.folder.appendingPathComponent($0).path }
    let both = try probe.heard(["run"] + folders)
    #expect(
      both.records.compactMap { $0["id"] as? String } == [
        "\(folders[0])/1.eml", "\(folders[1])/1.eml", "2.eml",
      ])
    #expect(both.errors.contains("1 file left out (more.csv)"), "\(both.errors)")
    let alone = try probe.heard(["run", folders[1]])
    #expect(alone.records.compactMap { $0["id"] as? String } == ["1.eml", "2.eml"])
    #expect(try probe.heard(["run", "--quiet", folders[1]]).errors.isEmpty)
  }

  /// A shard that was cut short on its way is refused.
  @Test func aShorterPieceIsRefused() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let input = try probe.file("a.jsonl", "{\"text\":\"een\"}\n{\"text\":\"twee\"}\n")
    let piece = probe.folder.appendingPathComponent("piece.jsonl")
    _ = try probe.heard(["run", "--shard", "1/1", input, "-o", piece.path])
    try Data(contentsOf: piece).dropLast(5).write(to: piece)
    let outcome = try probe.heard(["merge", "-o", "\(input).out", piece.path])
    #expect(outcome.status == 65 && outcome.errors.contains("its note says"), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: "\(input).out"))
  }

  /// One line out for one line in, before the next is written: as a pipe of an engine has it.
  @Test func linesAreAnsweredAtOnce() throws {
    let process = Process()
    process.executableURL = CommandLineProbe.executable
    process.arguments = ["run", "-", "--lines"]
    process.currentDirectoryURL = CommandLineProbe.root
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var statuses: [String] = []
    for line in [
      "{\"id\":\"a\",\"text\":\"Ik ben woedend!\"}", "{broken", "", "just a text", "{\"id\":5}",
    ] {
      try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
      var answer = Data()
      while answer.last != 0x0A {
        let more = output.fileHandleForReading.availableData
        guard !more.isEmpty else { break }
        answer += more
      }
      let record = try JSONSerialization.jsonObject(with: answer) as? [String: Any]
      statuses.append(record?["status"] as? String ?? "none")
    }
    // The last line has no end.
    try input.fileHandleForWriting.write(contentsOf: Data("the last".utf8))
    try input.fileHandleForWriting.close()
    let rest = try output.fileHandleForReading.readToEnd() ?? Data()
    #expect(rest.split(separator: 0x0A).count == 1)
    #expect(process.end() == 0)
    #expect(statuses == ["ok", "error", "ok", "ok", "error"])
  }

  /// What a spreadsheet would run as a formula stays text; a CSV reader gets every row back.
  @Test func tablesAreSafeInASpreadsheet() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let ids = [
      "=1+1", "+31", "-x", "@a", "\\tb", "\\rc", "a,b", "a\\\"b", "a\\nb", " s ", "ok", "'q",
    ]
    var rows = ids.map { "{\"id\":\"\($0)\",\"text\":\"Hallo.\"}" }
    rows += ["{\"id\":-5,\"text\":\"x\"}", "{"]
    let input = try probe.file("a.jsonl", rows.joined(separator: "\n"))
    let csv = probe.folder.appendingPathComponent("out.csv").path
    #expect(try probe.heard(["run", input, "-o", csv]).status == 65)
    let script = try probe.file(
      "read.py",
      """
      import csv, json, sys
      rows = list(csv.reader(open(sys.argv[1], newline="", encoding="utf-8"), strict=True))
      assert all(len(row) == len(rows[0]) for row in rows), "columns"
      assert all(not cell.startswith(tuple("=+@\\t\\r")) for row in rows for cell in row)
      print(json.dumps([row[0] for row in rows]))
      """)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [script, csv]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    #expect(process.end() == 0)
    let found = try JSONSerialization.jsonObject(with: said) as? [String]
    #expect(
      found == [
        "id", "'=1+1", "'+31", "'-x", "'@a", "'\tb", "'\rc", "a,b", "a\"b", "a\nb", " s ", "ok",
        "'q", "-5", "",
      ])
    let tsv = try probe.heard(["run", input, "--to", "tsv"])
    let lines = tsv.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 16 && lines.last == "")
    let tabs = Set(lines.dropLast().map { line in line.count { $0 == "\t" } })
    #expect(tabs.count == 1)
    #expect(lines[1].hasPrefix("'=1+1\t") && lines[5].hasPrefix("' b\t"))
  }

  /// Time and sender come from fields, columns and headers; the pseudonym depends on the key alone.
  @Test func recordsSayWhenAndByWhom() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let key = try probe.file("key", "0123456789abcdef0123456789abcdef")
    let other = try probe.file("other", "0123456789abcdef0123456789abcdeF")
    let jsonl = try probe.file(
      "a.jsonl",
      "{\"text\":\"Hallo\",\"by\":{\"mail\":\"Ala@Example.org \"},\"at\":\"2026-01-05T10:00+01:00\"}\n"
        + "{\"text\":\"Hallo\"}\n")
    let csv = try probe.file("b.csv", "text,by.mail,at\nHallo,ala@example.org,1767603600\n")
    let mail = try probe.file(
      "c.eml",
      "From: Ala <ala@example.org>\nSubject: Hallo\nDate: Mon, 5 Jan 2026 10:00:00 +0100\n\nHallo.\n"
    )
    let command = [
      "run", jsonl, csv, mail, "--with-meta", "--sender-field", "by.mail", "--time-field", "at",
    ]
    let records = try probe.heard(command + ["--sender-key", key]).records
    let meta = records.map { $0["meta"] as? [String: Any] ?? [:] }
    #expect(meta.count == 4)
    let senders = meta.map { $0["sender"] as? String }
    #expect(senders[0]?.hasPrefix("sha256:") == true && senders[0]?.utf8.count == 71)
    #expect(senders[0] == senders[2] && senders[0] == senders[3] && senders[1] == nil)
    let times = meta.map { $0["time"] as? String }
    #expect(times == ["2026-01-05T09:00:00Z", nil, "2026-01-05T09:00:00Z", "2026-01-05T09:00:00Z"])
    let others = try probe.heard(command + ["--sender-key", other]).records
    #expect((others[0]["meta"] as? [String: Any])?["sender"] as? String != senders[0])
    #expect(try probe.heard(["run", jsonl, "--with-meta"]).status == 64)
    #expect(try probe.heard(["run", jsonl]).records.allSatisfy { $0["meta"] == nil })
  }

  /// Fields inside objects are found; what is missing or of the wrong type is an error record.
  @Test func nestedFieldsAreRead() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let root = CommandLineProbe.root.appendingPathComponent("Tests/HeardInputTests/Fixtures")
    let outcome = try probe.heard([
      "run", root.appendingPathComponent("nested.jsonl").path, "--text-field", "ticket.body.text",
      "--id-field", "ticket.nr",
    ])
    let records = outcome.records
    #expect(records.map { $0["status"] as? String } == ["ok", "ok", "error", "error"])
    #expect(records[0]["id"] as? Int == 12 && records[1]["id"] as? String == "flat")
    let codes = records.map { ($0["error"] as? [String: Any])?["code"] as? String }
    #expect(codes == [nil, nil, "no-text", "id-type"])
  }

  /// Bad rows of a table are error records in their place, with what is wrong and where.
  @Test func badRowsAreErrorRecords() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let root = CommandLineProbe.root.appendingPathComponent("Tests/HeardInputTests/Fixtures")
    let outcome = try probe.heard(["run", root.appendingPathComponent("bad-rows.csv").path])
    #expect(outcome.status == 65)
    let codes = outcome.records.map { ($0["error"] as? [String: Any])?["code"] as? String ?? "ok" }
    #expect(codes == ["ok", "columns", "no-text", "quotation", "ok", "quotation"])
    #expect(outcome.text.contains("bad-rows.csv:3 (byte 15)"))
    // The first of them is told, with its place and without a word of the row.
    #expect(outcome.errors.contains("the first error: "))
    #expect(outcome.errors.contains("bad-rows.csv:3 (byte 15)"))
    #expect(["te veel", "dicht", "weer", "nooit"].allSatisfy { !outcome.errors.contains($0) })
  }

  /// Progress for programs: one object a line, the last with everything.
  @Test func progressIsJSONWhenAsked() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let corpus = try BatchCorpus(probe, each: 10)
    let outcome = try probe.heard(["run", "--progress", "json"] + corpus.inputs)
    let lines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("{") }
    let last = try #require(lines.last)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any])
    #expect(object["records"] as? Int == corpus.records)
    #expect(object["done"] as? Double == 1 && object["ended"] as? Bool == true)
    #expect(object["bytes"] as? Int == object["total"] as? Int)
    let quiet = try probe.heard(["run"] + corpus.inputs)
    let said = quiet.errors.split(separator: "\n")
    #expect(said.count == 2)
    #expect(said.contains { $0.contains("the first error: ") })
  }

  /// Patterns that the shell did not take, and more inputs than a process may open.
  @Test func patternsAndManyInputs() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    for number in 0..<40 {
      _ = try probe.file("in/\(number).jsonl", "{\"id\":\(number),\"text\":\"x\"}\n")
    }
    let pattern = probe.folder.appendingPathComponent("in/*.jsonl").path
    let outcome = try probe.heard(
      ["run", pattern], shell: "ulimit -n 24; exec \"$@\"")
    let ids = outcome.records.compactMap { $0["id"] as? Int }
    #expect(ids == (0..<40).sorted { "\($0).jsonl" < "\($1).jsonl" }, "\(outcome.errors)")
    let none = try probe.heard(["run", probe.folder.appendingPathComponent("no/*.csv").path])
    #expect(none.status == 66 && none.errors.contains("no file matches"))
  }
}
