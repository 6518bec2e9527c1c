import HeardMail
import Testing

/// One mail and what must be read of it.
///
/// Fields that are nil are not looked at.
struct MailCase: Sendable, CustomTestStringConvertible {
  let name: String
  let mail: [UInt8]
  var subject: String?
  /// The body in zone `own`, white space collapsed.
  var own: String?
  /// The whole body, white space collapsed.
  var body: String?
  var forwarded: String?
  var sender: Mailbox?
  var recipients: [String]?
  var attachments: [String]?
  var date: Int64?
  var id: String?
  /// Codes that must be among the repairs.
  var repairs: [String] = []
  var isClean = false

  var testDescription: String { name }

  init(_ name: String, _ mail: String, isLatin1: Bool = false) {
    self.name = name
    // In tables of single-byte mail each character up to U+00FF stands for its byte.
    self.mail =
      isLatin1 ? mail.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(mail.utf8)
  }

  func with(_ change: (inout MailCase) -> Void) -> MailCase {
    var copy = self
    change(&copy)
    return copy
  }
}

struct MailCaseTests {
  @Test(arguments: headerCases + charsetCases + bodyCases + htmlCases + brokenCases)
  func `a mail is read as written`(_ example: MailCase) throws {
    try check(example, example.mail)
  }

  @Test(arguments: headerCases + bodyCases + htmlCases + brokenCases)
  func `line ends make no difference`(_ example: MailCase) throws {
    var crlf: [UInt8] = []
    for byte in example.mail where byte != 0x0D {
      if byte == 0x0A { crlf.append(0x0D) }
      crlf.append(byte)
    }
    try check(example, crlf)
  }

