import Foundation
import Glibc
import HeardTestSupport
import Testing

/// `heard suggest`, `concordance`, `redact` and `label` as an analyst meets them.
@Suite struct BenchTests {
  @Test func suggestsTheMissedWordAndTheHarmfulEntry() throws {
    let tuning = try TuningProbe()
    defer { tuning.probe.remove() }
    let outcome = try tuning.heard([
      "suggest", "--for", "complaint", "--format", "tsv", "--lexicons", tuning.lexicons,
      tuning.corpus,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = outcome.text.split(separator: "\n").dropFirst().map { $0.split(separator: "\t") }
    let added = rows.filter { $0[0] == "add" }
    #expect(added.contains { $0[2].contains("kapot") } && added.contains { $0[2].contains("laat") })
    #expect(added.allSatisfy { $0[4] == "20" && $0[5] == "0" })
    let line = outcome.text.split(separator: "\n").first { $0.hasPrefix("weaken") }
    #expect(
      line == "weaken\tnl\tnl.test.vandaag\t\t0\t20\t0.000\t0.000\t0.000\t0.000\t0.000\t0.000")
  }

  @Test func concordanceLinesUp() throws {
    let tuning = try TuningProbe()
    defer { tuning.probe.remove() }
    func lines(_ query: String, _ more: [String] = []) throws -> [String] {
      let outcome = try tuning.heard(
        ["concordance", "--lexicons", tuning.lexicons, "--width", "12", "--limit", "1"] + more
          + [query, tuning.corpus])
      #expect(outcome.status == 0, "\(outcome.errors)")
      return outcome.text.split(separator: "\n").map(String.init)
    }
    #expect(
      try lines("(lamp|tafel) is ...2 kapot") == ["tune-k0  mijn nieuwe [lamp is al kapot] gegaan."]
    )
    #expect(
      try lines("entry:nl.test.vandaag") == [
        "tune-v0  s, wij zijn [vandaag] op het stra  (nl.test.vandaag)"
      ])
    #expect(
      try lines("tag:complaint", ["--format", "json"]) == [
        #"{"id":"tune-k0","set":"corpus","lang":"nl","left":"lamp is al ","match":"kapot","right":" gegaan.","source":"nl.test.kapot"}"#
          .replacing("lamp is al ", with: " lamp is al ")
      ])
    #expect(try lines("bij ons", ["--format", "tsv"]).count == 2)
  }

  @Test(arguments: [
    (["concordance", "(a|b"], 64, "is not closed"),
    (["concordance", "entry:nl.nothing"], 64, "no entry 'nl.nothing'"),
    (["concordance", "tag:joy"], 64, "no kind of evidence 'joy'"),
    (["suggest", "--for", "joy"], 64, "--for takes one of"),
    (["suggest", "--for", "anger", "--language", "de"], 64, "--language takes"),
    (["concordance", "kapot", "--redact-key", "x"], 64, "goes with --redact"),
    (["label"], 64, "--output"), (["label", "--agreement"], 64, "two labelled files"),
  ])
  func errors(arguments: [String], status: Int, words: String) throws {
    let tuning = try TuningProbe()
    defer { tuning.probe.remove() }
    let folder = arguments[0] == "label" ? [] : ["--lexicons", tuning.lexicons]
    let outcome = try tuning.heard(arguments + folder + [tuning.corpus])
    #expect(Int(outcome.status) == status)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test func redactsWithAKey() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let key = try probe.file("key", "0123456789abcdef")
    let text = Data("Bel 06-12345678, order 123456789. Groet, mevrouw Jansen\n".utf8)
    let one = try probe.heard(["redact", "--redact-key", key], input: text)
    let shape = /Bel «PHONE:[0-9a-f]{4}», order 123456789\. Groet, mevrouw «PERSON:[0-9a-f]{4}»\n/
    #expect(one.text.wholeMatch(of: shape) != nil, "\(one.text)")
    #expect(try probe.heard(["redact", "--redact-key", key], input: text).text == one.text)
    let spans = try probe.heard(["redact", "--spans", "--redact-key", key], input: text).text
    #expect(spans.hasPrefix("PHONE\t4\t15\t4\t18\t«PHONE:"))
    let short = try probe.file("short", "secret")
    let refused = try probe.heard(["redact", "--redact-key", short], input: text)
    #expect(refused.status == 64 && refused.errors.contains("16 or more"))
    #expect(!refused.errors.contains("secret"))
  }

  @Test func labelsFromAPipeAndResumes() throws {
    let tuning = try TuningProbe()
    defer { tuning.probe.remove() }
    let output = tuning.probe.folder.appendingPathComponent("out.jsonl").path
    let first = try tuning.heard(["label", "-o", output, tuning.corpus], input: "c1\nq\nx")
    #expect(first.status == 0 && first.errors.contains("2 of 160 done"))
    let second = try tuning.heard(["label", "-o", output, tuning.corpus], input: "p\nuo\n")
    #expect(second.errors.contains("3 of 160 done"))
    let rows = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
    #expect(
      rows.map { $0.prefix(14) } == [#"{"id":"tune-k0"#, #"{"id":"tune-b0"#, #"{"id":"tune-d0"#])
    #expect(rows[2].contains(#""class":"other""#))
    let agreement = try tuning.heard(["label", "--agreement", output, output])
    #expect(agreement.text.contains("| class | 1.000 | 1.000 | 1.000 |"))
    #expect(try tuning.heard(["evaluate", "--half", "both", output]).status == 0)
  }

  /// On a terminal a key needs no return, and the terminal is given back as it was.
  @Test func labelsOnATerminal() throws {
    let tuning = try TuningProbe()
    defer { tuning.probe.remove() }
    let terminal = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(terminal >= 0)
    // What unlockpt(3) and ptsname(3) do; Glibc's module does not show them.
    var locked: Int32 = 0
    var number: UInt32 = 0
    try #require(unsafe ioctl(terminal, 0x4004_5431, &locked) == 0)
    try #require(unsafe ioctl(terminal, 0x8004_5430, &number) == 0)
    let slave = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    try #require(slave >= 0)
    let output = tuning.probe.folder.appendingPathComponent("out.jsonl").path
    var before = termios()
    _ = unsafe tcgetattr(slave, &before)
    let process = Process()
    process.executableURL = CommandLineProbe.executable
    process.arguments = ["label", "-o", output, tuning.corpus]
    process.currentDirectoryURL = CommandLineProbe.root
    process.standardInput = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
    let discard = try #require(FileHandle(forWritingAtPath: "/dev/null"))
    process.standardOutput = discard
    process.standardError = discard
    try process.run()
    for _ in 0..<1000 {
      var now = termios()
      _ = unsafe tcgetattr(slave, &now)
      if now.c_lflag & tcflag_t(ICANON) == 0 { break }
      usleep(10_000)
    }
    let keys = Array("q c x".utf8)
    _ = unsafe keys.withUnsafeBytes { unsafe write(terminal, $0.baseAddress, $0.count) }
    #expect(process.end() == 0)
    var after = termios()
    _ = unsafe tcgetattr(slave, &after)
    #expect(after.c_lflag == before.c_lflag)
    close(slave)
    close(terminal)
    let rows = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
    #expect(rows.count == 2)
  }
}
