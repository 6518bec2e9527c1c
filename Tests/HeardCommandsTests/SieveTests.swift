import Foundation
import HeardDeadlines
import HeardTestSupport
import Testing

/// The Sieve script does what it says, by Pigeonhole's own word.
@Suite struct SieveTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let fields: String
    /// Where the mail goes; nil when it stays in the inbox.
    let folder: String?
    var isFlagged = false
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "a queue",
      fields: "X-Heard-Status: ok\nX-Heard-Queue: billing\nX-Heard-Priority: normal\n",
      folder: "Heard/billing"),
    Case(
      name: "something urgent",
      fields: "X-Heard-Status: ok\nX-Heard-Queue: safety\nX-Heard-Priority: urgent\n",
      folder: "Heard/safety", isFlagged: true),
    Case(
      name: "the last queue", fields: "X-Heard-Status: ok\nX-Heard-Queue: general\n",
      folder: "Heard/general"),
    Case(name: "not judged", fields: "X-Heard-Status: error\n", folder: "Heard/general"),
    Case(
      name: "a queue of an older policy", fields: "X-Heard-Status: ok\nX-Heard-Queue: long-gone\n",
      folder: "Heard/general"),
    Case(name: "never seen by heard", fields: "X-Mailer: test\n", folder: nil),
  ]

  private static let tester = "/usr/bin/sieve-test"

  @Test(arguments: cases) func mailsGoToTheirFolder(_ one: Case) throws {
    guard FileManager.default.isExecutableFile(atPath: SieveTests.tester) else {
      print("SKIPPED: no \(SieveTests.tester); install dovecot-sieve")
      return
    }
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let script = try probe.heard(["policy", "sieve"])
    #expect(script.status == 0)
    let said = try run(script.text, one.fields, probe)
    #expect(said.contains("final result: success"), "\(said)")
    if let folder = one.folder {
      #expect(said.contains("store message in folder: \(folder)\n"), "\(said)")
      #expect(said.contains("create mailbox if it does not exist"))
    } else {
      #expect(said.contains("store message in folder: INBOX"), "\(said)")
    }
    #expect(said.contains("\\flagged") == one.isFlagged, "\(said)")
  }

  /// Quotes, backslashes and line ends in a policy stay what they are.
  @Test func nothingInAPolicyBecomesScript() throws {
    guard FileManager.default.isExecutableFile(atPath: SieveTests.tester) else {
      print("SKIPPED: no \(SieveTests.tester); install dovecot-sieve")
      return
    }
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let policy = try probe.file(
      "p.yaml",
      "policy: heard/1\nqueues: {a: \"first\\nstop; discard;\"}\nfallback: {queue: a}\n")
    let script = try probe.heard(
      ["policy", "sieve", policy, "--folder-prefix", "He \"said\" \\ ", "--no-create", "--no-flag"])
    #expect(!script.text.contains("imap4flags") && !script.text.contains("mailbox"))
    let said = try run(script.text, "X-Heard-Queue: a\n", probe)
    #expect(said.contains("store message in folder: He \"said\" \\ a\n"), "\(said)")
  }

  private func run(_ script: String, _ fields: String, _ probe: CommandLineProbe) throws -> String {
    let scriptPath = try probe.file("heard.sieve", script)
    let mail = try probe.file(
      "mail.eml", "\(fields)From: a@example.nl\nTo: b@example.nl\nSubject: x\n\nHallo\n")
    // Dovecot reads no mail as root; whoever it becomes must be able to read the files.
    let home = probe.folder.appendingPathComponent("home").path
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    for path in [probe.folder.path, home] {
      try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: SieveTests.tester)
    process.currentDirectoryURL = probe.folder
    process.environment = ["HOME": home, "PATH": "/usr/bin:/bin"]
    let user = getuid() == 0 ? ["-o", "mail_uid=65534", "-o", "mail_gid=65534"] : []
    process.arguments = user + ["-o", "mail_location=maildir:\(home)/mail", scriptPath, mail]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    _ = process.end()
    return said
  }
}
