import HeardMail
import Testing

/// Law 9: no input crashes it; a bounded time; a message or an error that says what was wrong.
@Suite(.serialized) struct HostileTests {
  struct Attack: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable () -> [UInt8]
    var testDescription: String { name }
  }

  @Test(arguments: attacks)
  func `hostile mail is read in bounded time`(_ attack: Attack) throws {
    let bytes = attack.make()
    let clock = ContinuousClock()
    var message: Message?
    let time = clock.measure { message = try? MailReader().read(bytes) }
    #expect(time < .seconds(10), "\(attack.name): \(time) for \(bytes.count) bytes")
    if let message { #expect(violation(of: message) == nil) }
  }

  @Test func `nothing is an error`() {
    #expect(throws: MailError.self) { try MailReader().read([]) }
  }

  @Test func `too much is an error`() {
    var limits = Limits()
    limits.mailBytes = 100
    let error = #expect(throws: MailError.self) {
      try MailReader(limits: limits).read(Array(repeating: 0x61, count: 101))
    }
    #expect(error?.code == .tooLarge)
  }

  @Test func `a picture is an error`() {
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] + (0..<200).map { UInt8($0) }
    let error = #expect(throws: MailError.self) { try MailReader().read(png) }
    #expect(error?.code == .notText)
  }

  @Test func `a long text is cut and reported`() throws {
    var limits = Limits()
    limits.textBytes = 1_000
    let mail =
      "From: a@x.nl\nContent-Type: text/plain; charset=utf-8\n\n"
      + String(repeating: "één ", count: 1_000)
    let message = try MailReader(limits: limits).read(Array(mail.utf8))
    #expect(violation(of: message) == nil)
    #expect(message.repairs.contains { $0.code == "text-too-long" })
    #expect(message.body.utf8.count <= 1_000)
  }

  @Test(arguments: ["utf-16le", "utf-16be"])
  func `mail in UTF-16 is read`(_ charset: String) throws {
    let text = "From: a@x.nl\nSubject: Zażalenie\n\nŻądam zwrotu.\n"
    for mark in [true, false] {
      var bytes: [UInt8] = []
      if mark { bytes = charset == "utf-16le" ? [0xFF, 0xFE] : [0xFE, 0xFF] }
      for unit in text.utf16 {
        let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        bytes += charset == "utf-16le" ? pair : pair.reversed()
      }
      let message = try MailReader().read(bytes)
      #expect(message.subject == "Zażalenie")
      #expect(collapsed(message.text(.own)) == "Żądam zwrotu.")
    }
  }

  @Test func `a thousand nested parts are read`() throws {
    var mail = "From: a@x.nl\n"
    for depth in 0..<1_000 {
      mail += "Content-Type: multipart/mixed; boundary=b\(depth)x\n\n--b\(depth)x\n"
    }
    mail += "Content-Type: text/plain\n\ndiep verborgen\n"
    var limits = Limits()
    limits.parts = 2_000
    let message = try MailReader(limits: limits).read(Array(mail.utf8))
    #expect(message.body.contains("diep verborgen"))
  }

  @Test func `text after very deep elements is still read`() throws {
    let page =
      String(repeating: "<div>", count: 100_000) + "onderin"
      + String(repeating: "</div>", count: 100_000) + "<p>einde</p>"
    let message = try MailReader().read(
      Array("From: a@x.nl\nContent-Type: text/html\n\n\(page)\n".utf8))
    #expect(message.body.contains("onderin"))
    #expect(message.body.contains("einde"))
    #expect(message.repairs.contains { $0.code == "html-too-deep" })
  }
}

/// Pages that are nested deeper than their structure is followed.
struct DeepPageTests {
  private static func reading(_ page: String) throws -> Message {
    try MailReader().read(Array("From: a@x.nl\nContent-Type: text/html\n\n\(page)\n".utf8))
  }

  private static func times(_ count: Int, _ piece: String) -> String {
    String(repeating: piece, count: count)
  }

