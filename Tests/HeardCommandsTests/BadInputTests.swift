import Foundation
import Testing

/// Law 9 at the edge: whatever comes in, a clear message or an error record, and the right status.
///
/// Nothing crashes: a signal would show as status −1.
@Suite struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// Arguments; `FILE` stands for the file made.
    let arguments: [String]
    let content: @Sendable () -> Data
    let status: Int32
    /// Must stand in standard error or in an error record.
    let says: String
    var testDescription: String { name }

    init(
      _ name: String, _ arguments: [String], status: Int32, says: String,
      _ content: @escaping @Sendable () -> Data
    ) {
      self.name = name
      self.arguments = arguments
      self.content = content
      self.status = status
      self.says = says
    }
  }

  static let mailHead = """
    From: klant@example.nl\r
    To: service@example.nl\r
    Subject: Bestelling\r
    Message-ID: <a@example.nl>\r
    MIME-Version: 1.0\r

    """

  static let cases: [Case] = [
    Case("empty mail", ["classify", "FILE"], status: 65, says: "empty") { Data() },
    Case("empty line file", ["run", "--from", "jsonl", "FILE"], status: 0, says: "0 records") {
      Data()
    },
    Case("broken JSON", ["run", "--from", "jsonl", "FILE"], status: 65, says: "invalid-json") {
      Data("{\"id\":1,\"text\":\"ok\"}\n{\"id\":2,\n{\"id\":3,\"text\":\"ok\"}\n".utf8)
    },
    Case("no text field", ["run", "--from", "jsonl", "FILE"], status: 65, says: "no-text") {
      Data("{\"id\":1,\"body\":\"ok\"}\n".utf8)
    },
    Case("text is a number", ["run", "--from", "jsonl", "FILE"], status: 65, says: "text-type") {
      Data("{\"id\":1,\"text\":7}\n".utf8)
    },
    Case("a JSON array", ["run", "--from", "jsonl", "FILE"], status: 65, says: "not-an-object") {
      Data("[1,2]\n".utf8)
    },
    Case(
      "two objects a line", ["run", "--from", "jsonl", "FILE"], status: 65, says: "invalid-json"
    ) { Data("{\"text\":\"a\"} {\"text\":\"b\"}\n".utf8) },
    Case("invalid UTF-8 in JSON", ["run", "--from", "jsonl", "FILE"], status: 65, says: "utf8") {
      Data("{\"id\":1,\"text\":\"".utf8) + Data([0xC3, 0x28, 0xFF]) + Data("\"}\n".utf8)
    },
    Case("a 50 MB line", ["run", "--from", "jsonl", "FILE"], status: 65, says: "too-large") {
      Data("{\"id\":1,\"text\":\"".utf8) + Data(repeating: 0x61, count: 50 << 20)
        + Data("\"}\n{\"id\":2,\"text\":\"after\"}\n".utf8)
    },
    Case("a missing file", ["classify", "/nonexistent/x.eml"], status: 66, says: "/nonexistent") {
      Data()
    },
    Case("a missing corpus", ["run", "/nonexistent/x.jsonl"], status: 66, says: "/nonexistent") {
      Data()
    },
    Case("a wrong flag", ["classify", "--formt", "json"], status: 64, says: "formt") { Data() },
    Case("jobs out of range", ["run", "--jobs", "0", "FILE"], status: 64, says: "1 to 256") {
      Data()
    },
    Case(
      "no lexicons", ["classify", "--lexicons", "/nonexistent", "FILE"], status: 78,
      says: "--lexicons"
    ) { Data("hello".utf8) },
    Case(
      "no policy", ["classify", "--policy", "/nonexistent", "FILE"], status: 78, says: "--policy"
    ) {
      Data("hello".utf8)
    },
    Case("broken policy YAML", ["classify", "--policy", "FILE", "-"], status: 78, says: ":2:") {
      Data("policy: heard/1\nqueues: {a: [}\n".utf8)
    },
    Case(
      "unknown policy key", ["policy", "check", "FILE"], status: 78, says: "did you mean 'rules'"
    ) {
      Data("policy: heard/1\nqueues: {a: x}\nfallback: {queue: a}\nrulez: []\n".utf8)
    },
    Case(
      "the input as output", ["run", "--from", "text", "FILE", "-o", "FILE"], status: 64,
      says: "is an input too"
    ) { Data("x\n".utf8) },
    Case("a JSON array", ["run", "FILE"], status: 65, says: "jq -c") { Data("[{}]".utf8) },
    Case("no such column", ["run", "--from", "csv", "FILE"], status: 65, says: "--text-field") {
      Data("a,b\n1,2\n".utf8)
    },
    Case(
      "no column of the id", ["run", "--from", "csv", "--id-field", "nr", "FILE"], status: 65,
      says: "--id-field"
    ) { Data("a,text\n1,2\n".utf8) },
    Case(
      "a wrong field name", ["run", "--from", "jsonl", "--text-field", "bdy", "FILE"], status: 65,
      says: "the first error: "
    ) { Data("{\"id\":1,\"text\":\"ok\"}\n".utf8) },
    Case("JSON lines as a message", ["classify", "FILE"], status: 65, says: "heard run") {
      Data("{\"text\":\"a\"}\n{\"text\":\"b\"}\n".utf8)
    },
    Case("a table as a message", ["classify", "FILE"], status: 65, says: "is a table") {
      Data("id,text\n1,a\n".utf8)
    },
    Case("a mailbox as a message", ["explain", "FILE"], status: 65, says: "is a mailbox") {
      let mail = "From a@b Mon Jan  5 10:00:00 2026\nFrom: a@b\nSubject: s\n\nx\n\n"
      return Data((mail + mail).utf8)
    },
    Case("a packed message", ["classify", "FILE"], status: 65, says: "is compressed") {
      Data([0x1F, 0x8B, 8, 0])
    },
    Case("a program as a message", ["classify", "FILE"], status: 65, says: "is no text") {
      Data([0x7F, 0x45, 0x4C, 0x46] + [UInt8](repeating: 0, count: 100))
    },
    Case("even bytes as a message", ["classify", "FILE"], status: 65, says: "is no text") {
      evenBytes
    },
    Case("even bytes in a folder", ["run", "FOLDER"], status: 65, says: "not-text") { evenBytes },
    Case("a packed output", ["run", "FILE", "-o", "x.csv.gz"], status: 64, says: "no .gz") {
      Data("{\"text\":\"a\"}\n".utf8)
    },
    Case("a workbook", ["run", "FILE", "-o", "x.xlsx"], status: 64, says: "no .xlsx") {
      Data("{\"text\":\"a\"}\n".utf8)
    },
    Case(
      "labels over the input", ["label", "FILE", "-o", "FILE"], status: 64, says: "an input too"
    ) {
      Data("{\"id\":\"1\",\"text\":\"a\"}\n".utf8)
    },
    Case(
      "a table to compare on", ["compare", "lexicons", "lexicons", "FILE"], status: 65,
      says: "JSON lines"
    ) { Data("id,text\n1,a\n".utf8) },
    Case("no cases", ["deadlines", "--cases", "/nonexistent/c.db"], status: 66, says: "--cases") {
      Data()
    },
    Case(
      "no cases to forget in", ["forget", "--cases", "/nonexistent/c.db", "a@b"], status: 66,
      says: "--cases"
    ) {
      Data()
    },
    Case(
      "no folder of the cases", ["classify", "--cases", "/nonexistent/c.db", "FILE"], status: 73,
      says: "/nonexistent/c.db: cannot be made"
    ) { Data("x".utf8) },
    Case("no staff file", ["staff", "check", "/nonexistent/s.yaml"], status: 66, says: "s.yaml") {
      Data()
    },
    Case(
      "no deadlines", ["deadlines", "--check", "/nonexistent/d.yaml"], status: 66, says: "d.yaml"
    ) {
      Data()
    },
    Case(
      "no key of senders",
      ["run", "FILE", "--from", "text", "--with-meta", "--sender-key", "/nonexistent/k"],
      status: 66, says: "the key of --sender-key"
    ) { Data("x".utf8) },
    Case(
      "an entry as a pattern", ["concordance", "en.staff.rude", "FILE"], status: 64,
      says: "entry:en"
    ) {
      Data("{\"id\":\"1\",\"text\":\"a\"}\n".utf8)
    },
    Case("no such word", ["lexicon", "expand", "xyzzyq"], status: 64, says: "'xyzzyq'") { Data() },
    Case(
      "no such entries", ["lexicon", "export", "--only", "nosuch.x"], status: 64, says: "nosuch.x"
    ) { Data() },
    Case("no mailbox", ["run", "--from", "mbox", "FILE"], status: 65, says: "From ") {
      Data("Subject: x\n\ny\n".utf8)
    },
    Case("UTF-16", ["run", "--from", "jsonl", "FILE"], status: 65, says: "iconv") {
      Data([0xFF, 0xFE, 0x7B, 0x00])
    },
    Case("a broken gzip", ["run", "--from", "jsonl", "FILE"], status: 65, says: "at byte 12") {
      Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0x4C])
    },
    Case("shards of a pipe", ["run", "-", "--shard", "1/2"], status: 64, says: "name files") {
      Data()
    },
    Case("no such shard", ["run", "FILE", "--shard", "3/2"], status: 64, says: "i/n") { Data() },
    Case("a folder of nothing", ["run", "FOLDER"], status: 65, says: "no .eml") { Data() },
    Case("an unknown form", ["run", "FILE"], status: 65, says: "--from") {
      Data([0x00, 0x01, 0x02, 0x03, 0xFF, 0xFE])
    },
    Case(
      "output in no folder", ["run", "--from", "text", "-o", "/nonexistent/o", "FILE"], status: 73,
      says: "/nonexistent/o"
    ) { Data("een regel\n".utf8) },
    Case(
      "a full disk", ["run", "--from", "text", "-o", "/dev/full", "FILE"], status: 74,
      says: "no space left"
    ) { Data("een regel\n".utf8) },
  ]

  /// As of what is compressed or encrypted.
  private static var evenBytes: Data {
    Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) })
  }

  @Test(arguments: cases) func badInputIsSaidClearly(_ one: Case) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let content = one.content()
    let path = try probe.file("input", content)
    let folder = probe.folder.appendingPathComponent("folder")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if !content.isEmpty { try content.write(to: folder.appendingPathComponent("input.txt")) }
    let outcome = try probe.heard(
      one.arguments.map { $0 == "FILE" ? path : $0 == "FOLDER" ? folder.path : $0 },
      input: Data("hello".utf8))
    #expect(outcome.status == one.status, "\(outcome.errors)")
    #expect(
      outcome.errors.contains(one.says) || outcome.text.contains(one.says),
      "said: \(outcome.errors) \(outcome.text.prefix(400))")
  }

  /// What is odd and can be read all the same: status 0, one record, the repair named.
  struct Odd: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: @Sendable () -> Data
    var repair: String?
    var testDescription: String { name }
  }

  static let oddities: [Odd] = [
    Odd(
      name: "invalid UTF-8 in a text",
      bytes: { Data("De service is ".utf8) + Data([0xFF, 0xFE, 0xC0]) + Data(" slecht".utf8) },
      repair: ""),
    Odd(
      name: "UTF-16 text",
      bytes: {
        Data([0xFF, 0xFE])
          + Data("Ik wacht al drie weken!".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
      }, repair: nil),
    Odd(name: "NULs", bytes: { Data("Mijn pakket is\0\0\0 kapot".utf8) }, repair: nil),
    Odd(
      name: "truncated multipart",
      bytes: {
        Data(
          (mailHead
            + "Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nMijn pakket is weg en nie")
            .utf8)
      }, repair: nil),
    Odd(
      name: "wrong charset label",
      bytes: {
        Data(
          (mailHead
            + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nReklamuj")
            .utf8) + Data([0xEA]) + Data(" buty, s".utf8) + Data([0xB9])
          + Data(" zepsute.\r\n".utf8)
      }, repair: ""),
    Odd(
      name: "nested 1,000 deep",
      bytes: {
        var mail = mailHead
        for level in 0..<1000 {
          mail += "Content-Type: multipart/mixed; boundary=\"b\(level)\"\r\n\r\n--b\(level)\r\n"
        }
        mail += "Content-Type: text/plain\r\n\r\nIk ben boos.\r\n"
        for level in (0..<1000).reversed() { mail += "--b\(level)--\r\n" }
        return Data(mail.utf8)
      }, repair: nil),
  ]

  @Test(arguments: oddities) func oddInputIsReadAllTheSame(_ odd: Odd) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = try probe.file("odd.eml", odd.bytes())
    let outcome = try probe.heard(["classify", "--format", "json", path])
    let record = try #require(outcome.records.first, "\(outcome.errors)")
    if record["status"] as? String == "ok" {
      #expect(outcome.status == 0)
      if odd.repair != nil {
        #expect((record["repairs"] as? [Any])?.isEmpty == false, "no repair is reported")
      }
    } else {
      #expect(outcome.status == 65)
      #expect(record["error"] is [String: Any])
    }
  }

  /// As some programs save text: however long it is, and whether or not a mark says so.
  @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian], [1, 20])
  func textInUTF16IsJudged(_ encoding: String.Encoding, times: Int) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let sentence = "Ik ben woedend: ik bel al drie weken en niemand belt terug. "
    let text = String(repeating: sentence, count: times)
    let bytes = try #require(text.data(using: encoding))
    let mark = try #require("\u{FEFF}".data(using: encoding))
    for input in [bytes, mark + bytes] {
      let path = try probe.file("odd.txt", input)
      let outcome = try probe.heard(["classify", "--format", "json", path])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let record = try #require(outcome.records.first)
      #expect(record["language"] as? String == "nl")
      #expect(record["class"] as? String == "complaint")
    }
  }

  @Test func unreadableFileIsNamed() throws {
    guard getuid() != 0 else {
      print("SKIPPED: root may read every file; run the tests as a user to test unreadable ones")
      return
    }
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = try probe.file("secret.eml", "x")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    let outcome = try probe.heard(["classify", path])
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("permission denied"))
  }
}
