import HeardMail
import HeardText
import Testing

/// A text and what of it is the sender's own.
struct ZoneCase: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let own: String

  var testDescription: String { name }

  init(_ name: String, _ text: String, own: String) {
    self.name = name
    self.text = text
    self.own = own
  }
}

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
}

private let zoneCases: [ZoneCase] = [
  ZoneCase("nothing but own", "Mijn pakket is weg.\nWat nu?\n", own: "Mijn pakket is weg. Wat nu?"),
  ZoneCase(
    "a closing and a name", "Te laat.\n\nMet vriendelijke groet,\n\nSanne de Vries\n06-12345678\n",
    own: "Te laat."),
  ZoneCase(
    "a closing with the name on its line", "Te laat.\nMet vriendelijke groet, Sanne de Vries\n",
    own: "Te laat."),
  ZoneCase(
    "two closings on a line", "Te laat.\n\nAlvast bedankt en met vriendelijke groet,\nSanne\n",
    own: "Te laat."),
  ZoneCase("a short closing", "Te laat.\n\nMvg\nJan\n", own: "Te laat."),
  ZoneCase(
    "Polish closing", "Czekam na zwrot.\n\nPozdrawiam\nMarek Nowak\ntel. 600 100 200\n",
    own: "Czekam na zwrot."),
  ZoneCase("Polish closing without marks", "Czekam.\n\nZ powazaniem,\nMarek\n", own: "Czekam."),
  ZoneCase(
    "English closing",
    "It is broken.\n\nKind regards,\nMark Smith\nHead of Things\nwww.example.com\n",
    own: "It is broken."),
  ZoneCase(
    "a postscript after the closing stays own",
    "Stuk.\n\nGroeten,\nJan\n\nPS: de doos was ook nat en gescheurd aan alle kanten.\n",
    own: "Stuk. PS: de doos was ook nat en gescheurd aan alle kanten."),
  ZoneCase(
    "thanks in the first line is no closing",
    "Bedankt\n\nMaar ik wacht nog steeds op het geld dat u mij vorige maand beloofde.\n",
    own: "Bedankt Maar ik wacht nog steeds op het geld dat u mij vorige maand beloofde."),
  ZoneCase(
    "regards inside a sentence",
    "Kind regards are not what I got from your desk.\nI want an answer.\n",
    own: "Kind regards are not what I got from your desk. I want an answer."),
  ZoneCase(
    "a pointer above what is passed on is no text of its own",
    "Please see below.\n\n---------- Forwarded message ---------\nFrom: a@example.com\nTo: b@example.com\nSubject: lamp\n\nDe lamp is stuk.\n",
    own: ""),
  ZoneCase("a pointer alone stays own", "Zie onder.\n", own: "Zie onder."),
  ZoneCase("delimiter", "Tekst.\n-- \nJan Jansen\nDirecteur\n", own: "Tekst."),
  ZoneCase("delimiter without its space", "Tekst.\n--\nJan\n", own: "Tekst."),
  ZoneCase(
    "dashes in a sentence", "Het werkt -- soms -- niet.\nJammer.\n",
    own: "Het werkt -- soms -- niet. Jammer."),
  ZoneCase(
    "a rule between two long texts",
    "Eerst dit verhaal over de kapotte lamp.\n-----\nEn dan nog het verhaal van de stoel die bij aankomst al wankelde op drie poten.\n",
    own:
      "Eerst dit verhaal over de kapotte lamp. ----- En dan nog het verhaal van de stoel die bij aankomst al wankelde op drie poten."
  ),
  ZoneCase("phone, Dutch", "Stuk.\n\nVerstuurd vanaf mijn iPhone\n", own: "Stuk."),
  ZoneCase("phone, Polish", "Zepsute.\n\nWysłano z iPhone'a\n", own: "Zepsute."),
  ZoneCase("phone, English", "Broken.\n\nSent from my Galaxy\n", own: "Broken."),
  ZoneCase(
    "Outlook on phones", "Broken.\n\nGet Outlook for iOS<https://aka.ms/x>\n", own: "Broken."),
  ZoneCase(
    "a sentence like the phone's",
    "Sent from my shop by mistake, this parcel is not mine.\nPlease collect it.\n",
    own: "Sent from my shop by mistake, this parcel is not mine. Please collect it."),
  ZoneCase(
    "answers between quotations",
    "> Vraag een?\nNee.\n\n> Vraag twee?\n>\n> en meer\n\nJa, te laat.\n", own: "Nee. Ja, te laat."),
  ZoneCase("bars", "Nee.\n\n| Heeft u het ontvangen?\n| Groet\n", own: "Nee."),
  ZoneCase("an angry face is no quotation", "Weer te laat\n>:(\n", own: "Weer te laat >:("),
  ZoneCase(
    "a broken quoted line",
    "Nee.\n\n> Dit is een heel lange regel die door een mailprogramma in tweeën\ngebroken werd\n> en verder gaat\n",
    own: "Nee."),
  ZoneCase(
    "own sentence that begins like an attribution",
    "Op 3 mei 2024 om 12:30 schreef ik u het volgende:\nde lamp is stuk.\nGraag antwoord.\n",
    own: "Op 3 mei 2024 om 12:30 schreef ik u het volgende: de lamp is stuk. Graag antwoord."),
  ZoneCase(
    "own list after a colon", "Dit is er mis:\n- te laat\n- kapot\n",
    own: "Dit is er mis: - te laat - kapot"),
  ZoneCase(
    "from and to in a sentence", "Van: wie is dit?\nAan u de vraag.\n",
    own: "Van: wie is dit? Aan u de vraag."),
  ZoneCase(
    "disclaimer, Dutch",
    "Stuk.\n\nDit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde. Openbaarmaking en verspreiding is niet toegestaan.\n",
    own: "Stuk."),
  ZoneCase(
    "disclaimer, Polish",
    "Zepsute.\n\nNiniejsza wiadomość jest poufna i przeznaczona wyłącznie do adresata. Jeżeli otrzymali ją Państwo przez pomyłkę, prosimy o jej usunięcie.\n",
    own: "Zepsute."),
  ZoneCase(
    "disclaimer, English",
    "Broken.\n\nThis email is confidential and intended solely for the addressee. If you received it in error please notify the sender and delete it.\n",
    own: "Broken."),
  ZoneCase(
    "disclaimer under a signature",
    "Broken.\n\nRegards\nMark\n\nThis message is confidential. If you are not the intended recipient you must not copy it.\n",
    own: "Broken."),
  ZoneCase(
    "a customer about a confidential thing",
    "U heeft mijn vertrouwelijke gegevens gelekt en ik stel u aansprakelijk.\n",
    own: "U heeft mijn vertrouwelijke gegevens gelekt en ik stel u aansprakelijk."),
  ZoneCase(
    "unsubscribe footer",
    "Ik wil dit niet meer.\n\nWilt u deze e-mail niet meer ontvangen? Klik dan hier.\nAlle rechten voorbehouden.\n",
    own: "Ik wil dit niet meer."),
  ZoneCase(
    "unsubscribe footer, Polish",
    "Nie chcę tego.\n\nAby zrezygnować z biuletynu, proszę kliknąć tutaj.\n", own: "Nie chcę tego."),
  ZoneCase(
    "a customer who cannot unsubscribe", "Afmelden lukt mij niet, al drie keer geprobeerd.\n",
    own: "Afmelden lukt mij niet, al drie keer geprobeerd."),
  ZoneCase(
    "a short line in a short letter", "is mijn pakket al weg\n\nik wacht al een week\n",
    own: "is mijn pakket al weg ik wacht al een week"),
  ZoneCase(
    "mailing list footer",
    "Nope.\n\n_______________________________________________\nusers mailing list\nusers@lists.example.org\n",
    own: "Nope."),
]

