import Foundation
import Glibc
import HeardTestSupport
import Testing

/// How far a run is: a line on a terminal, objects for programs, nothing elsewhere.
@Suite struct ProgressTests {
  /// What a command says on a terminal of its own as standard error.
  private func onTerminal(
    _ arguments: [String], feed: (FileHandle) throws -> Void
  ) throws -> (said: String, status: Int32) {
    var (ours, theirs): (Int32, Int32) = (-1, -1)
    #expect(unsafe openpty(&ours, &theirs, nil, nil, nil) == 0)
    let process = Process()
    process.executableURL = CommandLineProbe.executable
    process.arguments = arguments
    process.currentDirectoryURL = CommandLineProbe.root
    let input = Pipe()
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    let terminal = FileHandle(fileDescriptor: theirs, closeOnDealloc: true)
    process.standardError = terminal
    try process.run()
    try terminal.close()
    try feed(input.fileHandleForWriting)
    try input.fileHandleForWriting.close()
    var said: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let got = unsafe buffer.withUnsafeMutableBytes { unsafe read(ours, $0.baseAddress, $0.count) }
      // A terminal whose other end is closed gives an error.
      if got <= 0 { break }
      said += buffer[..<got]
    }
    close(ours)
    return (String(decoding: said, as: UTF8.self), process.end())
  }

  private static let text = "Ik ben woedend, mijn pakket is kapot en niemand belt terug!"

  /// Blocks that come over a while, so that there is something to say in between.
  private func feed(_ input: FileHandle) throws {
    for block in 0..<4 {
      var lines = ""
      for number in 0..<50 {
        lines += number % 10 == 9 ? "{broken\n" : "{\"id\":\(block),\"text\":\"\(Self.text)\"}\n"
      }
      try input.write(contentsOf: Data(lines.utf8))
      Thread.sleep(forTimeInterval: 0.3)
    }
  }

  @Test func aTerminalGetsOneLineThatIsWrittenOver() throws {
    let (said, status) = try onTerminal(
      ["run", "-", "--from", "jsonl", "--block-size", "1"], feed: feed)
    #expect(status == 65)
    let parts = said.split(separator: "\r", omittingEmptySubsequences: true)
    let shown = parts.filter { $0.contains("messages, ") }
    #expect(!shown.isEmpty, "\(said.debugDescription)")
    let line = /^(\d+) messages, (\d+)\/s, (\d+) complaints, (\d+) errors\u{1B}\[K$/
    let counts = shown.compactMap { String($0).wholeMatch(of: line) }.compactMap { Int($0.1) }
    #expect(counts.count == shown.count, "\(said.debugDescription)")
    #expect(counts == counts.sorted() && counts.allSatisfy { (1...200).contains($0) })
    // The line is wiped before the closing count and the first error, which stay.
    #expect(said.contains("\r\u{1B}[Kheard: 200 records, 180 complaints, 20 errors"))
    let newlines = said.count { $0 == "\r\n" || $0 == "\n" }
    #expect(newlines == 2)
    #expect(said.contains("heard: the first error: "))
  }

  /// Of files it is known how much is done and left.
  @Test func ofFilesShareAndTimeLeftAreShown() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    // Long enough that it is shown, whatever the machine.
    let line = "{\"text\":\"\(Self.text)\"}\n"
    let path = try probe.file("in.jsonl", String(repeating: line, count: 40_000))
    let (said, status) = try onTerminal(["run", path, "--block-size", "16"]) { _ in }
    #expect(status == 0)
    let shown = said.split(separator: "\r").filter { $0.contains("messages, ") }
    let form =
      /^\d+ messages, \d+\/s, (\d+) %, \d+ (s|min|h \d\d min) left, \d+ complaints\x1B\[K$/
    let shares = shown.compactMap { String($0).wholeMatch(of: form) }.compactMap { Int($0.1) }
    #expect(!shares.isEmpty && shares.count == shown.count, "\(said.debugDescription.suffix(400))")
    #expect(shares == shares.sorted() && shares.allSatisfy { (0...100).contains($0) })
  }

  @Test(arguments: [["--quiet"], ["--progress", "none"]])
  func aTerminalMayBeLeftAlone(arguments: [String]) throws {
    let (said, _) = try onTerminal(["run", "-", "--from", "jsonl"] + arguments, feed: feed)
    #expect(!said.contains("messages, ") && !said.contains("\u{1B}"), "\(said.debugDescription)")
  }

  /// Elsewhere nothing but the closing count and the first error; objects when asked, each whole and later than the last.
  @Test func programsGetObjects() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let corpus = try BatchCorpus(probe, each: 40)
    let silent = try probe.heard(["run", "--block-size", "1"] + corpus.inputs)
    let closing = silent.errors.split(separator: "\n")
    #expect(closing.count == 2)
    #expect(closing.contains { $0.hasPrefix("heard: the first error: ") })
    let outcome = try probe.heard(
      ["run", "--progress", "json", "--block-size", "1", "--jobs", "2"] + corpus.inputs)
    let lines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("{") }
    var last = -1
    for line in lines {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(
        Set(object.keys) == [
          "records", "errors", "complaints", "bytes", "total", "done", "seconds", "rate", "left",
          "ended",
        ])
      let records = try #require(object["records"] as? Int)
      #expect(records >= last)
      last = records
      #expect(object["ended"] as? Bool == (line == lines.last))
    }
    #expect(last == corpus.records)
  }

  /// JSON on a terminal too, when it is asked for; a line elsewhere likewise.
  @Test func theFormMayBeTold() throws {
    let (said, _) = try onTerminal(
      ["run", "-", "--from", "jsonl", "--progress", "json"], feed: feed)
    #expect(said.contains("\"ended\":true") && !said.contains("\u{1B}"))
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = try probe.file("in.jsonl", "{\"text\":\"x\"}\n")
    let line = try probe.heard(["run", "--progress", "line", path])
    #expect(line.errors.contains("\r\u{1B}[K"))
  }
}
