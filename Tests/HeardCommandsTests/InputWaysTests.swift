import Foundation
import HeardTestSupport
import Testing

/// An input gives the same records by whatever way it comes in, and a bad one is counted.
@Suite struct InputWaysTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    /// As `--from` says it.
    let form: String
    /// Records, and error records among them.
    let records: Int
    let errors: Int
    var arguments: [String] = []
    var testDescription: String { file }
  }

  static let cases: [Case] = [
    Case(file: "plain.jsonl", form: "jsonl", records: 60, errors: 0),
    Case(file: "marks.jsonl", form: "jsonl", records: 4, errors: 0),
    Case(
      file: "nested.jsonl", form: "jsonl", records: 4, errors: 2,
      arguments: ["--text-field", "ticket.body.text", "--id-field", "ticket.nr"]),
    Case(file: "quoted.csv", form: "csv", records: 5, errors: 0),
    Case(file: "marks.csv", form: "csv", records: 3, errors: 0),
    Case(file: "semicolons.csv", form: "csv", records: 2, errors: 0),
    Case(file: "bad-rows.csv", form: "csv", records: 6, errors: 4),
    Case(file: "tabs.tsv", form: "tsv", records: 2, errors: 0),
    Case(file: "crlf.tsv", form: "tsv", records: 3, errors: 0),
    Case(file: "mboxo.mbox", form: "mbox", records: 3, errors: 0),
    Case(file: "mboxrd.mbox", form: "mbox", records: 3, errors: 0),
    Case(file: "mboxcl.mbox", form: "mbox", records: 3, errors: 0),
    Case(file: "mboxcl2.mbox", form: "mbox", records: 3, errors: 0),
    Case(file: "crlf.mbox", form: "mbox", records: 3, errors: 0),
    Case(file: "empty/nothing.jsonl", form: "jsonl", records: 0, errors: 0),
    Case(file: "empty/header.csv", form: "csv", records: 0, errors: 0),
  ]

  static let fixtures = CommandLineProbe.root
    .appendingPathComponent("Tests/HeardInputTests/Fixtures")

  @Test(arguments: cases) func everyWayGivesTheSameRecords(_ one: Case) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let source = InputWaysTests.fixtures.appendingPathComponent(one.file)
    let path = probe.folder.appendingPathComponent(source.lastPathComponent).path
    try FileManager.default.copyItem(atPath: source.path, toPath: path)
    let detected = try probe.heard(["run", path] + one.arguments)
    #expect(detected.status == (one.errors > 0 ? 65 : 0), "\(detected.errors)")
    #expect(detected.records.count == one.records)
    let failed = detected.records.filter { $0["status"] as? String == "error" }
    #expect(failed.count == one.errors)
    #expect(detected.errors.contains("\(one.records) records"))
    #expect(detected.errors.contains("\(one.errors) errors"))
    func neutral(_ outcome: CommandLineProbe.Outcome) -> String {
      outcome.text.replacing(path, with: "X").replacing("standard input", with: "X")
        .replacing(/\/dev\/fd\/[0-9]+/, with: "X").replacing("/dev/stdin", with: "X")
    }
    let told = ["--from", one.form] + one.arguments
    let content = try Data(contentsOf: source)
    func pipe(_ command: String, _ arguments: [String]) throws -> CommandLineProbe.Outcome {
      // The last argument is the file; the shell makes a pipe of it.
      try probe.heard(["run"] + arguments + [path], shell: command)
    }
    let ways: [(name: String, outcome: CommandLineProbe.Outcome)] = [
      ("told", try probe.heard(["run", path] + told)),
      ("standard input", try probe.heard(["run", "-"] + told, input: content)),
      ("a pipe", try pipe(#"cat "${@: -1}" | "${@:1:$#-1}" -"#, told)),
      ("a gzipped pipe", try pipe(#"gzip -c "${@: -1}" | "${@:1:$#-1}" -"#, told)),
      ("a named pipe", try pipe(#""${@:1:$#-1}" <(cat "${@: -1}")"#, told)),
      ("/dev/stdin", try pipe(#"cat "${@: -1}" | "${@:1:$#-1}" /dev/stdin"#, told)),
      (
        "a pattern",
        try probe.heard(["run", "\(probe.folder.path)/*\(source.lastPathComponent)"] + told)
      ),
    ]
    for way in ways {
      #expect(way.outcome.status == detected.status, "\(way.name): \(way.outcome.errors)")
      #expect(neutral(way.outcome) == neutral(detected), "\(way.name)")
    }
  }

  /// More than is looked at to tell the form, so that what was looked at would be missed.
  @Test(arguments: ["", "--from"]) func pipesLoseNothing(told: String) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let lines = (0..<5000).map { "{\"id\":\($0),\"text\":\"Bericht nummer \($0).\"}\n" }
    let path = try probe.file("many", lines.joined())
    let arguments = ["run", "--quiet"] + (told.isEmpty ? [] : [told, "jsonl"])
    for shell in [
      #""${@:1:$#-1}" <(cat "${@: -1}")"#,
      #"cat "${@: -1}" | "${@:1:$#-1}" /dev/stdin"#,
    ] {
      let outcome = try probe.heard(arguments + [path], shell: shell)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.records.compactMap { $0["id"] as? Int } == Array(0..<5000))
    }
    let resumed = try probe.heard(
      ["run", "--resume", "-o", path + ".out", path], shell: #""${@:1:$#-1}" <(cat "${@: -1}")"#)
    #expect(resumed.status == 65 && resumed.errors.contains("pipes"), "\(resumed.errors)")
  }

  /// Inputs of every form in one run: records in the order of the inputs, all errors counted.
  @Test func manyInputsOfEveryForm() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let names = [
      "plain.jsonl", "marks.jsonl", "one.jsonl.gz", "frames.jsonl.zst", "quoted.csv",
      "quoted.csv.gz", "bad-rows.csv", "tabs.tsv", "tabs.tsv.zst", "mboxcl2.mbox",
      "mboxrd.mbox.gz", "folder", "maildir", "by-content/mail", "empty/nothing.csv",
    ]
    let paths = names.map { InputWaysTests.fixtures.appendingPathComponent($0).path }
    var each = ""
    for path in paths { each += try probe.heard(["run", "--quiet", path]).text }
    for jobs in ["1", "3"] {
      let all = try probe.heard(["run", "--jobs", jobs, "--block-size", "1"] + paths)
      #expect(all.status == 65)
      #expect(all.text == each)
      #expect(all.errors.contains("\(all.records.count) records"))
      #expect(all.errors.contains(" 4 errors"), "\(all.errors)")
    }
  }

  /// A file that may not be read is an error record, and the others are judged.
  @Test func anUnreadableFileIsAnErrorRecord() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    for name in ["a", "b", "c"] { _ = try probe.file("mail/\(name).eml", "Subject: x\n\ntekst\n") }
    try FileManager.default.createSymbolicLink(
      atPath: probe.folder.appendingPathComponent("mail/d.eml").path,
      withDestinationPath: "nowhere.eml")
    let folder = probe.folder.appendingPathComponent("mail").path
    let linked = try probe.heard(["run", folder])
    #expect(linked.status == 65 && linked.errors.contains("4 records"), "\(linked.errors)")
    #expect(linked.records.map { $0["status"] as? String } == ["ok", "ok", "ok", "error"])
    #expect(linked.text.contains("\"unreadable\"") && linked.text.contains("no such file"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: folder + "/b.eml")
    // Root may read everything; another user may not even come here.
    let shell =
      getuid() == 0
      ? #"setpriv --reuid=65534 --regid=65534 --clear-groups "$@""# : #""$@""#
    let outcome = try probe.heard(["run", folder], shell: shell)
    guard outcome.status == 65 else {
      print("SKIPPED: no other user can run heard from here: \(outcome.errors)")
      return
    }
    #expect(outcome.records.map { $0["status"] as? String } == ["ok", "error", "ok", "error"])
    #expect(outcome.text.contains("permission denied"), "\(outcome.text)")
  }

  /// What came before a broken end is on disk, is said, and nothing looks whole.
  @Test(arguments: ["gz", "zst"]) func aBrokenArchiveIsSaid(kind: String) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    var generator = SeededGenerator(seed: 5)
    let lines = (0..<3000).map {
      "{\"id\":\($0),\"text\":\"Bericht \(UInt64.random(in: 0...(.max), using: &generator))\"}\n"
    }
    let path = try probe.file("in.jsonl", lines.joined())
    let packed = try probe.heard(
      [path], shell: kind == "gz" ? #"gzip -c "$2""# : #"zstd -q -c "$2""#)
    #expect(packed.status == 0)
    let cut = try probe.file("cut.jsonl.\(kind)", packed.output.prefix(packed.output.count * 3 / 4))
    let output = probe.folder.appendingPathComponent("out.jsonl").path
    let outcome = try probe.heard(["run", cut, "-o", output, "--block-size", "1"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("breaks off at byte"), "\(outcome.errors)")
    #expect(outcome.errors.contains("cut.jsonl.\(kind)"))
    #expect(!FileManager.default.fileExists(atPath: output))
  }

  /// Ids are echoed as they are, also when they are there twice.
  @Test func doubledIdsStayDoubled() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let input = (0..<500).map { "{\"id\":\($0 % 3),\"text\":\"x\"}\n" }.joined()
    for form in ["jsonl", "csv", "sqlite"] {
      let output = probe.folder.appendingPathComponent("out.\(form)").path
      let outcome = try probe.heard(["run", "-", "-o", output], input: Data(input.utf8))
      #expect(outcome.status == 0 && outcome.errors.contains("500 records"), "\(outcome.errors)")
    }
  }
}