  @Test(arguments: [480, 497, 498, 499, 500, 501, 507, 508, 509, 520, 600, 700, 2_000])
  func `the text in and behind deep elements is read`(_ depth: Int) throws {
    for tag in ["b", "font", "div", "span"] {
      let open = "<\(tag)>", close = "</\(tag)>"
      let text = "onderin \(Self.times(depth, close)) <p>einde</p>"
      let message = try Self.reading("<p>begin</p>\(Self.times(depth, open))\(text)")
      #expect(collapsed(message.body) == "begin onderin einde", "\(depth) of \(tag)")
      let isSaid = message.repairs.contains { $0.code == "html-too-deep" }
      #expect(isSaid == (depth > 498), "\(depth) of \(tag)")
    }
  }

  /// The parser gets a page in pieces; wherever the one ends in which it is too deep, the text goes on.
  @Test func `no word is lost or found where a page is given up`() throws {
    let words = (0..<300).map { "woord\($0)" }
    let body = words.map { "<font face='a b'>\($0) </font>" }.joined()
    for padding in stride(from: 0, to: 9_000, by: 61) {
      let page = "<p>\(Self.times(padding, "a"))</p>\(Self.times(520, "<b>"))\(body)"
      let found = collapsed(try Self.reading(page).body).split(separator: " ")
      #expect(found.suffix(300).elementsEqual(words, by: ==), "\(padding)")
      #expect(found.count == (padding == 0 ? 300 : 301), "\(padding)")
    }
  }

  @Test func `characters are read in all their spellings where a page is given up`() throws {
    let spelt =
      "za&#380;alenie &#x141;&#XF3;d&#378; caf&eacute; &#128545; &#0;&#xD800;&#9999999999; &# &#; "
      + "&amp;&lt;b&gt; een&nbsp;twee &bogus; &#8364 5"
    let read = "zażalenie Łódź café 😡 \u{FFFD}\u{FFFD}\u{FFFD} &# &#; &<b> een twee &bogus; € 5"
    let message = try Self.reading(Self.times(4_000, "<b>") + spelt)
    #expect(collapsed(message.body) == read)
  }

  @Test func `what is quoted stays quoted where a page is given up`() throws {
    let quoted = "<blockquote type=cite>\(Self.times(600, "<font>oud "))"
    let message = try Self.reading("<p>nieuw</p>\(quoted)")
    #expect(collapsed(message.text(.own)) == "nieuw")
    #expect(collapsed(message.text(.quoted)) == Self.times(600, "oud ").dropLast())
  }
}