  private func check(_ example: MailCase, _ bytes: [UInt8]) throws {
    let message = try MailReader().read(bytes)
    #expect(violation(of: message) == nil)
    if let subject = example.subject { #expect(message.subject == subject) }
    if let own = example.own { #expect(collapsed(message.text(.own)) == own) }
    if let body = example.body { #expect(collapsed(message.body) == body) }
    if let text = example.forwarded { #expect(collapsed(message.text(.forwarded)) == text) }
    if let sender = example.sender { #expect(message.sender == sender) }
    if let all = example.recipients { #expect(message.recipients.map(\.address) == all) }
    if let all = example.attachments { #expect(message.attachments.map(\.filename) == all) }
    if let date = example.date { #expect(message.date == date) }
    if let id = example.id { #expect(message.id == id) }
    for code in example.repairs {
      #expect(message.repairs.contains { $0.code == code }, "\(message.repairs)")
    }
    if example.isClean { #expect(message.repairs.isEmpty) }
  }
}

let headerCases: [MailCase] = [
  MailCase(
    "plain mail",
    "From: Sanne <sanne@voorbeeld.nl>\nTo: klant@winkel.nl\nSubject: Kapot\n\nHet is stuk.\n"
  )
  .with {
    $0.subject = "Kapot"
    $0.own = "Het is stuk."
    $0.sender = Mailbox(name: "Sanne", address: "sanne@voorbeeld.nl")
    $0.recipients = ["klant@winkel.nl"]
    $0.isClean = true
  },
  MailCase("encoded word in Q", "Subject: =?utf-8?Q?B=C5=82=C4=85d_w_fakturze?=\n\nx\n")
    .with { $0.subject = "Błąd w fakturze" },
  MailCase("encoded word in B", "Subject: =?UTF-8?B?UmVrbGFtYWNqYSBidXTDs3c=?=\n\nx\n")
    .with { $0.subject = "Reklamacja butów" },
  MailCase(
    "character over two words",
    "Subject: =?utf-8?B?xYJ1xbw=?= =?utf-8?B?xA==?= =?utf-8?B?hQ==?=\n\nx\n"
  )
  .with { $0.subject = "łużą" },
  MailCase(
    "padding in each of several words",
    "Subject: =?utf-8?B?T25zIA==?=\n =?utf-8?B?Z2VzcHJlayA=?=\n =?utf-8?Q?nu?=\n\nx\n"
  )
  .with { $0.subject = "Ons gesprek nu" },
  MailCase("word with language", "Subject: =?iso-8859-1*nl?Q?re=EBel?=\n\nx\n").with {
    $0.subject = "reëel"
  },
  MailCase("word in lower case", "Subject: =?windows-1250?q?=BFal?=\n\nx\n").with {
    $0.subject = "żal"
  },
  MailCase("spaces inside a word", "Subject: =?utf-8?Q?te laat bezorgd?=\n\nx\n").with {
    $0.subject = "te laat bezorgd"
  },
  MailCase("word without end", "Subject: =?utf-8?Q?kapot_geleverd\n\nx\n").with {
    $0.subject = "kapot geleverd"
  },
  MailCase("word glued to text", "Subject: Klacht:=?utf-8?Q?_=E2=82=AC5?= te veel\n\nx\n").with {
    $0.subject = "Klacht: €5 te veel"
  },
  MailCase("word in an unknown charset", "Subject: =?x-nobody?Q?caf=C3=A9?=\n\nx\n")
    .with {
      $0.subject = "café"
      $0.repairs = ["charset-unknown"]
    },
  MailCase("word with a wrong label", "Subject: =?us-ascii?Q?reklamacja_=B3=B9cza?=\n\nx\n")
    .with {
      $0.subject = "reklamacja łącza"
      $0.repairs = ["charset-relabelled"]
    },
  MailCase("equals sign and question mark in clear", "Subject: Is 2+2=? dat klopt niet?=\n\nx\n")
    .with { $0.subject = "Is 2+2=? dat klopt niet?=" },
  MailCase("UTF-8 in clear", "Subject: Żądam zwrotu\nFrom: Łukasz <l@x.pl>\n\nx\n")
    .with {
      $0.subject = "Żądam zwrotu"
      $0.sender = Mailbox(name: "Łukasz", address: "l@x.pl")
      $0.repairs = ["header-8bit"]
    },
  MailCase(
    "windows-1250 in clear", "Subject: Za\u{BF}alenie na obs\u{B3}ug\u{EA}\n\nx\n", isLatin1: true
  )
  .with {
    $0.subject = "Zażalenie na obsługę"
    $0.repairs = ["header-8bit"]
  },
  MailCase("folded over lines", "Subject: een heel\n lang\n\tonderwerp\n\nx\n").with {
    $0.subject = "een heel lang onderwerp"
  },
  MailCase("two subjects", "Subject: eerste\nSubject: tweede\n\nx\n").with {
    $0.subject = "eerste"
  },
  MailCase("no subject", "From: a@b.nl\n\nhallo\n").with { $0.own = "hallo" },
  MailCase("encoded name", "From: =?utf-8?Q?Micha=C5=82_Nowak?= <m@x.pl>\n\nx\n")
    .with { $0.sender = Mailbox(name: "Michał Nowak", address: "m@x.pl") },
  MailCase("encoded name in quotes", "From: \"=?utf-8?Q?Zo=C3=AB?=\" <z@x.nl>\n\nx\n")
    .with { $0.sender = Mailbox(name: "Zoë", address: "z@x.nl") },
  MailCase("comma in a quoted name", "From: \"Vries, Mark de\" <m@x.nl>\n\nx\n")
    .with { $0.sender = Mailbox(name: "Vries, Mark de", address: "m@x.nl") },
  MailCase(
    "recipients of all fields, each once",
    "From: a@x.nl\nTo: b@x.nl, C <c@x.nl>\nCc: groep: d@x.nl, b@x.nl;\nDelivered-To: e@x.nl\n\nx\n"
  )
  .with { $0.recipients = ["b@x.nl", "c@x.nl", "d@x.nl", "e@x.nl"] },
  MailCase("date with zone", "Date: Tue, 05 Mar 2024 10:00:00 +0100\nFrom: a@x.nl\n\nx\n").with {
    $0.date = 1_709_629_200
  },
  MailCase("date without weekday", "Date: 5 Mar 2024 09:00 GMT\nFrom: a@x.nl\n\nx\n").with {
    $0.date = 1_709_629_200
  },
  MailCase("message id", "Message-ID: <abc.1@host>\nFrom: a@x.nl\n\nx\n").with {
    $0.id = "abc.1@host"
  },
  MailCase(
    "mbox line", "From sanne@x.nl Tue Mar 5 10:00:00 2024\nFrom: a@x.nl\nSubject: mbox\n\ntekst\n"
  )
  .with {
    $0.subject = "mbox"
    $0.own = "tekst"
  },
  MailCase("empty lines and a mark before it", "\u{FEFF}\n\nFrom: a@x.nl\nSubject: s\n\ntekst\n")
    .with {
      $0.subject = "s"
      $0.repairs = ["leading-bytes"]
    },
  MailCase("space before the colon", "From : a@x.nl\nSubject : met spatie\n\nx\n").with {
    $0.subject = "met spatie"
  },
]

let charsetCases: [MailCase] = [
  MailCase(
    "windows-1250 as labelled",
    textMail("windows-1250", "Prosz\u{EA} o zwrot pieni\u{EA}dzy, \u{9F}le \u{9C}pi\u{EA}."),
    isLatin1: true
  )
  .with {
    $0.own = "Proszę o zwrot pieniędzy, źle śpię."
    $0.isClean = true
  },
  MailCase(
    "iso-8859-2 as labelled", textMail("iso-8859-2", "Czekam ju\u{BF} d\u{B3}ugo, \u{BC}le\u{B6}."),
    isLatin1: true
  ).with { $0.own = "Czekam już długo, źleś." },
  MailCase("iso-8859-15 euro", textMail("iso-8859-15", "kost \u{A4} 5"), isLatin1: true).with {
    $0.own = "kost € 5"
  },
  MailCase(
    "windows-1252 quotes called iso-8859-1",
    textMail("iso-8859-1", "\u{93}financi\u{EB}le\u{94} schade"), isLatin1: true
  ).with { $0.own = "“financiële” schade" },
  MailCase(
    "windows-1250 called iso-8859-1",
    textMail("iso-8859-1", "Przesy\u{B3}ka wci\u{B9}\u{BF} nie dotar\u{B3}a"), isLatin1: true
  )
  .with {
    $0.own = "Przesyłka wciąż nie dotarła"
    $0.repairs = ["charset-relabelled"]
  },
  MailCase(
    "iso-8859-2 called windows-1252",
    textMail("windows-1252", "Zam\u{F3}wienie wci\u{B1}\u{BF} czeka, pro\u{B6}ba"), isLatin1: true
  )
  .with {
    $0.own = "Zamówienie wciąż czeka, prośba"
    $0.repairs = ["charset-relabelled"]
  },
  MailCase(
    "windows-1250 called utf-8", textMail("utf-8", "Obs\u{B3}uga by\u{B3}a fatalna, \u{BF}enada"),
    isLatin1: true
  )
  .with {
    $0.own = "Obsługa była fatalna, żenada"
    $0.repairs = ["charset-relabelled"]
  },
  MailCase(
    "windows-1252 called utf-8",
    textMail("utf-8", "Geen re\u{EB}le reactie, een caf\u{E9} op de hoek"), isLatin1: true
  )
  .with {
    $0.own = "Geen reële reactie, een café op de hoek"
    $0.repairs = ["charset-relabelled"]
  },
  MailCase("utf-8 called iso-8859-1", textMail("iso-8859-1", "één keer té laat, crème brûlée"))
    .with {
      $0.own = "één keer té laat, crème brûlée"
      $0.repairs = ["charset-relabelled"]
    },
  MailCase("utf-8 called us-ascii", textMail("us-ascii", "Zażółć gęślą jaźń"))
    .with {
      $0.own = "Zażółć gęślą jaźń"
      $0.repairs = ["charset-relabelled"]
    },
  MailCase(
    "unknown-8bit", textMail("unknown-8bit", "Dzie\u{F1} dobry, mam pro\u{9C}b\u{EA}"),
    isLatin1: true
  ).with { $0.own = "Dzień dobry, mam prośbę" },
  MailCase("a charset that nobody knows", textMail("x-made-up", "gewone tekst"))
    .with {
      $0.own = "gewone tekst"
      $0.repairs = ["charset-unknown"]
    },
  MailCase(
    "utf-8 with a stray byte",
    textMail("utf-8", "Za\u{C5}\u{BC}\u{C3}\u{B3}\u{C5}\u{82}\u{C4}\u{87} i caf\u{E9} daarna"),
    isLatin1: true
  )
  .with {
    $0.own = "Zażółć i café daarna"
    $0.repairs = ["invalid-utf8"]
  },
  MailCase("encoded twice by windows-1252", textMail("utf-8", "Het cafÃ© was geÃ¯rriteerd"))
    .with {
      $0.own = "Het café was geïrriteerd"
      $0.repairs = ["mojibake"]
    },
  MailCase("encoded twice by windows-1250", textMail("utf-8", "PrzesyĹ‚ka byĹ‚a spĂłĹşniona"))
    .with {
      $0.own = "Przesyłka była spóźniona"
      $0.repairs = ["mojibake"]
    },
  MailCase("a real capital Ä with dots after it", textMail("utf-8", "Ä… das weiß ich nicht"))
    .with {
      $0.own = "Ä… das weiß ich nicht"
      $0.isClean = true
    },
  MailCase("utf-7", textMail("utf-7", "caf+AOk- om 3 uur")).with { $0.own = "café om 3 uur" },
  MailCase("koi8-r", textMail("koi8-r", "\u{F0}\u{D2}\u{C9}\u{D7}\u{C5}\u{D4}"), isLatin1: true)
    .with { $0.own = "Привет" },
  MailCase("gb2312", textMail("gb2312", "\u{C4}\u{E3}\u{BA}\u{C3}"), isLatin1: true).with {
    $0.own = "你好"
  },
  MailCase("iso-2022-jp", textMail("iso-2022-jp", "\u{1B}$B$3$s\u{1B}(B")).with { $0.own = "こん" },
  MailCase(
    "quoted-printable",
    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nTe laat =E2=82=AC 5 en=\n ook kapot =3D jammer\n"
  )
  .with { $0.own = "Te laat € 5 en ook kapot = jammer" },
  MailCase(
    "quoted-printable with mistakes",
    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: Quoted-Printable\n\n100=% zeker =XX en =e2=82=ac\n"
  )
  .with { $0.own = "100=% zeker =XX en €" },
  MailCase(
    "base64 with spaces and no padding",
    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: BASE64\n\nSWsg d2Fj\naHQgbm9nIHN0ZWVkcw\n"
  )
  .with { $0.own = "Ik wacht nog steeds" },
  MailCase(
    "a transfer encoding that nobody knows",
    "Content-Type: text/plain\nContent-Transfer-Encoding: x-zip-it\n\nnog leesbaar\n"
  ).with { $0.own = "nog leesbaar" },
  MailCase("NULs", textMail("utf-8", "ka\u{0}pot\u{0}"))
    .with {
      $0.own = "kapot"
      $0.repairs = ["nul-bytes"]
    },
]

private func textMail(_ charset: String, _ text: String) -> String {
  "From: a@x.nl\nMIME-Version: 1.0\nContent-Type: text/plain; charset=\"\(charset)\"\nContent-Transfer-Encoding: 8bit\n\n\(text)\n"
}
