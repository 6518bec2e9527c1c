import Foundation
import HeardTestSupport

/// A running `heard`, for tests that stop it.
struct CommandProcess {
  let process: Process
  let errors: URL

  /// Starts heard with its output in files of the probe's folder.
  init(_ probe: CommandLineProbe, _ arguments: [String]) throws {
    process = Process()
    process.executableURL = CommandLineProbe.executable
    process.arguments = arguments
    process.currentDirectoryURL = CommandLineProbe.root
    errors = probe.folder.appendingPathComponent("stderr-\(UUID().uuidString)")
    try Data().write(to: errors)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  /// Sends a signal after so many seconds, unless the process has ended by then.
  func signal(_ number: Int32, after seconds: Double) {
    Thread.sleep(forTimeInterval: seconds)
    kill(process.processIdentifier, number)
  }

  /// Sends a signal as soon as there is a file, unless the process ends before.
  func signal(_ number: Int32, whenThereIs path: String) {
    for _ in 0..<60_000 where process.isRunning {
      if FileManager.default.fileExists(atPath: path) { break }
      Thread.sleep(forTimeInterval: 0.001)
    }
    kill(process.processIdentifier, number)
  }

  /// Waits for the end; the status, or minus the signal that ended it.
  func end() -> Int32 {
    process.end()
  }

  /// What it said on standard error.
  var said: String {
    (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
  }
}

/// Corpora of many small blocks in every form, made by the test.
struct BatchCorpus {
  let probe: CommandLineProbe
  /// Arguments that name them all.
  let inputs: [String]
  /// How many records there are.
  let records: Int

  static let texts = [
    "Ik wacht al drie weken op mijn pakket en niemand belt terug!",
    "Bedankt voor de snelle hulp.",
    "Pobrano opłatę dwa razy, proszę o zwrot pieniędzy.",
    "Kiedy będzie dostępny ten model?",
    "Your agent was rude and hung up on me.",
    "Could you send me a copy of the invoice?",
    "Dit is onacceptabel, de monteur kwam niet opdagen.",
  ]

  init(_ probe: CommandLineProbe, each count: Int = 24) throws {
    self.probe = probe
    func text(_ number: Int) -> String {
      "\(BatchCorpus.texts[number % BatchCorpus.texts.count]) Nummer \(number)."
    }
    var jsonl = ""
    var csv = "id,text,sender,time\n"
    var mbox = ""
    for number in 0..<count {
      jsonl +=
        number % 17 == 5
        ? "{\"id\":\(number),\n"
        : "{\"id\":\(number),\"text\":\"\(text(number))\",\"sender\":\"k\(number % 5)@example.org\"}\n"
      csv += "c\(number),\"\(text(number))\nTweede regel.\",k\(number % 7)@example.org,2026-01-05\n"
      mbox += """
        From k@example.org Mon Jan  5 10:00:00 2026
        From: k\(number)@example.org
        Message-ID: <m\(number)@example.org>
        Date: Mon, 5 Jan 2026 10:00:00 +0100
        Subject: Bericht \(number)

        \(text(number))

        >From the start.


        """
      if number < count / 2 {
        _ = try probe.file(
          "mail/\(number).eml", "From: a@example.org\nSubject: S\(number)\n\n\(text(number))\n")
      }
    }
    let zipped = try probe.file("zipped.jsonl", jsonl)
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/gzip")
    gzip.arguments = [zipped]
    try gzip.run()
    gzip.waitUntilExit()
    inputs = [
      try probe.file("a.jsonl", jsonl), try probe.file("b.csv", csv),
      try probe.file("c.mbox", mbox), zipped + ".gz",
      probe.folder.appendingPathComponent("mail").path,
    ]
    records = 4 * count + count / 2
  }

  /// The bytes of an output: of a file, or of all files of a folder with their names.
  func bytes(_ path: String) throws -> [String: Data] {
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      return ["": try Data(contentsOf: URL(fileURLWithPath: path))]
    }
    var found: [String: Data] = [:]
    for name in names {
      found[name] = try Data(contentsOf: URL(fileURLWithPath: path).appendingPathComponent(name))
    }
    return found
  }
}
