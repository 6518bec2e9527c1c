import HeardMail
import HeardText
import Testing

struct ZoneTests {
  @Test(arguments: zoneCases)
  func `own text is what the sender wrote`(_ example: ZoneCase) {
    let message = PlainText.message(text: Array(example.text.utf8), id: nil)
    #expect(violation(of: message) == nil)
    #expect(collapsed(message.text(.own)) == example.own)
  }

  /// Each attribution with quoted lines under it, and with a quotation that nothing marks.
  @Test(arguments: attributions)
  func `an attribution is quoted with what follows it`(_ attribution: String) {
    for quotation in ["> oude regel\n> nog een", "oude regel\n\nnog een"] {
      let text = "Dit is mijn eigen tekst.\n\n\(attribution)\n\n\(quotation)\n"
      let message = PlainText.message(text: Array(text.utf8), id: nil)
      #expect(violation(of: message) == nil)
      #expect(collapsed(message.text(.own)) == "Dit is mijn eigen tekst.")
      #expect(message.text(.quoted).contains("nog een"))
    }
  }

  @Test(arguments: headerBlocks)
  func `a header block is quoted with what follows it`(_ block: String) {
    let text = "Eigen tekst.\n\n\(block)\n\noude tekst die niet telt\n"
    let message = PlainText.message(text: Array(text.utf8), id: nil)
    #expect(violation(of: message) == nil)
    #expect(collapsed(message.text(.own)) == "Eigen tekst.")
  }

  @Test(arguments: forwardMarks)
  func `a forwarded message is forwarded`(_ mark: String) {
    let text = "Wie pakt dit op?\n\n\(mark)\nVan: Jan <j@x.nl>\nDatum: 3 mei\n\nHet is kapot.\n"
    let message = PlainText.message(text: Array(text.utf8), id: nil)
    #expect(collapsed(message.text(.own)) == "Wie pakt dit op?")
    #expect(message.text(.forwarded).contains("Het is kapot."))
  }

  @Test(arguments: [
    ("Re: klacht", Zone.quoted), ("RE[2]: klacht", .quoted), ("Antw: klacht", .quoted),
    ("Odp: faktura", .quoted), ("AW: Frage", .quoted), ("SV: spm", .quoted), ("Re^2: x", .quoted),
    ("[lijst] Re: x", .quoted), ("Fwd: klacht", .forwarded), ("FW: klacht", .forwarded),
    ("Doorst: klacht", .forwarded), ("PD: reklamacja", .forwarded), ("WG: Frage", .forwarded),
    ("Reparatie: wanneer?", .own), ("Klacht", .own), ("Betreft: klacht", .own),
    ("Regarding: x", .own),
  ])
  func `a subject's prefix says whose it is`(_ subject: String, _ zone: Zone) throws {
    let message = try MailReader().read(Array("Subject: \(subject)\nFrom: a@x.nl\n\nx\n".utf8))
    #expect(message.parts.first?.zones.map(\.zone) == [zone])
  }

  @Test func `forwarded text is scored only when nothing is own`() throws {
    let tail = "---------- Forwarded message ---------\nVan: j@x.nl\n\nHet is kapot.\n"
    let head = "From: a@x.nl\nSubject: Fwd: x\n\n"
    let bare = try MailReader().read(Array((head + tail).utf8))
    #expect(bare.scoredZone == .forwarded)
    let greeted = try MailReader().read(
      Array((head + "Met vriendelijke groet,\nJan\n\n" + tail).utf8))
    #expect(greeted.scoredZone == .forwarded)
    let commented = try MailReader().read(Array((head + "Wat vindt u hiervan?\n\n" + tail).utf8))
    #expect(commented.scoredZone == .own)
    let block = "Van: j@x.nl\nVerzonden: maandag\nAan: ik@x.nl\nOnderwerp: x\n\nHet is kapot.\n"
    let outlook = try MailReader().read(Array((head + block).utf8))
    #expect(outlook.scoredZone == .forwarded)
  }

  @Test(arguments: ["klacht mevrouw Bakker", "", "Fwd: x"])
  func `a subject of its own hides nothing that is passed on`(_ subject: String) throws {
    let tail = "---------- Forwarded message ---------\nVan: j@x.nl\n\nHet is kapot.\n"
    for pointer in ["", "Zie onder.\n\n"] {
      let mail = "From: a@x.nl\nSubject: \(subject)\n\n\(pointer)\(tail)"
      let message = try MailReader().read(Array(mail.utf8))
      #expect(message.scoredZone == .forwarded)
      // The sender's own word on what he passes on counts with it.
      #expect(message.parts.allSatisfy { !$0.zones.map(\.zone).contains(.own) })
    }
  }

  @Test func `an enclosed mail alone is scored`() throws {
    let message = try MailReader().read(
      Array(
        "From: a@x.nl\nSubject: Vraag\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\nFrom: b@y.nl\nSubject: klacht\n\nHet is kapot.\n"
          .utf8))
    #expect(message.scoredZone == .forwarded)
    #expect(message.text(.forwarded).contains("Het is kapot."))
  }

  @Test func `a subject alone is scored where the body has no text`() throws {
    let message = try MailReader().read(Array("From: a@x.nl\nSubject: Het is kapot\n\n".utf8))
    #expect(message.scoredZone == .own)
    #expect(message.text(.own, of: .subject) == "Het is kapot")
  }

