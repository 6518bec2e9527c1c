import Foundation
import Testing

/// Whatever is wrong, `heard deliver` ends with 0 or 75, and the mail is somewhere exactly once:
/// in a queue, or still with the mail server, which gets it in when the fault is repaired.
@Suite struct DeliveryFaultTests {
  /// What is to come of a mail.
  enum Outcome: String, Sendable {
    case judged
    case fallback
    case givenBack
    /// One or the other, by chance or machine.
    case any
  }

  struct Fault: CustomTestStringConvertible, Sendable {
    var name: String
    var outcome: Outcome
    /// Sets the fault up.
    var prepare: @Sendable (DeliveryProbe) throws -> Void = { _ in }
    /// Options that make it.
    var options: @Sendable (DeliveryProbe) -> [String] = { _ in [] }
    /// A shell command that runs heard (`"$@"`) in bad circumstances; `$F` is the probe's folder.
    var shell: String?
    /// Repairs the fault before the mail comes again.
    var repair: @Sendable (DeliveryProbe) throws -> Void = { _ in }
    var testDescription: String { name }
  }

  private static func write(_ text: String, _ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private static func remove(_ path: String) throws {
    try FileManager.default.removeItem(atPath: path)
  }

  private static func makeFIFO(_ path: String) { _ = unsafe mkfifo(path, 0o600) }

  static let faults: [Fault] = [
    Fault(name: "none", outcome: .judged),
    Fault(name: "no lexicon", outcome: .fallback, prepare: { try remove($0.folder + "/lex") }),
    Fault(
      name: "a broken lexicon", outcome: .fallback,
      prepare: { try write("lexicon: heard/1\nentries: [", $0.folder + "/lex/nl/test.yaml") }),
    Fault(
      name: "a damaged image", outcome: .fallback,
      options: { ["--lexicons", $0.folder + "/image"] },
      shell: "head -c 5000 /dev/urandom > \"$F/image\"; exec \"$@\""),
    Fault(
      name: "no policy", outcome: .fallback, prepare: { try remove($0.folder + "/policy.yaml") }),
    Fault(
      name: "a broken policy", outcome: .fallback,
      prepare: { try write("policy: heard/1\nqueues: {}\n", $0.folder + "/policy.yaml") }),
    Fault(name: "a folder as policy", outcome: .fallback, options: { ["--policy", $0.folder] }),
    Fault(name: "an unknown option", outcome: .givenBack, options: { _ in ["--bogus"] }),
    Fault(
      name: "an option without sense", outcome: .givenBack, options: { _ in ["--timeout", "-4"] }),
    Fault(
      name: "a fallback queue above the Maildir", outcome: .givenBack,
      options: { _ in ["--fallback-queue", "../x"] }),
    Fault(
      name: "a Maildir that cannot be made", outcome: .givenBack,
      options: { _ in ["--maildir", "/proc/heard"] }),
    Fault(
      name: "a file where the Maildir should be", outcome: .givenBack,
      prepare: { try write("x", $0.maildir) }, repair: { try remove($0.maildir) }),
    Fault(
      name: "a queue that cannot be written", outcome: .fallback,
      prepare: { try write("x", $0.maildir + "/.complaints") }),
    Fault(
      name: "no queue that can be written", outcome: .givenBack,
      prepare: {
        try write("x", $0.maildir + "/.complaints")
        try write("x", $0.maildir + "/.fallback")
      },
      repair: { try remove($0.maildir + "/.complaints") }),
    Fault(
      name: "a folder as ledger", outcome: .givenBack, options: { ["--ledger", $0.folder] }),
    Fault(
      name: "a ledger that is something else", outcome: .givenBack,
      prepare: { try write(String(repeating: "no ledger ", count: 900), $0.ledger) },
      repair: { try remove($0.ledger) }),
    Fault(
      name: "a ledger in a folder that cannot be written", outcome: .givenBack,
      options: { _ in ["--ledger", "/proc/ledger.sqlite"] }),
    Fault(
      name: "a ledger that another process holds", outcome: .givenBack,
      options: { _ in ["--timeout", "2"] },
      shell: """
        "$@" < /dev/null; mkdir -p "$F/mail"
        python3 -c 'import sqlite3, sys, time
        ledger = sqlite3.connect(sys.argv[1], isolation_level=None)
        ledger.execute("PRAGMA journal_mode = WAL")
        ledger.execute("BEGIN IMMEDIATE")
        open(sys.argv[2], "w").close()
        time.sleep(60)' "$F/mail/heard-ledger.sqlite" "$F/locked" &
        while [ ! -e "$F/locked" ]; do sleep 0.05; done
        "$@"; status=$?; kill -9 $!; exit $status
        """),
    Fault(
      name: "a PostgreSQL server that is not there", outcome: .givenBack,
      options: { _ in ["--ledger", "postgresql://heard@127.0.0.1:1/heard"] }),
    Fault(name: "standard input closed", outcome: .givenBack, shell: "exec \"$@\" <&-"),
    Fault(name: "nothing on standard input", outcome: .givenBack, shell: "exec \"$@\" </dev/null"),
    Fault(name: "a folder as standard input", outcome: .givenBack, shell: "exec \"$@\" <\"$F\""),
    Fault(name: "standard output closed", outcome: .judged, shell: "exec \"$@\" >&-"),
    Fault(name: "standard error closed", outcome: .judged, shell: "exec \"$@\" 2>&-"),
    Fault(name: "all but the mail closed", outcome: .judged, shell: "exec \"$@\" >&- 2>&-"),
    Fault(
      name: "standard error full", outcome: .fallback,
      prepare: { try remove($0.folder + "/policy.yaml") }, shell: "exec \"$@\" 2>/dev/full"),
    Fault(name: "no environment", outcome: .judged, shell: "exec env -i \"$@\""),
    Fault(
      name: "a folder that is gone", outcome: .judged,
      shell: "mkdir \"$F/gone\"; cd \"$F/gone\"; rmdir \"$F/gone\"; exec \"$@\""),
    Fault(
      name: "no room in files", outcome: .givenBack,
      shell: #"""
        { (ulimit -f 0; "$@") 2>&1 >/dev/null; echo $? >"$F/status"; } | cat >&2
        exit $(cat "$F/status")
        """#),
    Fault(name: "few open files", outcome: .any, shell: "ulimit -n 6; exec \"$@\""),
    Fault(
      name: "signals blocked and ignored", outcome: .judged,
      shell: "trap '' TERM INT HUP PIPE ALRM; exec \"$@\""),
    Fault(
      name: "judging that does not end", outcome: .fallback,
      prepare: { makeFIFO($0.folder + "/fifo") },
      options: { ["--timeout", "1", "--policy", $0.folder + "/fifo"] }),
    Fault(
      name: "a crash while judging", outcome: .fallback,
      prepare: { makeFIFO($0.folder + "/fifo") }, options: { ["--policy", $0.folder + "/fifo"] },
      shell: #""$@" <"$F/in" & sleep 1; kill -SEGV $!; wait $!"#),
    Fault(
      name: "an abort while judging", outcome: .fallback,
      prepare: { makeFIFO($0.folder + "/fifo") }, options: { ["--policy", $0.folder + "/fifo"] },
      shell: #""$@" <"$F/in" & sleep 1; kill -ABRT $!; wait $!"#),
    Fault(
      name: "told to stop while judging", outcome: .givenBack,
      prepare: { makeFIFO($0.folder + "/fifo") }, options: { ["--policy", $0.folder + "/fifo"] },
      shell: #""$@" <"$F/in" & sleep 1; kill -TERM $!; wait $!"#),
    Fault(
      name: "a mail that does not end", outcome: .givenBack,
      prepare: { makeFIFO($0.folder + "/fifo") }, options: { _ in ["--timeout", "1"] },
      shell: #"sleep 3 >"$F/fifo" & exec "$@" <"$F/fifo""#),
  ]

  @Test(arguments: faults) func endsWell(_ fault: Fault) throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    try fault.prepare(delivery)
    let mail = DeliveryProbe.mail(1)
    _ = try delivery.probe.file("in", mail)
    let outcome = try delivery.probe.heard(
      delivery.delivery(fault.options(delivery)), input: mail,
      environment: ["F": delivery.folder], shell: fault.shell)
    #expect([0, 75].contains(outcome.status), "\(outcome.status): \(outcome.errors)")
    #expect(!outcome.errors.contains("Fatal error"))
    #expect(!outcome.errors.contains("lamp"), "no text of the customer")
    #expect(outcome.output.isEmpty)
    let copies = try delivery.copies(of: 1)
    #expect(copies.count == (outcome.status == 0 ? 1 : 0))
    if outcome.status == 75, !fault.name.contains("standard error") {
      #expect(outcome.errors.hasPrefix("4.3.0 heard: "), "\(outcome.errors)")
    }
    switch fault.outcome {
    case .judged:
      #expect(copies.allSatisfy { $0.hasPrefix(".complaints\n") })
      #expect(outcome.status == 0, "\(outcome.errors)")
    case .fallback:
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(copies.allSatisfy { $0.hasPrefix(".fallback\nX-Heard-") })
      #expect(
        copies.allSatisfy {
          $0.contains("\nX-Heard-Status: error\n") || $0.contains("\nX-Heard-Status: fallback\n")
        })
    case .givenBack: #expect(outcome.status == 75, "\(outcome.errors)")
    case .any: break
    }
    // The mail server tries again, when somebody has repaired what was wrong.
    try fault.repair(delivery)
    #expect(try delivery.deliverAgain(mail))
    let after = try delivery.copies(of: 1)
    #expect(after.count == 1)
    #expect(after.allSatisfy { $0.hasSuffix(String(decoding: mail, as: UTF8.self)) })
    #expect(try delivery.filed().count == 1)
  }

  struct OddMail: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: Data

    init(_ name: String, _ bytes: [UInt8], _ more: Data = Data()) {
      testDescription = name
      self.bytes = Data(bytes) + more
    }
  }

  static let oddMails: [OddMail] = [
    OddMail("NULs", [0, 0, 0, 10], DeliveryProbe.mail(1)),
    OddMail("one byte", [0x0A]),
    OddMail("no header", Array("kapot\n".utf8)),
    OddMail("a picture", [0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 3]),
    OddMail("one long line", [], Data(repeating: 0x61, count: 3_000_000)),
    OddMail("many header fields", Array(String(repeating: "X-A: b\n", count: 50_000).utf8)),
    OddMail("invalid UTF-8", [0xFF, 0xFE, 0xC0, 0x0A, 0x0A, 0x80]),
  ]

  @Test(arguments: oddMails) func oddMailsAreFiledByteForByte(_ odd: OddMail) throws {
    let mail = odd.bytes
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    for _ in 0..<2 {
      let outcome = try delivery.probe.heard(delivery.delivery(), input: mail)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let files = try delivery.rawFiles()
    #expect(files.count == 1)
    for file in files { #expect(file.suffix(mail.count) == mail) }
  }
}
