import Testing

@testable import HeardMail

/// What is taken out of a mail before GMime sees it, and what must stay.
struct GuardTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let mail: String
    var testDescription: String { name }
  }

  private static let head = "From: a@x.nl\nSubject: s\nMIME-Version: 1.0\nContent-Type: "

  /// A text of which not a byte may be missing, and its frame.
  private static func framed(_ text: String) -> [Example] {
    [
      Example(name: "alone", mail: "\(head)text/plain; charset=utf-8\n\n\(text)"),
      Example(
        name: "in a multipart",
        mail: "\(head)multipart/mixed; boundary=\"=_x\"\n\n--=_x\nContent-Type: text/plain\n\n"
          + "\(text)\n--=_x--\n"),
      Example(
        name: "in two multiparts",
        mail: """
          \(head)multipart/mixed; boundary="----=_Part (0)"; x=y

          ------=_Part (0)
          Content-Type: multipart/alternative;
            boundary=inner

          --inner
          Content-Type: text/plain; charset=utf-8; name="boundary (1).txt"
          Content-Description: a message

          \(text)
          --inner--

          ------=_Part (0)--

          """),
    ]
  }

  private static let texts: [(name: String, text: String)] = [
    ("a signature", "Boos.\n\n-- \nTel: 06-12345678\nJan Jansen\nAmsterdam"),
    ("a signature without a space", "Boos.\n\n--\nGroet:\nJan Jansen\n\n\nAmsterdam"),
    ("a rule", "Boos.\n------------\nVan: Jan\nhallo daar\nen verder"),
    ("an original message", "Boos.\n\n-----Oorspronkelijk bericht-----\nVan: Piet\nhoi\nhoi"),
    (
      "fields under a rule",
      "-----\nContent-Type: application/pdf\nContent-Type: text/plain\n stond er twee keer"
    ),
    ("many colons", "--\nA: " + String(repeating: ":", count: 300)),
    (
      "more lines under a rule than a header may have",
      "Overzicht:\n-------\n" + String(repeating: "a: b\n", count: 150) + "boos"
    ),
    ("many rules", String(repeating: "--\nregel\n", count: 1_100) + "boos"),
  ]

  @Test(arguments: texts) func `a text that looks like parts stays as it is`(
    _ one: (name: String, text: String)
  ) throws {
    var limits = Limits()
    limits.parts = 50
    limits.headerLines = 100
    for example in Self.framed(one.text) {
      let message = try MailReader(limits: limits).read(Array(example.mail.utf8))
      #expect(message.repairs.isEmpty, "\(example.name): \(message.repairs)")
      #expect(message.body == one.text, "\(example.name)")
      let tree = MailTree(Array(example.mail.utf8), limits: limits, onlyGMime: false)
      #expect(tree?.isOrdinary == true, "\(example.name)")
    }
  }

  @Test func `what follows the last boundary is left alone`() throws {
    let mail =
      "\(Self.head)multipart/mixed; boundary=b\n\n--b\n\nhoi\n--b--\nA: b\nzomaar een tekst\nmeer"
    #expect(try MailReader().read(Array(mail.utf8)).repairs.isEmpty)
  }

  /// Ways to say that `--b` opens a part, all of which GMime understands.
  private static let boundaries: [Example] =
    [
      ("plain", "multipart/mixed; boundary=b"),
      ("quoted", "multipart/mixed; boundary=\"b\""),
      ("folded", "multipart/mixed;\n\tboundary=b"),
      ("folded before its value", "multipart/mixed; boundary=\n \"b\""),
      ("escaped", "multipart/mixed; boundary=\"\\b\""),
      ("in pieces", "multipart/mixed; boundary*0=b; x=y"),
      ("encoded", "multipart/mixed; boundary*=utf-8''%62"),
      ("in an encoded word", "multipart/mixed; boundary=\"=?utf-8?q?b?=\""),
      ("a parameter in an encoded word", "multipart/mixed; =?utf-8?b?Ym91bmRhcnk9Yg==?="),
      ("comments", "multipart /mixed; boundary (x) = (y) b"),
      ("capitals", "Multipart/MIXED; BOUNDARY=b"),
      ("a carriage return in the word", "multipart/mixed; boun\rdary=b"),
      ("a space before the colon", "text/plain\nContent-Type : multipart/mixed; boundary=b"),
      (
        "after other boundaries",
        "multipart/mixed; boundary=b--\n\n--b--\nContent-Type: multipart/mixed; boundary=b"
      ),
      ("an enclosed message", "message/rfc822\n\nContent-Type: multipart/mixed; boundary=b"),
      ("one with a space", "message /rfc822\n\nContent-Type: multipart/mixed; boundary=b"),
      (
        "a digest's",
        "multipart/digest; boundary=d\n\n--d\n\nContent-Type: multipart/mixed; boundary=b"
      ),
      (
        "one too many",
        (0..<40).map { "multipart/mixed; boundary=c\($0)\n\n--c\($0)\nContent-Type: " }.joined()
          + "multipart/mixed; boundary=b"
      ),
    ].map { Example(name: $0, mail: "\(head)\($1)\n\n") }

  @Test(arguments: boundaries) func `surplus parts are cut however they are announced`(
    _ example: Example
  ) throws {
    var limits = Limits()
    limits.parts = 10
    let mail = example.mail + String(repeating: "--b\n\nx\n", count: 1_000)
    for onlyGMime in [false, true] {
      var reader = MailReader(limits: limits)
      reader.usesOnlyGMime = onlyGMime
      let message = try reader.read(Array(mail.utf8))
      #expect(message.repairs.contains { $0.detail.contains("boundary lines") })
    }
  }

  @Test func `nothing between two hyphens is a boundary too`() throws {
    var limits = Limits()
    limits.parts = 10
    let mail =
      "\(Self.head)multipart/mixed; boundary=\"\"\n\n"
      + String(repeating: "--\n\nx\n", count: 1_000)
    let message = try MailReader(limits: limits).read(Array(mail.utf8))
    #expect(message.repairs.contains { $0.detail.contains("boundary lines") })
  }
}