private let attributions: [String] = [
  "Op 3 mei 2024 om 12:10 schreef Sanne <s@x.nl>:",
  "Op vr 3 mei 2024 om 12:10 schreef Sanne de Vries <\ns@x.nl>:",
  "Op 03-05-2024 om 12:10 schreef Sanne de Vries:",
  "Op 3 mei 2024, om 12:10 heeft Sanne <s@x.nl> het volgende geschreven:",
  "Op 3 mei 2024 12:10 (GMT+02:00) schreef \"Winkel BV\" <s@x.nl>:",
  "Sanne de Vries <s@x.nl> schreef op 3 mei 2024:",
  "W dniu 03.05.2024 o 12:10, Marek Nowak pisze:",
  "W dniu pt., 3 maj 2024 o 12:10 Marek Nowak <m@x.pl> napisał(a):",
  "pt., 3 maj 2024 o 12:10 Marek Nowak <m@x.pl> napisał(a):",
  "Dnia 3 maja 2024 12:10 Marek Nowak <m@x.pl> napisał:",
  "Wiadomość napisana przez Marek Nowak <m@x.pl> w dniu 03.05.2024, o godz. 12:10:",
  "2024-05-03 12:10 GMT+02:00 Marek Nowak <m@x.pl>:",
  "W dniu 2024-05-03 12:10:00 użytkownik Sklep <m@x.pl> napisał:",
  "On Fri, May 3, 2024 at 12:10 PM Mark Smith <m@x.com> wrote:",
  "On Fri, May 3, 2024 at 12:10 PM Mark Smith\n<m@x.com> wrote:",
  "On Fri, May 3, 2024 at 12:10 PM Mark Smith\n<m@x.com>\nwrote:",
  "On 3 May 2024, at 12:10, Mark Smith <m@x.com> wrote:",
  "On 03/05/2024 12:10, Mark Smith wrote:",
  "Mark Smith <m@x.com> wrote:",
  "---- On Fri, 03 May 2024 12:10:00 +0200 m@x.com wrote ----",
  "Am 03.05.2024 um 12:10 schrieb Jan Schmidt <j@x.de>:",
  "Jan Schmidt <j@x.de> schrieb am Fr., 3. Mai 2024, 12:10:",
  "Le ven. 3 mai 2024 à 12:10, Jean Dupont <j@x.fr> a écrit :",
  "Le 03/05/2024 à 12:10, Jean Dupont a écrit :",
  "El vie, 3 may 2024 a las 12:10, Ana (<a@x.es>) escribió:",
  "Il giorno ven 3 mag 2024 alle ore 12:10 Anna <a@x.it> ha scritto:",
  "Em sex., 3 de mai. de 2024 às 12:10, Ana <a@x.pt> escreveu:",
  "Den fre 3 maj 2024 kl 12:10 skrev Anna <a@x.se>:",
  "пт, 3 мая 2024 г. в 12:10, Анна <a@x.ru> написала:",
  "03.05.2024, 12:10, \"Jan\" <j@x.nl>:",
]

