import HeardMail

private func multipart(_ subtype: String, _ parts: [String], end: Bool = true) -> String {
  "From: a@x.nl\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/\(subtype); boundary=\"b1\"\n\n"
    + parts.map { "--b1\n\($0)\n" }.joined() + (end ? "--b1--\n" : "")
}

private func plain(_ text: String) -> String {
  "Content-Type: text/plain; charset=utf-8\n\n\(text)"
}
private func attached(_ text: String) -> String {
  "Content-Type: text/plain\nContent-Disposition: attachment; filename=x.txt\n\n\(text)"
}
private func html(_ text: String) -> String { "Content-Type: text/html; charset=utf-8\n\n\(text)" }
private func page(_ text: String) -> String {
  "From: a@x.nl\nContent-Type: text/html; charset=utf-8\n\n\(text)\n"
}

let bodyCases: [MailCase] = [
  MailCase(
    "alternative: plain is taken once",
    multipart("alternative", [plain("Ik wacht al weken."), html("<p>Ik wacht al weken.</p>")])
  )
  .with { $0.body = "Ik wacht al weken." },
  MailCase(
    "alternative: empty plain",
    multipart("alternative", [plain("  \n\n"), html("<p>Alles is stuk</p>")])
  ).with { $0.body = "Alles is stuk" },
  MailCase(
    "alternative: stub in Dutch",
    multipart("alternative", [plain("Bekijk dit bericht in HTML."), html("<p>Te laat</p>")])
  ).with { $0.body = "Te laat" },
  MailCase(
    "alternative: stub in Polish",
    multipart(
      "alternative",
      [plain("Twój program pocztowy nie obsługuje wiadomości HTML."), html("<p>Za późno</p>")])
  )
  .with { $0.body = "Za późno" },
  MailCase("alternative: HTML only", multipart("alternative", [html("<p>Niks gehoord</p>")])).with {
    $0.body = "Niks gehoord"
  },
  MailCase(
    "alternative: HTML first", multipart("alternative", [html("<p>rijk</p>"), plain("kaal")])
  ).with { $0.body = "kaal" },
  MailCase(
    "alternative with related and a picture",
    multipart(
      "alternative",
      [
        plain("Zie foto."),
        "Content-Type: multipart/related; boundary=b2\n\n--b2\n\(html("<p>Zie foto.</p>"))\n--b2\nContent-Type: image/png; name=scherm.png\nContent-Transfer-Encoding: base64\n\nAAAA\n--b2--",
      ])
  )
  .with {
    $0.body = "Zie foto."
    $0.attachments = ["scherm.png"]
  },
  MailCase(
    "alternative with calendar",
    multipart(
      "alternative",
      [plain("Afspraak"), "Content-Type: text/calendar; name=a.ics\n\nBEGIN:VCALENDAR"])
  )
  .with {
    $0.body = "Afspraak"
    $0.attachments = ["a.ics"]
  },
  MailCase("mixed: two texts", multipart("mixed", [plain("Eerste deel."), plain("Tweede deel.")]))
    .with { $0.body = "Eerste deel. Tweede deel." },
  MailCase(
    "mixed: attachment of text",
    multipart(
      "mixed",
      [
        plain("Zie bijlage."),
        "Content-Type: text/plain; name=log.txt\nContent-Disposition: attachment; filename=log.txt\n\nverschrikkelijk slecht",
      ])
  )
  .with {
    $0.body = "Zie bijlage."
    $0.attachments = ["log.txt"]
  },
  MailCase(
    "the only text, as an attachment",
    "From: a@x.nl\nContent-Type: text/plain; name=brief.txt\nContent-Disposition: attachment\n\nIk ben woedend.\n"
  )
  .with {
    $0.own = "Ik ben woedend."
    $0.attachments = []
    $0.isClean = true
  },
  MailCase(
    "the only page, as an attachment",
    "From: a@x.nl\nContent-Type: text/html\nContent-Disposition: attachment\n\n<p>Te laat.</p>\n"
  )
  .with {
    $0.own = "Te laat."
    $0.attachments = []
  },
  MailCase(
    "alternative: an attachment alone",
    multipart("alternative", [attached("Ik ben woedend.")])
  )
  .with {
    $0.own = "Ik ben woedend."
    $0.attachments = []
    $0.isClean = true
  },
  MailCase(
    "alternative: an attachment beside the text",
    multipart("alternative", [attached("bijlage"), html("<p>Te laat.</p>")])
  )
  .with {
    $0.own = "Te laat."
    $0.attachments = ["x.txt"]
    $0.isClean = true
  },
  MailCase(
    "alternative in mixed: nothing but attachments",
    multipart(
      "mixed",
      [
        "Content-Type: multipart/alternative; boundary=b2\n\n--b2\n\(attached("bijlage"))\n--b2--",
        "Content-Type: image/png; name=a.png\n\nx",
      ])
  )
  .with {
    $0.body = ""
    $0.attachments = ["x.txt", "a.png"]
    $0.repairs = ["no-text"]
  },
  MailCase(
    "a letter that is attached to nothing", multipart("mixed", [plain(" \n"), attached("bijlage")])
  )
  .with {
    $0.body = ""
    $0.attachments = ["x.txt"]
    $0.repairs = ["no-text"]
  },
  MailCase(
    "nothing but a picture",
    multipart("mixed", [plain(" \n"), "Content-Type: image/png; name=a.png\n\nx"])
  )
  .with {
    $0.attachments = ["a.png"]
    $0.isClean = true
  },
  MailCase(
    "related: its picture first",
    multipart(
      "related",
      ["Content-Type: image/png; name=a.png\nContent-ID: <a>\n\nx", html("<p>Alles is stuk.</p>")])
  )
  .with {
    $0.own = "Alles is stuk."
    $0.attachments = ["a.png"]
    $0.isClean = true
  },
  MailCase(
    "related: a telephone's",
    multipart(
      "related",
      ["Content-Type: application/smil\n\n<smil>", plain("Eerst."), plain("Daarna.")])
  )
  .with { $0.own = "Eerst. Daarna." },
  MailCase(
    "related: what a page shows is not read twice",
    multipart("related", [html("<p>Stuk.</p>"), plain("Stuk.")])
  )
  .with { $0.own = "Stuk." },
  MailCase(
    "filename of RFC 2231",
    multipart(
      "mixed",
      [
        plain("x"),
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename*0*=utf-8''zg%C5%82os; filename*1*=zenie.pdf\n\nabc",
      ])
  )
  .with { $0.attachments = ["zgłoszenie.pdf"] },
  MailCase(
    "filename in an encoded word",
    multipart(
      "mixed",
      [plain("x"), "Content-Type: application/pdf; name=\"=?utf-8?Q?fakt=C3=BAra.pdf?=\"\n\nabc"])
  )
  .with { $0.attachments = ["faktúra.pdf"] },
  MailCase(
    "signed",
    multipart(
      "signed", [plain("Getekend."), "Content-Type: application/pgp-signature; name=s.asc\n\nx"])
  ).with { $0.body = "Getekend." },
  MailCase(
    "enclosed message is forwarded",
    multipart(
      "mixed",
      [
        plain("Zie onder."),
        "Content-Type: message/rfc822\n\nFrom: b@y.nl\nSubject: Kapotte lamp\n\nDe lamp is stuk.",
      ])
  )
  .with {
    $0.own = ""
    $0.forwarded = "Kapotte lamp De lamp is stuk."
  },
  MailCase(
    "flowed",
    "From: a@x.nl\nContent-Type: text/plain; charset=utf-8; format=flowed\n\nDit is een \nlange regel.\n> geciteerd \n> vervolg\n-- \nJan\n"
  )
  .with { $0.own = "Dit is een lange regel." },
  MailCase(
    "flowed with delsp",
    "From: a@x.nl\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\nklanten \nservice\n"
  ).with { $0.own = "klantenservice" },
  MailCase(
    "space-stuffed",
    "From: a@x.nl\nContent-Type: text/plain; format=flowed\n\n >niet geciteerd\n From hier\n"
  ).with { $0.body = ">niet geciteerd From hier" },
]

