import HeardMail
import Testing

/// Repairs are few and hold no words of the sender.
struct RepairTests {
  private static func charsetMail(_ label: String, _ body: [UInt8]) -> [UInt8] {
    Array("From: a@x.nl\nContent-Type: text/plain; charset=\"\(label)\"\n\n".utf8) + body
  }

  private static let bodies: [[UInt8]] = [
    Array("Zażółć gęślą jaźń, één café\n".utf8),
    Array("Nu ".utf8) + [0xE9, 0xE9, 0x6E, 0x20, 0xB3, 0xBF, 0x0A],
    Array("Ik ".utf8) + [0xFF, 0xFE, 0x80, 0x81, 0x9D, 0x0A],
    Array("H\0o\0i\0 \0d\0a\0a\0r\0\n\0".utf8),
    Array("Zonder meer\n".utf8),
  ]

  @Test(arguments: [
    "latin-jan-jansen-06-12345678", "iso-8859-jan-jansen", "iso-8859-2,jan-jansen",
    "windows-1252,locale=jan-jansen", "utf-8,jan-jansen", "windows-1250//jan-jansen",
    "utf-16//jan-jansen", "jan-jansen", "koi8-r.jan-jansen", "cp850//IGNORE,jan-jansen",
    "mac//jan-jansen", "iso-8859-2 jan-jansen",
  ])
  func `a label that nobody knows is not shown`(_ label: String) throws {
    for body in Self.bodies {
      let word = "=?\(label.filter { $0 != " " })?q?=E9=FF_=B3?="
      // Long enough to be taken for text, NULs and all.
      let filling = String(repeating: "a", count: 500)
      let mail = Array("Subject: \(word)\nX-A: \(filling)\n".utf8) + Self.charsetMail(label, body)
      for repair in try MailReader().read(mail).repairs {
        #expect(!repair.detail.lowercased().contains("jan"), "\(repair)")
      }
    }
  }

  @Test func `a label that is known is shown`() throws {
    let repairs = try MailReader().read(Self.charsetMail("ISO-8859-2", Self.bodies[0])).repairs
    #expect(repairs.map(\.detail) == ["read as utf-8, labelled iso-8859-2"])
  }

  @Test func `as many repairs as senders please become a few`() throws {
    let words = (0..<20_000).map { "=?latin-\($0)?q?=C5=82?=" }
    var mail = "From: a@x.nl\n"
    for from in stride(from: 0, to: words.count, by: 50) {
      mail += "X-A: \(words[from..<from + 50].joined(separator: " "))\n"
    }
    mail += "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    for number in 0..<500 {
      mail += "--b\nContent-Type: text/plain; charset=windows-125\(number)\n\nźle\(number)\n"
    }
    let message = try MailReader().read(Array(mail.utf8))
    #expect(message.repairs.count < 20)
    #expect(Set(message.repairs).count == message.repairs.count)
    #expect(message.repairs.contains { $0.code == "truncated-multipart" })
    #expect(message.repairs.contains { $0.code == "charset-relabelled" })
  }

  @Test func `each kind of repair is there although one of them is often`() throws {
    var mail = "Subject: =?utf-8?q?=C5=82?=\nTo: é@x.nl\n"
    for page in 0..<9 { mail += "X-A: =?windows-125\(page)?q?=C5=82?=\n" }
    mail += "Content-Type: multipart/mixed\n\nx"
    let codes = try MailReader().read(Array(mail.utf8)).repairs.map(\.code)
    #expect(codes.filter { $0 == "charset-relabelled" }.count == 4)
    #expect(codes.contains("header-8bit") && codes.contains("multipart-without-boundary"))
  }
}
