import Foundation
import HeardTestSupport
import HeardText
import Testing

@testable import HeardMail

/// What quick.c reads, GMime reads the same: the two are compared field by field.
struct OrdinaryMailTests {
  /// Everything that a reader makes of a mail, or its error.
  private static func reading(_ mail: [UInt8], onlyGMime: Bool) -> String {
    var reader = MailReader()
    reader.usesOnlyGMime = onlyGMime
    do throws(MailError) {
      return String(reflecting: try reader.read(mail))
    } catch {
      return String(reflecting: error)
    }
  }

  /// Whether the mail is read the same without GMime and by GMime alone.
  private static func isReadAlike(_ mail: [UInt8]) -> Bool {
    reading(mail, onlyGMime: false) == reading(mail, onlyGMime: true)
  }

  private static func isOrdinary(_ mail: [UInt8]) -> Bool {
    MailTree(mail, limits: Limits(), onlyGMime: false)?.isOrdinary ?? false
  }

  private static let plain = """
    Received: from a by b\n\twith c; Sun, 15 Jun 2025 15:06:40 +0200
    From: Jan de Boer <jan.de-boer+x@mail.example.org>
    To: <klacht@example.com>
    Reply-To: "Jan Boer" <j@example.org>
    Cc: =?utf-8?b?xYF1a2FzeiDFu2Fr?= <l@example.org>
    Subject: =?utf-8?q?caf=C3=A9_=E2=82=AC?= dicht
    Date: Sun, 15 Jun 2025 15:06:40 +0200
    Message-ID: <1@example.org>

    """
  private static let parts = """
    Content-Type: multipart/mixed; boundary="----=_Part (0)"

    This is a multi-part message.
    ------=_Part (0)
    Content-Type: multipart/alternative;\n  boundary=inner

    --inner
    Content-Type: text/plain; charset="iso-8859-2"; format=flowed; delsp=yes
    Content-Transfer-Encoding: quoted-printable

    Zam=F3wienie nie dosz=B3o =
    wcale.

    --inner
    Content-Type: text/html; charset=utf-8
    Content-Transfer-Encoding: base64

    PHA+aG9pPC9wPg==
    --inner--

    ------=_Part (0)
    Content-Type: application/pdf; name="rekening 12.pdf"
    Content-Disposition: attachment; filename="rekening.pdf"
    Content-Transfer-Encoding: base64

    JVBERi0xLjQK
    ------=_Part (0)  
    Content-Type: TEXT/Plain
    Content-Disposition: inline

    --\u{20}
    ondertekend
    ------=_Part (0)--
    epilogue
    """

  /// Mails that are read without GMime.
  static let ordinary: [(name: String, mail: String)] = [
    ("plain", plain + "\nHoi,\n\nik wacht al weken.\n"),
    ("no body", plain + "\n"),
    ("no type", "From: a@b.nl\n\n-- \nx\n"),
    ("parts", plain + parts),
    ("CR LF", (plain + parts).replacing("\n", with: "\r\n")),
    (
      "hosts of another alphabet",
      "From: Jan <a@xn--bcher-kva.example>\nTo: b@xn--millsurgery.example\n\nhoi"
    ),
    ("fields under a signature", plain + "\nBoos.\n\n-- \nTel: 06-1\nJan\nAmsterdam\n"),
    ("an attachment alone", plain + "Content-Disposition: attachment\n\nhoi\n"),
    (
      "names in encoded words",
      "From: =?utf-8?b?xYF1a2FzeiDFu2Fr?= <a@b.nl>\nReply-To: =?iso-8859-2?q?=A3ukasz?= K? <c@d.pl>\n"
        + "To: Wat?? <e@f.nl>\nDelivered-To: =?utf-8?q?a?= =?utf-8?q?b?= <g@h.nl>\n\nhoi"
    ),
    ("one-digit day", "Date: Sun, 1 Jun 2025 05:06:40 -0130\nFrom: a@b.nl\n\nhoi"),
  ]

  @Test(arguments: ordinary) func `ordinary mail is read without GMime, and as GMime reads it`(
    _ one: (name: String, mail: String)
  ) {
    let mail = Array(one.mail.utf8)
    #expect(Self.isOrdinary(mail))
    #expect(Self.isReadAlike(mail), "\(one.name)")
  }

  /// One thing that is out of the ordinary each.
  static let others: [(name: String, mail: String)] = [
    ("enclosed message", plain + "Content-Type: message/rfc822\n\nFrom: a@b.nl\n\nhoi\n"),
    ("no end", plain + parts.replacing("------=_Part (0)--\n", with: "")),
    ("inner has no end", plain + parts.replacing("--inner--\n", with: "")),
    ("no boundary", plain + "Content-Type: multipart/mixed\n\n--b\n\nhoi\n--b--\n"),
    ("escape", plain + "Content-Type: text/plain; charset=\"utf\\-8\"\n\nhoi\n"),
    ("continued name", plain + "Content-Type: text/plain; name*=utf-8''caf%C3%A9\n\nhoi\n"),
    ("comment", plain + "Content-Type: text/plain (plain); charset=utf-8\n\nhoi\n"),
    ("type without subtype", plain + "Content-Type: text\n\nhoi\n"),
    ("no field", "From: a@b.nl\nhallo daar\nen verder\n\nhoi\n"),
    ("two types", plain + "Content-Type: text/plain\nContent-Type: text/html\n\nhoi\n"),
    (
      "boundary that goes on",
      plain + "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
        + "Content-Type: text/plain\n\nhoi\n--bc\n--b--\n"
    ),
    (
      "empty part",
      plain + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
        + "text/plain\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n\nhoi\n\n--b--"
    ),
    (
      "digest",
      plain + "Content-Type: multipart/digest; boundary=b\n\n--b\n\nFrom: a@b.nl\n\nhoi\n"
        + "--b--\n"
    ),
  ]