  @Test(arguments: [
    ("klacht", "", Zone.own), ("klacht", "Nieuw bericht\n\n", .own), ("Re: klacht", "", .quoted),
    ("klacht", "Dank u, het is opgelost.\n\n", .quoted),
    ("Re: klacht", "Dank u\n\n", .quoted),
  ])
  func `fields that open a mail are a form's`(
    _ subject: String, _ above: String, _ zone: Zone
  ) throws {
    let body = "\(above)Van: Jan <j@x.nl>\nDatum: 3 mei 2025\nOnderwerp: lamp\n\nHet is kapot.\n"
    let message = try MailReader().read(
      Array("From: a@x.nl\nSubject: \(subject)\n\n\(body)".utf8))
    #expect(message.text(zone).contains("Het is kapot."))
  }

  @Test(arguments: [
    // What says that it quotes.
    ("<blockquote type=\"cite\">oud</blockquote><p>nieuw</p>", "nieuw"),
    ("<blockquote type=CITE>oud</blockquote><p>nieuw</p>", "nieuw"),
    ("<blockquote cite=\"mid:1@x\">oud</blockquote><p>nieuw</p>", "nieuw"),
    ("<blockquote class=\"gmail_quote\">oud</blockquote><p>nieuw</p>", "nieuw"),
    ("<blockquote type=cite><blockquote>ouder</blockquote>oud</blockquote><p>nieuw</p>", "nieuw"),
    // An attribution before it; text below it is an answer.
    (
      "<p>Op 3 mei 2024 om 12:10 schreef Jan &lt;j@x.nl&gt;:</p><blockquote style=\"margin:0\">oud</blockquote><p>nieuw</p>",
      "nieuw"
    ),
    (
      "<p>nieuw</p><p>Jan &lt;j@x.nl&gt; schreef:</p><blockquote><p>oud</p><p>ook oud</p></blockquote><p>onder</p>",
      "nieuw onder"
    ),
    (
      "<p>nieuw</p><blockquote><b>Van:</b> Winkel &lt;w@x.nl&gt;<br><b>Verzonden:</b> maandag<br><b>Onderwerp:</b> o<br><br>oud</blockquote><p>onder</p>",
      "nieuw onder"
    ),
    // A button that indents.
    ("<blockquote style=\"margin:0 0 0 40px;border:none;padding:0\">mijn</blockquote>", "mijn"),
    ("<p>een</p><blockquote>twee<blockquote>drie</blockquote></blockquote>", "een twee drie"),
    ("<p>Dit is er mis:</p><blockquote>kapot</blockquote>", "Dit is er mis: kapot"),
    // Outlook's header makes everything after it quoted, moved in or not.
    ("<p>nieuw</p><div id=appendonsend></div><blockquote>oud</blockquote>oud", "nieuw"),
  ])
  func `a block of mark-up quotes when it says so`(_ page: String, _ own: String) throws {
    let message = try MailReader().read(
      Array("From: a@x.nl\nContent-Type: text/html; charset=utf-8\n\n\(page)\n".utf8))
    #expect(violation(of: message) == nil)
    #expect(collapsed(message.text(.own)) == own)
  }

  @Test(arguments: whollyOwn)
  func `what a customer says is his own wherever it stands`(_ text: String) throws {
    for message in [
      PlainText.message(text: Array(text.utf8), id: nil),
      try MailReader().read(Array("From: a@x.nl\nSubject: vraag\n\n\(text)\n".utf8)),
    ] {
      #expect(violation(of: message) == nil)
      #expect(collapsed(message.text(.own)) == collapsed(text))
    }
  }

  @Test func `only pages have stray lines`() throws {
    let long = String(repeating: "Op dinsdag kocht ik bij u een wasmachine die nu lekt. ", count: 5)
    let prose = Array(repeating: long, count: 4).joined(separator: "\n\n")
    func own(_ line: String, isMail: Bool) throws -> Bool {
      let text = "\(prose)\n\n\(line)\n\n\(prose)\n"
      let message =
        isMail
        ? try MailReader().read(Array("From: a@x.nl\n\n\(text)".utf8))
        : PlainText.message(text: Array(text.utf8), id: nil)
      return message.text(.own).contains(line)
    }
    #expect(try !own("hoe oud is amanda steele", isMail: false))
    #expect(try own("hoe oud is amanda steele", isMail: true))
    for line in [
      "dit is echt schandalig en onacceptabel", "this is outrageous and unacceptable",
      "to jest skandal i oszustwo", "schandalig slechte service alweer", "wat moet ik nu doen",
      "Ik Ben Echt Woedend", "Dit Is Een Grof Schandaal",
    ] {
      #expect(try own(line, isMail: false), "\(line)")
    }
  }

  @Test func `a page's footer inside a line is not a customer's`() {
    let long = String(
      repeating: "Ik kocht in maart een bank en wacht daar nog steeds op. ", count: 20)
    let quoting =
      long + "Your app says You must have JavaScript enabled and All rights reserved, "
      + "and I am furious."
    let message = PlainText.message(text: Array(quoting.utf8), id: nil)
    #expect(message.text(.own) == quoting)
    let page =
      long + "You must have JavaScript enabled to go on. Copyright © 2022. All rights reserved."
    let scraped = PlainText.message(text: Array(page.utf8), id: nil)
    #expect(scraped.text(.own) == long)
  }
}
