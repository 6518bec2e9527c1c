import Foundation
import HeardTestSupport
import Testing

/// A run that broke off goes on and gives the bytes of one that did not.
@Suite(.serialized) struct ResumeTests {
  /// An output of each kind.
  struct Writer: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: @Sendable (String) -> [String]
    var testDescription: String { name }
  }

  static let writers: [Writer] = [
    Writer(name: "out.jsonl", arguments: { ["-o", $0, "--explain"] }),
    Writer(name: "out.csv", arguments: { ["-o", $0] }),
    Writer(name: "out.sqlite", arguments: { ["-o", $0, "--explain"] }),
    Writer(name: "queues", arguments: { ["--per-queue", $0] }),
  ]

  private static let fine = ["run", "--checkpoint-every", "0", "--block-size", "1"]

  private var kills: Int {
    ProcessInfo.processInfo.environment["HEARD_LONG_TESTS"] == nil ? 5 : 50
  }

  @Test(arguments: writers) func killedAtAnyMomentItGoesOn(_ writer: Writer) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let corpus = try BatchCorpus(probe)
    let folder = probe.folder
    let whole = folder.appendingPathComponent("whole-\(writer.name)").path
    let started = Date()
    let outcome = try probe.heard(ResumeTests.fine + corpus.inputs + writer.arguments(whole))
    let duration = Date().timeIntervalSince(started)
    #expect(outcome.status == 65, "\(outcome.errors)")
    #expect(outcome.errors.contains("\(corpus.records) records"))
    let expected = try corpus.bytes(whole)
    var generator = SystemRandomNumberGenerator()
    var resumed = 0
    // On a busy machine all kills may come too early or too late: then one more round, whose kills
    // wait for a checkpoint.
    for round in 0...kills where round < kills || resumed == 0 {
      let path = folder.appendingPathComponent("round-\(round)-\(writer.name)").path
      let command =
        ResumeTests.fine + ["--resume", "--jobs", "\(1 + round % 3)"] + corpus.inputs
        + writer.arguments(path)
      // Killed again and again, until it gets to its end.
      var last: Int32 = -1
      for attempt in 0..<40 where last < 0 {
        let run = try CommandProcess(probe, command)
        if attempt < 3 {
          if round < kills {
            run.signal(SIGKILL, after: .random(in: 0...duration, using: &generator))
          } else {
            run.signal(SIGKILL, whenThereIs: path + ".checkpoint")
          }
        }
        last = run.end()
        if FileManager.default.fileExists(atPath: path + ".checkpoint") { resumed += 1 }
      }
      #expect(last == 65)
      #expect(try corpus.bytes(path) == expected, "round \(round)")
      for leftover in [".checkpoint", ".partial", ".partial-journal"] {
        #expect(!FileManager.default.fileExists(atPath: path + leftover))
      }
    }
    #expect(resumed > 0, "no kill came in the middle")
  }

  /// SIGINT and SIGTERM finish the blocks at hand; what to do next is said.
  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)])
  func aSignalStopsCleanly(number: Int32, status: Int) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let corpus = try BatchCorpus(probe, each: 300)
    // Tests in the background may run with SIGINT ignored, and children would inherit that.
    signal(number, SIG_DFL)
    let whole = probe.folder.appendingPathComponent("whole.jsonl").path
    let path = probe.folder.appendingPathComponent("out.jsonl").path
    let command = ["run", "--block-size", "1", "--jobs", "2"] + corpus.inputs
    _ = try probe.heard(command + ["-o", whole])
    var run = try CommandProcess(probe, command + ["-o", path])
    var end: Int32 = 65
    // A run that was faster than the signal is done again.
    for attempt in 0..<10 where end == 65 {
      if attempt > 0 { run = try CommandProcess(probe, command + ["-o", path]) }
      while (try? Data(contentsOf: URL(fileURLWithPath: path + ".partial")))?.isEmpty ?? true,
        run.process.isRunning
      {
        Thread.sleep(forTimeInterval: 0.001)
      }
      kill(run.process.processIdentifier, number)
      end = run.end()
      if end == 65 { try FileManager.default.removeItem(atPath: path) }
    }
    #expect(end == Int32(status), "\(run.said)")
    #expect(run.said.contains("--resume"), "\(run.said)")
    #expect(!FileManager.default.fileExists(atPath: path))
    let partial = try Data(contentsOf: URL(fileURLWithPath: path + ".partial"))
    let expected = try Data(contentsOf: URL(fileURLWithPath: whole))
    #expect(expected.starts(with: partial) && partial.last == 0x0A)
    let rest = try probe.heard(command + ["-o", path, "--resume"])
    #expect(rest.status == 65, "\(rest.errors)")
    #expect(rest.errors.contains("\(corpus.records) records"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == expected)
  }

  /// What the output depends on must be as it was.
  @Test func changesAreRefused() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let corpus = try BatchCorpus(probe, each: 150)
    let path = probe.folder.appendingPathComponent("out.jsonl").path
    let command = ResumeTests.fine + corpus.inputs + ["-o", path]
    let run = try CommandProcess(probe, command)
    while !FileManager.default.fileExists(atPath: path + ".checkpoint"), run.process.isRunning {
      Thread.sleep(forTimeInterval: 0.002)
    }
    run.signal(SIGKILL, after: 0)
    _ = run.end()
    #expect(FileManager.default.fileExists(atPath: path + ".checkpoint"))
    let policy = try probe.file(
      "policy.yaml",
      String(
        contentsOf: CommandLineProbe.root.appendingPathComponent("policies/default.yaml"),
        encoding: .utf8) + "\n# changed\n")
    for (change, says) in [
      (["--explain"], "--explain has changed"), (["--policy", policy], "the policy has changed"),
      (["--text-field", "body"], "the fields has changed"),
      (["--shard", "1/2"], "--shard has changed"), ([corpus.inputs[0]], "the number of inputs"),
    ] {
      let outcome = try probe.heard(command + ["--resume"] + change)
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains(says), "\(outcome.errors)")
    }
    let input = URL(fileURLWithPath: corpus.inputs[0])
    try Data(contentsOf: input).write(to: input)
    let touched = try probe.heard(command + ["--resume"])
    #expect(touched.status == 65 && touched.errors.contains("a.jsonl, has changed"))
    // Without --resume it begins anew, and says so.
    let anew = try probe.heard(command)
    #expect(anew.status == 65 && anew.errors.contains("beginning anew"), "\(anew.errors)")
    #expect(anew.errors.contains("\(corpus.records) records"))
  }

  /// Staff, deadlines and the account of conversations are part of what a record says.
  @Test func otherHandlingIsRefused() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let corpus = try BatchCorpus(probe, each: 150)
    let path = probe.folder.appendingPathComponent("out.jsonl").path
    let staff = try probe.file("staff.yaml", HandlingCommandTests.staff)
    let bindings = try probe.file("deadlines.yaml", HandlingCommandTests.bindings)
    let others = try probe.file("others.yaml", HandlingCommandTests.staff + "\n# changed\n")
    let (key, otherKey) = (
      try probe.file("key", String(repeating: "k", count: 32)),
      try probe.file("other-key", String(repeating: "o", count: 32))
    )
    let cases = probe.folder.appendingPathComponent("cases.db").path
    let handling = ["--staff", staff, "--staff-key", key, "--deadlines", bindings]
    let command = ResumeTests.fine + corpus.inputs + ["-o", path]
    let run = try CommandProcess(probe, command + handling)
    while !FileManager.default.fileExists(atPath: path + ".checkpoint"), run.process.isRunning {
      Thread.sleep(forTimeInterval: 0.002)
    }
    run.signal(SIGKILL, after: 0)
    _ = run.end()
    #expect(FileManager.default.fileExists(atPath: path + ".checkpoint"))
    // Named elsewhere but the same in content: goes on.
    let moved = try probe.file("moved.yaml", HandlingCommandTests.staff)
    for (change, says) in [
      ([], "--staff has changed"),
      (["--staff", others, "--staff-key", key, "--deadlines", bindings], "--staff has changed"),
      (["--staff", staff, "--deadlines", bindings], "--staff-key has changed"),
      (
        ["--staff", staff, "--staff-key", otherKey, "--deadlines", bindings],
        "--staff-key has changed"
      ),
      (["--staff", staff, "--staff-key", key], "--deadlines has changed"),
      (handling + ["--cases", cases], "--cases has changed"),
      (handling + ["--received", "2026-01-05T10:00:00Z"], "--received has changed"),
    ] {
      let outcome = try probe.heard(command + ["--resume"] + change)
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains(says), "\(outcome.errors)")
      #expect(outcome.errors.contains("begin anew, without --resume"), "\(outcome.errors)")
      #expect(!outcome.errors.contains(String(repeating: "k", count: 32)))
    }
    let rest = try probe.heard(
      command + ["--resume", "--staff", moved, "--staff-key", key, "--deadlines", bindings])
    #expect(rest.status == 65 && rest.errors.contains("\(corpus.records) records"))
    let whole = probe.folder.appendingPathComponent("whole.jsonl").path
    _ = try probe.heard(ResumeTests.fine + corpus.inputs + ["-o", whole] + handling)
    #expect(try corpus.bytes(path) == corpus.bytes(whole))
  }

  /// An account that is ahead of the output answers as it did the first time.
  @Test func aRunWithAnAccountGoesOn() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let corpus = try BatchCorpus(probe, each: 60)
    func command(_ name: String) -> [String] {
      let path = probe.folder.appendingPathComponent(name).path
      return ResumeTests.fine + ["--resume", "--cases", path + ".db", "--retain", "3000d"]
        + corpus.inputs + ["-o", path]
    }
    #expect(try probe.heard(command("whole")).status == 65)
    var last: Int32 = -1
    for attempt in 0..<40 where last < 0 {
      let run = try CommandProcess(probe, command("killed"))
      if attempt < kills { run.signal(SIGKILL, after: .random(in: 0.02...0.4)) }
      last = run.end()
    }
    #expect(last == 65)
    let folder = probe.folder.path
    #expect(try corpus.bytes("\(folder)/killed") == corpus.bytes("\(folder)/whole"))
  }

  /// A full disk is said, leaves whole records, and the run goes on when there is room.
  @Test(arguments: writers) func aFullDiskCanBeGoneOnFrom(_ writer: Writer) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let corpus = try BatchCorpus(probe, each: 100)
    let disk = probe.folder.appendingPathComponent("disk")
    try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
    func mount(_ arguments: [String]) throws -> Bool {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/mount")
      process.arguments = arguments
      process.standardError = FileHandle.nullDevice
      try process.run()
      return process.end() == 0
    }
    guard getuid() == 0, try mount(["-t", "tmpfs", "-o", "size=100k", "tmpfs", disk.path]) else {
      print("SKIPPED: no right to mount a small disk; run the tests as root")
      return
    }
    defer {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/umount")
      process.arguments = [disk.path]
      try? process.run()
      _ = process.end()
    }
    let whole = probe.folder.appendingPathComponent("whole-\(writer.name)").path
    _ = try probe.heard(ResumeTests.fine + corpus.inputs + writer.arguments(whole))
    let path = disk.appendingPathComponent(writer.name).path
    let command = ResumeTests.fine + ["--resume"] + corpus.inputs + writer.arguments(path)
    for _ in 0..<2 {
      let full = try probe.heard(command)
      #expect(full.status == 74 || full.status == 73, "\(full.errors)")
      #expect(full.errors.contains("no space left on device"), "\(full.errors)")
      #expect(full.errors.contains("--resume"), "\(full.errors)")
    }
    #expect(try mount(["-o", "remount,size=100m", disk.path]))
    let rest = try probe.heard(command)
    #expect(rest.status == 65, "\(rest.errors)")
    #expect(try corpus.bytes(path) == corpus.bytes(whole))
  }

  @Test func whatCannotBeReadAgainIsNotResumed() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let input = try probe.file("a.jsonl", "{\"text\":\"x\"}\n")
    for (arguments, says) in [
      (["-", "-o", "\(input).out"], "standard input"), ([input], "-o FILE"),
    ] {
      let outcome = try probe.heard(["run", "--resume"] + arguments)
      #expect(outcome.status == 65 && outcome.errors.contains(says), "\(outcome.errors)")
    }
  }

  /// Any order, but every record once, whenever it is killed.
  @Test func unorderedRunsGoOnToo() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let corpus = try BatchCorpus(probe)
    let path = probe.folder.appendingPathComponent("out.jsonl").path
    let whole = try probe.heard(["run", "--quiet"] + corpus.inputs)
    let command =
      ResumeTests.fine + ["--unordered", "--jobs", "3", "--resume"] + corpus.inputs + ["-o", path]
    for attempt in 0..<40 {
      let run = try CommandProcess(probe, command)
      if attempt < kills { run.signal(SIGKILL, after: .random(in: 0...1)) }
      if run.end() == 65 { break }
    }
    let lines = { (data: Data) in data.split(separator: 0x0A).map { Array($0) } }
    let found = lines(try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(Set(found) == Set(lines(whole.output)))
    #expect(found.count == corpus.records)
  }
}