  @Test(arguments: others) func `whatever is out of the ordinary is left to GMime`(
    _ one: (name: String, mail: String)
  ) {
    let mail = Array(one.mail.utf8)
    #expect(!Self.isOrdinary(mail), "\(one.name)")
    #expect(Self.isReadAlike(mail), "\(one.name)")
  }

  /// Contents as programs encode them, and with one thing amiss.
  static let encoded: [(name: String, encoding: String, body: String)] = [
    ("quoted", "quoted-printable", "Zam=C3=B3w=\n wci=c4=85=C5=BC =3D niczym.=\r\nKoniec =20\n"),
    ("quoted, nothing", "quoted-printable", ""),
    ("quoted, spaces at ends", "quoted-printable", "een \t\ntwee=20  \n=\n"),
    ("quoted, no digits", "quoted-printable", "a=b =xy=4 =4g\n"),
    ("quoted, cut", "quoted-printable", "een twee ="),
    ("quoted, cut in a byte", "quoted-printable", "een twee =C"),
    ("quoted, return alone", "quoted-printable", "een=\rtwee=\r"),
    ("base64", "base64", "SWsgd2FjaHQg\nYWwgd2VrZW4u\n"),
    ("base64, one pad", "base64", "aG9pIQo=\n"),
    ("base64, two pads", "base64", "aG9pCg==\r\n"), ("base64, nothing", "base64", "\n\n"),
    ("base64, odd line lengths", "base64", "S\nWsgd2\nFjaHQgYW\nwgd2VrZW4u"),
    ("base64, no pads", "base64", "aG9pCg"), ("base64, one digit more", "base64", "aG9pA"),
    ("base64, more behind pads", "base64", "aG9pCg==aG9pCg==\n"),
    ("base64, pads alone", "base64", "====\n"), ("base64, three pads", "base64", "aG9pC===\n"),
    ("base64, foreign letters", "base64", "aG9p *IQo=\nund\u{e9}"),
  ]

  @Test(arguments: encoded) func `encoded contents are read as GMime reads them`(
    _ one: (name: String, encoding: String, body: String)
  ) {
    for type in ["text/plain; charset=utf-8", "application/pdf; name=x.pdf"] {
      let fields = "Content-Type: \(type)\nContent-Transfer-Encoding: \(one.encoding)\n\n"
      let mail = Array((Self.plain + fields + one.body).utf8)
      #expect(Self.isReadAlike(mail), "\(one.name)")
    }
  }

  @Test func `names and dates are read as GMime reads them`() {
    var random = SeededGenerator(seed: 77)
    let pieces = [
      "Jan", "de", "R.", "O'Neill", "Wilde", ",", "&", "-", ".", "'", " ", " ", "\"", "é", "(",
      "..",
      "=?utf-8?q?=C3=A9?=", "_", "x.y", "\\",
    ]
    for _ in 0..<2_000 {
      var name = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      if Bool.random(using: &random) { name = "\"\(name)\"" }
      let day = Int.random(in: 0...32, using: &random)
      let month = ["Jan", "Feb", "Apr", "Dec"].randomElement(using: &random) ?? ""
      let year = [1999, 2000, 2023, 2024, 2100].randomElement(using: &random) ?? 0
      let date = "Sun, \(day) \(month) \(year) 15:06:40 +0200"
      let mail = Array("From: \(name) <a@b.nl>\nDate: \(date)\n\nhoi".utf8)
      if !Self.isReadAlike(mail) {
        Issue.record("\(String(decoding: mail, as: UTF8.self).debugDescription)")
      }
    }
  }

  @Test func `all cases of this room are read alike`() {
    var quick = 0
    for one in headerCases + charsetCases + bodyCases + htmlCases + brokenCases {
      quick += Self.isOrdinary(one.mail) ? 1 : 0
      #expect(Self.isReadAlike(one.mail), "\(one.name)")
    }
    #expect(quick > 20)
  }

  @Test(arguments: 0..<16) func `broken copies of good mail are read alike`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed &+ 4_000)
    let mails =
      (headerCases + charsetCases + bodyCases + htmlCases + brokenCases).map(\.mail)
      + (Self.ordinary + Self.others).map { Array($0.mail.utf8) }
    let odd: [[UInt8]] = [
      "\n", "\r\n", "\r", " ", "\t", ":", ";", "\"", "\\", "--", "--b", "=?", "*", "\n\n", "<", ">",
      ",", "(", "Content-Type: text/html\n", "\0", "é", "@", ".", "=", "/", "\n-- \nTel: 1\n",
      "boundary=b", "multipart/mixed", "Content-Disposition: attachment\n",
    ].map { Array($0.utf8) }
    let isLong = ProcessInfo.processInfo.environment["HEARD_LONG_TESTS"] != nil
    for _ in 0..<(isLong ? 5_000 : 100) {
      guard var mail = mails.randomElement(using: &random), !mail.isEmpty else { continue }
      for _ in 0..<Int.random(in: 1..<4, using: &random) where !mail.isEmpty {
        let at = Int.random(in: 0..<mail.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: mail.remove(at: at)
        case 1:
          let length = Int.random(in: 1..<60, using: &random)
          mail.removeSubrange(at..<min(mail.count, at + length))
        case 2: mail.insert(contentsOf: mail[at..<min(mail.count, at + 60)], at: at)
        default: mail.insert(contentsOf: odd.randomElement(using: &random) ?? [], at: at)
        }
      }
      if !Self.isReadAlike(mail) {
        Issue.record("seed \(seed): \(String(decoding: mail, as: UTF8.self).debugDescription)")
      }
    }
  }
}