private let attacks: [HostileTests.Attack] = [
  .init(name: "10,000 nested messages") {
    repeated("From: a@x.nl\n", "Content-Type: message/rfc822\n\nSubject: s\n", 10_000, "\nx")
  },
  .init(name: "3,000 nested multiparts") {
    var mail = "From: a@x.nl\n"
    for i in 0..<3_000 { mail += "Content-Type: multipart/mixed; boundary=b\(i)\n\n--b\(i)\n" }
    return Array(mail.utf8)
  },
  .init(name: "100,000 boundary lines") {
    repeated(
      "From: a@x.nl\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n", 100_000, "")
  },
  .init(name: "100,000 header lines") {
    repeated("From: a@x.nl\n", "X-A: b\n", 100_000, "\nx")
  },
  .init(name: "header lines after a nested message") {
    repeated("From: a@x.nl\nContent-Type: message/rfc822\n\n", "X-A: b\n", 100_000, "\nx")
  },
  .init(name: "address groups in groups") {
    repeated("From: a@x.nl\nTo: ", "a:", 100_000, "\n\nx")
  },
  .init(name: "address groups over folded lines") {
    repeated("From: a@x.nl\nTo: ", "a:\n ", 100_000, "\n\nx")
  },
  .init(name: "comments in comments") { repeated("From: ", "(", 500_000, "\n\nx") },
  .init(name: "half a million recipients") {
    repeated("From: a@x.nl\nTo: ", "b@x.nl,", 100_000, "\n\nx")
  },
  .init(name: "encoded words without end") {
    repeated("Subject: ", "=?utf-8?q?", 10_000, "\n\nx")
  },
  .init(name: "many parameters") {
    repeated("Content-Type: text/plain; ", "a=b;", 100_000, "\n\nx")
  },
  .init(name: "one line of 50 MB") {
    repeated("From: a@x.nl\n\n", "zin zonder einde ", 3_000_000, "")
  },
  .init(name: "a header of 6 MB") { repeated("Subject: ", "woord ", 1_000_000, "\n\nx") },
  .init(name: "lines that end in colons") {
    repeated("From: a@x.nl\n\n", "op 3 mei 2020 om 12:30 x@x.nl:\n", 1_500, "")
  },
  .init(name: "colon lines that never are attributions") {
    repeated("From: a@x.nl\n\n", "iets:\n", 10_000, "")
  },
  .init(name: "header field lines without sender") {
    repeated("From: a@x.nl\n\n", "Aan: iemand\n\n\n", 5_000, "")
  },
  .init(name: "quoted lines") { repeated("From: a@x.nl\n\n", "> oud\n\n", 10_000, "") },
  .init(name: "rules") { repeated("From: a@x.nl\n\n", "---\nx\n", 10_000, "") },
  .init(name: "closings") { repeated("From: a@x.nl\n\n", "Groeten\n", 10_000, "") },
  .init(name: "empty lines") { repeated("From: a@x.nl\n\n", "\n", 60_000, "x") },
  .init(name: "a colon after empty lines, again and again") {
    repeated("From: a@x.nl\n\n", "x:\n\n\n\n\n\n\n\n\n\n", 4_000, "")
  },
  .init(name: "disclaimer paragraphs") {
    repeated("From: a@x.nl\n\nx\n\n", "this email is confidential, delete it\n\n", 5_000, "")
  },
  .init(name: "unmatched end tags under open ones") {
    page(String(repeating: "<b>", count: 490) + String(repeating: "</i>", count: 50_000))
  },
  .init(name: "100,000 open elements") { page(String(repeating: "<b><i>", count: 100_000)) },
  .init(name: "100,000 tables") { page(String(repeating: "<table><tr><td>", count: 100_000)) },
  .init(name: "a long attribute") {
    page("<p style='" + String(repeating: "display ", count: 50_000) + "'>x</p>")
  },
  .init(name: "many classes") {
    page(String(repeating: "<p class='\(String(repeating: "a ", count: 200))'>x", count: 2_000))
  },
  .init(name: "a tag without end") {
    page("tekst <a href='" + String(repeating: "x", count: 300_000))
  },
  .init(name: "entities") {
    page(String(repeating: "&nbsp;&amp;&bogus;&#x1F600;&#0;&#xD800;", count: 10_000))
  },
  .init(name: "soft breaks only") {
    repeated(
      "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n", "=\n", 200_000,
      "x")
  },
  .init(name: "text without spaces beyond ASCII") {
    repeated("From: a@x.nl\n\n", "Ã", 50_000, "")
  },
  .init(name: "stray candidates in long prose") {
    repeated(
      "From: a@x.nl\n\n" + String(repeating: "lange zin met veel woorden. ", count: 2_000)
        + "\n\n", "wie is dat nu weer\n\n", 1_000, "")
  },
]

private func repeated(_ head: String, _ piece: String, _ count: Int, _ tail: String) -> [UInt8] {
  var bytes = Array(head.utf8)
  let unit = Array(piece.utf8)
  bytes.reserveCapacity(bytes.count + unit.count * count + tail.utf8.count)
  for _ in 0..<count { bytes.append(contentsOf: unit) }
  return bytes + Array(tail.utf8)
}

private func page(_ text: String) -> [UInt8] {
  Array("From: a@x.nl\nContent-Type: text/html; charset=utf-8\n\n\(text)\n".utf8)
}