private let headerBlocks: [String] = [
  "Van: Winkel <w@x.nl>\nVerzonden: vrijdag 3 mei 2024 12:10\nAan: ik@x.nl\nOnderwerp: RE: lamp",
  "*Van:* Winkel\n*Verzonden:* vrijdag\n*Aan:* ik@x.nl\n*Onderwerp:* lamp",
  "Van: Winkel\n\nVerzonden: vrijdag\n\nAan: ik@x.nl\n\nOnderwerp: lamp",
  "________________________________\nVan: Winkel <w@x.nl>\nDatum: vrijdag\nAan: ik\nOnderwerp: lamp",
  "-----Oorspronkelijk bericht-----\nVan: Winkel\nVerzonden: vrijdag",
  "Od: Sklep <s@x.pl>\nWysłano: piątek, 3 maja 2024 12:10\nDo: ja@x.pl\nTemat: lampa",
  "-----Wiadomość oryginalna-----\nOd: Sklep\nTemat: lampa",
  "From: Shop [mailto:s@x.com]\nSent: Friday, May 3, 2024 12:10 PM\nTo: me@x.com\nSubject: RE: lamp",
  "-----Original Message-----\nFrom: Shop",
  "-------- Original message --------\nFrom: Shop <s@x.com>\nDate: 03/05/2024 12:10 (GMT+01:00)\nTo: me\nSubject: x",
  "Von: Laden <l@x.de>\nGesendet: Freitag, 3. Mai 2024 12:10\nAn: ich\nBetreff: Lampe",
  "De : Magasin <m@x.fr>\nEnvoyé : vendredi 3 mai 2024 12:10\nÀ : moi\nObjet : lampe",
  "De: Tienda <t@x.es>\nEnviado: viernes\nPara: yo\nAsunto: lámpara",
]

private let forwardMarks: [String] = [
  "---------- Forwarded message ---------", "---------- Doorgestuurd bericht ---------",
  "Begin doorgestuurd bericht:", "Begin forwarded message:",
  "-------- Wiadomość przekazana --------",
  "---------- Przekazana wiadomość ---------", "-------- Forwarded Message --------",
  "-------- Doorgestuurd bericht --------", "-------- Weitergeleitete Nachricht --------",
  "---------- Message transféré ---------", "----- Forwarded by Jan/NL on 3 May -----",
]
