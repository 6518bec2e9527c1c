import HeardMail
import HeardTestSupport
import Testing

/// Law 5 and law 9 over random bytes, random texts and broken copies of good mail.
struct PropertyTests {
  private static let pieces: [String] = [
    "\n", "\n\n", "\r\n", "> ", ">", "| ", "-- \n", "Op 3 mei schreef Jan <j@x.nl>:\n", "On ",
    "wrote:\n",
    "Van: ", "Aan: x\n", "Onderwerp: y\n", "From: a@x.nl\n", "Sent: nu\n", "Groeten,\n",
    "Pozdrawiam\n",
    "ik wacht ", "zażółć ", "één ", "Sent from my iPhone\n", "---- ", "Forwarded message ----\n",
    "é", "ł", "😡",
    "\u{200B}", "\u{A0}", "*", "_", "Unsubscribe\n", "Dodaj komentarz\n", "woord ", "a", ".", ":",
    "@", "<", "0",
    "vertrouwelijk geadresseerde openbaarmaking ",
    "lange zin die nog even door gaat en niet eindigt. ",
  ]

  @Test(arguments: 0..<8) func `zones tile random texts`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<250 {
      var text = ""
      for _ in 0..<Int.random(in: 0..<60, using: &random) {
        text += Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
      }
      let message = PlainText.message(text: Array(text.utf8), id: nil)
      if let problem = violation(of: message) {
        Issue.record("seed \(seed): \(problem): \(text.debugDescription)")
      }
    }
  }

  @Test(arguments: 0..<8) func `random bytes give a message or an error`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed &+ 1_000)
    for _ in 0..<250 {
      let bytes = (0..<Int.random(in: 0..<400, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      if let problem = violation(of: PlainText.message(text: bytes, id: nil)) {
        Issue.record("seed \(seed): \(problem): \(bytes)")
      }
      guard let message = try? MailReader().read(bytes) else { continue }
      if let problem = violation(of: message) { Issue.record("seed \(seed): \(problem): \(bytes)") }
    }
  }

  @Test(arguments: 0..<8) func `a page of even bytes is no text`(_ seed: UInt64) {
    // As of what is compressed or encrypted; such bytes must not be judged on the toss of a coin.
    var random = SeededGenerator(seed: seed &+ 3_000)
    for _ in 0..<50 {
      // The first bytes could be a mark of UTF-16.
      let bytes = [0x21] + (0..<8_000).map { _ in UInt8.random(in: 0...255, using: &random) }
      guard !bytes.prefix(64).contains(0) else { continue }
      let error = #expect(throws: MailError.self) { try MailReader().read(bytes) }
      #expect(error?.code == .notText)
    }
  }

  @Test(arguments: 0..<8) func `broken copies of good mail are read`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed &+ 2_000)
    let mails = (headerCases + charsetCases + bodyCases + htmlCases + brokenCases).map(\.mail)
    for _ in 0..<250 {
      var mail = mails[Int.random(in: 0..<mails.count, using: &random)]
      for _ in 0..<Int.random(in: 1..<8, using: &random) where !mail.isEmpty {
        let at = Int.random(in: 0..<mail.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: mail[at] = UInt8.random(in: 0...255, using: &random)
        case 1: mail.remove(at: at)
        case 2: mail.insert(UInt8.random(in: 0...255, using: &random), at: at)
        case 3: mail.removeSubrange(at..<min(mail.count, at + 40))
        default: mail.insert(contentsOf: mail[at..<min(mail.count, at + 60)], at: at)
        }
      }
      guard let message = try? MailReader().read(mail) else { continue }
      if let problem = violation(of: message) { Issue.record("seed \(seed): \(problem): \(mail)") }
    }
  }

  @Test func `the same bytes give the same message`() throws {
    for example in htmlCases + bodyCases {
      let first = try MailReader().read(example.mail)
      let second = try MailReader().read(example.mail)
      #expect(first.parts == second.parts)
      #expect(first.repairs == second.repairs)
    }
  }

  @Test(arguments: [
    ("From: a@x.nl\nSubject: s\n\nx", true), ("Received: x\n by y\nFrom: a\n\n", true),
    ("From a@x.nl Tue\nFrom: a@x.nl\nTo: b\n\n", true), ("Hallo,\nik wil klagen", false),
    ("Subject: dit is gewoon tekst\n\nnog meer", false), ("", false),
    ("Let op: dit is tekst\nDatum: x\n", false),
  ])
  func `mail is told from text`(_ text: String, _ isMail: Bool) {
    #expect(MailReader.looksLikeMail(Array(text.utf8)) == isMail)
  }
}