let htmlCases: [MailCase] = [
  MailCase(
    "entities and no-break spaces", page("<p>Caf&eacute;&nbsp;&amp; meer &#8364;5 &lt;b&gt;</p>")
  ).with { $0.own = "Café & meer €5 <b>" },
  MailCase(
    "script, style, title",
    page(
      "<html><head><title>t</title><style>p{}</style><script>alert('slecht')</script></head><body>goed</body></html>"
    )
  ).with { $0.own = "goed" },
  MailCase(
    "hidden preheader", page("<div style=\"display:none;font-size:1px\">voorproef</div><p>echt</p>")
  ).with { $0.own = "echt" },
  MailCase(
    "lists and tables", page("<ul><li>een<li>twee</ul><table><tr><td>a</td><td>b</td></tr></table>")
  ).with { $0.own = "- een - twee a b" },
  MailCase("blocks are not glued", page("<div>Stuk.</div><div>Alweer.</div>Nu<br>dit")).with {
    $0.own = "Stuk. Alweer. Nu dit"
  },
  MailCase("inline marks do not break words", page("<p>on<b>tevr</b>eden</p>")).with {
    $0.own = "ontevreden"
  },
  MailCase("unclosed and crossed", page("<p>een<b>twee<i>drie</b>vier</i><div>vijf")).with {
    $0.own = "eentweedrievier vijf"
  },
  MailCase(
    "Gmail",
    page(
      "<div dir=ltr>Mijn antwoord.</div><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">Op ma 4 mrt 2024 om 10:00 schreef Jan &lt;<a href=x>j@x.nl</a>&gt;:<br></div><blockquote class=\"gmail_quote\">oud slecht</blockquote></div>"
    )
  )
  .with { $0.own = "Mijn antwoord." },
  MailCase(
    "Gmail forward",
    page(
      "<div>Zie.</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">---------- Forwarded message ---------<br>Van: b</div>Het is kapot.</div>"
    )
  )
  .with {
    $0.own = "Zie."
    $0.forwarded = "---------- Forwarded message --------- Van: b Het is kapot."
  },
  MailCase(
    "Thunderbird",
    page(
      "<div class=\"moz-cite-prefix\">Op 4-3-2024 schreef Jan:<br></div><blockquote type=\"cite\">oud</blockquote><p>Nieuw.</p>"
    )
  ).with { $0.own = "Nieuw." },
  MailCase(
    "Outlook on the web",
    page(
      "<div>Ik wil mijn geld terug.</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>Van:</b> x</div><div>oude tekst</div>"
    )
  ).with { $0.own = "Ik wil mijn geld terug." },
  MailCase(
    "Outlook header block",
    page(
      "<p>Nee, dank u.</p><div style='border-top:solid 1pt'><p><b>Van:</b> Winkel &lt;w@x.nl&gt;<br><b>Verzonden:</b> maandag<br><b>Aan:</b> ik<br><b>Onderwerp:</b> o</p></div><p>oud</p>"
    )
  ).with { $0.own = "Nee, dank u." },
  MailCase("Yahoo", page("<div>Dzień dobry.</div><div class=\"yahoo_quoted\">W dniu…</div>")).with {
    $0.own = "Dzień dobry."
  },
  MailCase(
    "Gmail signature", page("<div>Tekst.</div><div class=\"gmail_signature\">Jan<br>06-1</div>")
  ).with { $0.own = "Tekst." },
  MailCase(
    "charset in meta",
    "From: a@x.nl\nContent-Type: text/html\n\n<meta charset=windows-1250><p>Za\u{BF}alenie</p>\n",
    isLatin1: true
  ).with { $0.own = "Zażalenie" },
  MailCase("meta that lies", page("<meta charset=iso-8859-1><p>één</p>")).with { $0.own = "één" },
  MailCase(
    "answers between quotations",
    page(
      "<blockquote type=cite>vraag 1</blockquote><div>antwoord 1</div><blockquote type=cite>vraag 2</blockquote><div>antwoord 2</div>"
    )
  ).with { $0.own = "antwoord 1 antwoord 2" },
]

