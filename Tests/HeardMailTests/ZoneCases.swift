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

let zoneCases: [ZoneCase] = [
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
  ZoneCase(
    "short lines under a closing and a name",
    "Kunt u kijken?\n\nMet vriendelijke groet,\nJan Jansen\n\nIk ben echt woedend\nWat een schande\n",
    own: "Kunt u kijken? Ik ben echt woedend Wat een schande"),
  ZoneCase(
    "short lines right under a name",
    "Kunt u kijken?\n\nPozdrawiam serdecznie\nMarek Nowak\ntel. 600 100 200\nCzekam na zwrot\n",
    own: "Kunt u kijken? Czekam na zwrot"),
  ZoneCase(
    "a sentence that begins with capitals and goes on below",
    "Kunt u kijken?\n\nMet vriendelijke groet,\nJan\n\nTelevisie Samsung UE55\nis kapot geleverd.\n",
    own: "Kunt u kijken? Televisie Samsung UE55 is kapot geleverd."),
  ZoneCase(
    "a complaint under the delimiter", "Tekst.\n-- \nJan Jansen\nDirecteur\n\nIk wacht al weken.\n",
    own: "Tekst. Ik wacht al weken."),
  ZoneCase(
    "a postscript under the phone's line",
    "Kunt u kijken?\n\nVerstuurd vanaf mijn iPhone\n\nPS ik wil mijn geld terug.\n",
    own: "Kunt u kijken? PS ik wil mijn geld terug."),
  ZoneCase(
    "a company's register under a signature",
    "Broken.\n\nKind regards,\nMark Smith\n\nSmith Ltd. Registered in England No 1234567. Registered office: 1 High Street, Leeds.\n",
    own: "Broken."),
  ZoneCase(
    "a quotation that somebody tells ends with its paragraph",
    "W dniu 5 maja 2025 pracownik napisał:\nzwrócimy jutro.\n\nNic się nie stało.\n",
    own: "Nic się nie stało."),
  ZoneCase(
    "a name with a pronoun in an attribution",
    "Nee.\n\nOp 3 mei 2024 om 12:10 schreef Uw Energie <s@x.nl>:\n\noude tekst\n\nook oud\n",
    own: "Nee."),
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

/// Texts that resemble the lines of programs, and of which every byte is the customer's.
let whollyOwn: [String] = [
  // Words of the law.
  "Beste,\n\nEr is ten onrechte 89 euro afgeschreven en dat is niet toegestaan. Ik stel u aansprakelijk.",
  "Dear Sir,\n\nYou charged me in error. It is an unauthorised payment. Please delete my account.",
  "Dear Sir,\n\nYou made an unauthorised disclosure of my confidential data.",
  "Dear Sir,\n\nI have written to your registered office twice and nobody has answered.",
  "Dear Sir,\n\nThis message is our third. You charged us in error, an unauthorised payment, so delete it.",
  "Dzień dobry,\n\nJeśli nie oddacie pieniędzy, sprawą zajmie się Sąd Rejonowy dla Krakowa.",
  "Dzień dobry,\n\nTa wiadomość jest trzecia. Przez pomyłkę obciążyliście moje konto. Proszę o usunięcie opłaty.",
  "Beste,\n\nIn uw disclaimer staat dat fouten voorkomen. Daar heb ik niets aan.",
  // Beginnings of footers.
  "To unsubscribe from your spam I have tried five times now, I am furious.",
  "You received this complaint three weeks ago and nobody has answered.",
  "Aby zrezygnować z umowy, dzwoniłem już pięć razy i nikt nie odbiera.",
  "Lees ook: mijn klacht van 3 mei, waar nog steeds geen antwoord op is.",
  "Uitschrijven lukt niet", "(c) sofa damaged on arrival", "Copyright infringement on your site!",
  // Telling what another wrote.
  "Beste,\n\nOp 3 mei 2025 schreef uw collega mij het volgende:\nwij lossen het op.\n\nDat is niet gebeurd.",
  "Op 3 mei 2025 om 12:30 schreven jullie:\n\nwij lossen het op.\n\nDat is niet gebeurd.",
  "On 5 May 2025 at 12:30 your colleague Anna (anna@shop.example) wrote to me:\n\nWe will.\n\nNothing.",
  "On 5 May at 12:30 the helpdesk said: we will refund you. Nothing happened and I am furious.",
  "W dniu 5 maja 2025 o 12:30 Państwa pracownik napisał:\n\nzwrócimy.\n\nNic się nie wydarzyło.",
  // Short lines under rules and closings.
  "Hierbij een overzicht.\n----------\nTelevisie kapot geleverd\nNiemand belt terug\nGeld terug graag",
  "Hierbij een overzicht.\n--\nTelevisie kapot geleverd\nGeld terug graag",
  "Te laat.\n\n-Oplichters!",
  "Verzonden met de post maar nooit aangekomen", "Verstuurd via koerier en kapot aangekomen",
  "Wysłane przez kuriera zepsute",
]

let attributions: [String] = [
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

let headerBlocks: [String] = [
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

let forwardMarks: [String] = [
  "---------- Forwarded message ---------", "---------- Doorgestuurd bericht ---------",
  "Begin doorgestuurd bericht:", "Begin forwarded message:",
  "-------- Wiadomość przekazana --------",
  "---------- Przekazana wiadomość ---------", "-------- Forwarded Message --------",
  "-------- Doorgestuurd bericht --------", "-------- Weitergeleitete Nachricht --------",
  "---------- Message transféré ---------", "----- Forwarded by Jan/NL on 3 May -----",
]
