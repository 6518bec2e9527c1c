import HeardText

@testable import HeardIntake
@testable import HeardMail
@testable import HeardRouter
@testable import HeardRouterTools
@testable import HeardSources

/// Mail, HTML, plain text and the zones in them.
enum MailTargets {
  static let all = [mail, page, plain, zones, header]

  private static let corpus = ["corpus/nl/mail", "corpus/pl/mail", "corpus/en/mail"]

  static let mail = FuzzTarget(
    name: "mail", seeds: corpus,
    words: [
      "Content-Type: ", "multipart/mixed; boundary=", "multipart/alternative; boundary=\"b\"",
      "text/plain; charset=", "text/html", "message/rfc822", "Content-Transfer-Encoding: ",
      "base64", "quoted-printable", "--b\n", "--b--\n", "=?utf-8?q?", "=?iso-8859-2?b?", "?=",
      "From: ", "Subject: ", "Date: ", "\r\n\r\n", "\n\n", "format=flowed", "filename*0*=",
      "utf-16", "utf-7", "windows-1250", "Auto-Submitted: ", "References: <a@b>", "=C5=81",
      "Content-Disposition: attachment", "koi8-r",
    ], limit: 8192
  ) { input in
    let message: Message
    do throws(MailError) {
      message = try MailReader().read(input.bytes)
    } catch {
      try hold(!error.message.isEmpty && error.offset >= 0, "an error that says nothing")
      return
    }
    try Laws.message(message)
    _ = Conversation(of: message)
    for found in PhoneSearch.numbers(in: message, language: .dutch) {
      let part = message.parts.first { $0.name == found.part }
      try hold(Int(found.range.end) <= part?.bytes.count ?? 0, "a number beyond its part")
    }
    // Law 8, and GMime reads ordinary mail as it is read without it.
    var reader = MailReader()
    reader.usesOnlyGMime = true
    let again = try reader.read(input.bytes)
    try hold(again.parts == message.parts && again.repairs == message.repairs, "not the same twice")
    try hold(
      again.headers == message.headers && again.sender == message.sender
        && again.recipients == message.recipients && again.date == message.date
        && again.id == message.id && again.attachments == message.attachments
        && again.automatic == message.automatic, "not the same as by GMime")
  }

  static let page = FuzzTarget(
    name: "html",
    words: [
      "<p>", "</p>", "<div>", "<br>", "<blockquote>", "</blockquote>", "<table><tr><td>", "<li>",
      "<style>", "</style>", "<script>", "<!--", "-->", "&amp;", "&#x1F621;", "&#0;", "&eacute",
      "<a href=\"", "class=\"gmail_quote\"", "id=\"divRplyFwdMsg\"", "<pre>", "<![CDATA[", "<?xml",
      "<html", "<meta charset=", "display:none", "<o:p>", "<hr>", "<title>",
    ]
  ) { input in
    let limit = [1 << 20, 64, 7, 1][input.choice(4)]
    let page = HTMLText(page: Array(input.text.utf8), limit: limit)
    try hold(page.bytes.count <= limit, "more text than the limit")
    try hold(String(validating: page.bytes, as: UTF8.self) != nil, "no UTF-8")
    var last = 0
    for mark in page.marks {
      try hold(mark.start >= last && mark.start <= page.bytes.count, "marks do not ascend")
      last = mark.start
    }
    try Laws.tile(Zoner.zones(of: DraftText(page), subject: .own), page.bytes, "page")
  }

  static let plain = FuzzTarget(
    name: "text", seeds: corpus,
    words: ["\u{FEFF}", "Ã©", "â‚¬", "ż", "\u{1F621}", "\r", "\r\n", "\0", "\u{2028}", "\u{85}"]
  ) { input in
    let charsets = [
      "", "utf-8", "us-ascii", "iso-8859-1", "iso-8859-2", "windows-1250", "windows-1252",
      "utf-16", "utf-16le", "utf-16be", "utf-7", "koi8-r", "iso-2022-jp", "gb18030", "big5",
      "nonsense", "x-user-defined", "hz-gb-2312", "utf-32", "ibm852",
    ]
    let charset = charsets[input.choice(charsets.count)]
    let message = PlainText.message(text: input.bytes, id: nil, charset: charset)
    try Laws.message(message)
    let again = PlainText.message(text: input.bytes, id: nil, charset: charset)
    try hold(again.parts == message.parts, "not the same twice")
    _ = MailReader.looksLikeMail(input.bytes)
  }