let brokenCases: [MailCase] = [
  MailCase("multipart without end", multipart("mixed", [plain("Nog te lezen.")], end: false))
    .with {
      $0.own = "Nog te lezen."
      $0.repairs = ["truncated-multipart"]
    },
  MailCase(
    "multipart without boundary",
    "From: a@x.nl\nContent-Type: multipart/mixed\n\nTekst zonder grens.\n"
  ).with { $0.repairs = ["multipart-without-boundary"] },
  MailCase("type without subtype", "From: a@x.nl\nContent-Type: text\n\nToch tekst.\n").with {
    $0.own = "Toch tekst."
  },
  MailCase(
    "empty line forgotten", "From: a@x.nl\nSubject: s\nhier begint de tekst al\nen gaat door\n"
  )
  .with {
    $0.own = "hier begint de tekst al en gaat door"
    $0.repairs = ["bad-header"]
  },
  MailCase(
    "a line that is no field among fields",
    "From: a@x.nl\nrommel zonder zin\nSubject: toch\n\ntekst\n"
  )
  .with {
    $0.subject = "toch"
    $0.own = "tekst"
  },
  MailCase(
    "two content types",
    multipart("alternative", [plain("foo"), html("<p>foo</p>")]).replacingFirst(
      "\n\n", "\nContent-Type: text/plain\n\n")
  )
  .with { $0.body = "foo" },
  MailCase("no header at all", "Hallo,\n\nik wil klagen.\n")
    .with {
      $0.own = "Hallo, ik wil klagen."
      $0.repairs = ["no-headers"]
    },
  MailCase("headers only", "From: a@x.nl\nSubject: alles in het onderwerp\n").with {
    $0.subject = "alles in het onderwerp"
  },
  MailCase("part without headers", multipart("mixed", ["\nkale tekst"])).with {
    $0.own = "kale tekst"
  },
  MailCase("empty parts", multipart("mixed", ["", "", plain("x")])).with { $0.own = "x" },
]

extension String {
  fileprivate func replacingFirst(_ old: String, _ new: String) -> String {
    guard let found = range(of: old) else { return self }
    return replacingCharacters(in: found, with: new)
  }

  private func range(of text: String) -> Range<String.Index>? {
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(text) { return at..<index(at, offsetBy: text.count) }
      at = index(after: at)
    }
    return nil
  }

  private func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