  static let zones = FuzzTarget(
    name: "zones", seeds: corpus,
    words: [
      "> ", ">> ", "\n-- \n", "On Mon, Jan 5, 2026 at 10:00 AM Jan <j@x.nl> wrote:\n",
      "Op ma 5 jan. 2026 om 10:00 schreef Jan <j@x.nl>:\n", "W dniu 5.01.2026 Jan napisał(a):\n",
      "-----Original Message-----\n", "-----Oorspronkelijk bericht-----\n",
      "Van: a@b.nl\nVerzonden: maandag\nAan: c\nOnderwerp: d\n", "From: a\nSent: b\nTo: c\n",
      "Met vriendelijke groet,\n", "Z poważaniem\n", "Kind regards,\n", "Sent from my iPhone\n",
      "---------- Forwarded message ---------\n", "Verstuurd vanaf mijn\n", "________________\n",
      "This e-mail is confidential", "Disclaimer", "Unsubscribe",
    ]
  ) { input in
    let subject: Zone? = [nil, .own, .quoted, .forwarded][input.choice(4)]
    let marks = input.choice(4)
    var draft = DraftText()
    if marks == 0 {
      draft.append(Array(input.text.utf8), zone: nil)
    } else {
      let zones: [Zone?] = [nil, .quoted, .signature, nil, .forwarded]
      for (index, piece) in input.text.split(
        separator: "\u{1}", omittingEmptySubsequences: false
      ).enumerated() {
        draft.append(Array(piece.utf8), zone: zones[(index + marks) % zones.count])
      }
    }
    try Laws.tile(Zoner.zones(of: draft, subject: subject), draft.bytes, "draft")
    _ = SubjectLine.zone(of: draft.bytes)
  }

  static let header = FuzzTarget(
    name: "header", seeds: corpus,
    words: [
      "X-Heard-Queue: x\n", "x-heard-tags:", "From ", "\n\n", "\r\n\r\n", "\n ", "\n\t", ":",
      "Received: a\n", "Return-Path: <>\r\n", "\u{FEFF}", "X-OTRS-Queue: x\n",
      "x-zammad-ticket-group:",
    ], limit: 1024
  ) { input in
    let system = TicketSystem.allCases[input.choice(TicketSystem.allCases.count)]
    let mail = input.bytes
    let block = HeaderBlock(mail)
    var at = block.start
    for field in block.fields {
      try hold(field.range.lowerBound >= at && !field.range.isEmpty, "fields do not ascend")
      at = field.range.upperBound
    }
    try hold(at <= mail.count, "a field beyond the mail")
    let fields =
      [(name: "X-Heard-Status", value: "ok"), (name: "X-Heard-Tags", value: "a, b")]
      + system.fields(queue: "desk", priority: "high")
    let tagged = HeaderWriter.write(fields, onto: mail, for: system)
    // A second writing takes the first away: what is delivered again looks as it did.
    try hold(
      HeaderWriter.write(fields, onto: tagged, for: system) == tagged,
      "writing twice changes the mail")
    if !block.isMissing, system == .generic {
      try hold(
        CanonicalMessage.bytes(of: tagged) == CanonicalMessage.bytes(of: mail),
        "our own fields change the canonical message")
    }
    let bare = HeaderWriter.write([], onto: tagged, for: system)
    let theirs = system.prefix ?? "x-heard-"
    try hold(
      !HeaderBlock(bare).fields.contains {
        $0.name.hasPrefix("x-heard-") || $0.name.hasPrefix(theirs)
      },
      "a field that was to be removed")
  }
}
