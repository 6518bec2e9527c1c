import HeardReply
import HeardSources
import HeardText
import Testing

/// Every rule in every language: what it finds, and the near neighbour that it leaves alone.
@Suite struct ReplyRuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var rule: ReplyRule
    var language: Language
    /// Stands behind a salutation and thanks.
    var body: String
    /// The words that are found at warning or above; nil for none.
    var finds: String?
    var testDescription: String { "\(language.code) \(rule.rawValue): \(body)" }

    init(_ rule: ReplyRule, _ language: Language, _ body: String, finds: String? = nil) {
      self.rule = rule
      self.language = language
      self.body = body
      self.finds = finds
    }
  }

  static let cases: [Case] = [
    Case(.command, .dutch, "U moet het formulier invullen.", finds: "U moet"),
    Case(.command, .dutch, "Daarvoor dient u een kopie te sturen.", finds: "dient u een kopie te"),
    Case(.command, .dutch, "Vul het formulier in.", finds: "Vul"),
    Case(.command, .dutch, "Moet u langer wachten, dan bellen wij."),
    Case(.command, .dutch, "U hoeft niets te doen; wij moeten het nog nakijken."),
    Case(.command, .dutch, "Neem gerust contact op met mij."),
    Case(.command, .polish, "Musi Pani wypełnić formularz.", finds: "Musi Pani"),
    Case(.command, .polish, "Należy dołączyć kopię umowy.", finds: "Należy"),
    Case(.command, .polish, "Wypełnij formularz.", finds: "Wypełnij"),
    Case(.command, .polish, "Należy się Pani zwrot całej kwoty."),
    Case(.command, .polish, "Nie musi Pani nic robić, my musimy to sprawdzić."),
    Case(.command, .polish, "Prosimy o przesłanie kopii umowy."),
    Case(.command, .english, "You have to fill in the form.", finds: "You have to"),
    Case(.command, .english, "You'll need to send us a copy.", finds: "You'll need to"),
    Case(.command, .english, "Fill in the form.", finds: "Fill in"),
    Case(.command, .english, "You must be very disappointed."),
    Case(.command, .english, "If you have to wait, we will call you."),
    Case(.command, .english, "Please fill in the form when it suits you."),

    Case(.adversative, .dutch, "Het spijt ons, maar het duurt langer.", finds: "maar"),
    Case(.adversative, .dutch, "Niet alleen de rekening, maar ook de stand is goed."),
    Case(.adversative, .dutch, "De lamp is klein maar fel."),
    Case(.adversative, .polish, "Przepraszamy, ale to potrwa dłużej.", finds: "ale"),
    Case(.adversative, .polish, "Przepraszamy nie tylko za rachunek, ale także za zwłokę."),
    Case(.adversative, .polish, "Lampa jest mała, ale jasna."),
    Case(.adversative, .english, "We are sorry, but it will take longer.", finds: "but"),
    Case(.adversative, .english, "We are sorry not only for the bill but also for the delay."),
    Case(.adversative, .english, "The lamp is small but bright."),

    Case(
      .refusalStructure, .dutch, "Wij kunnen de kosten niet vergoeden.",
      finds: "Wij kunnen de kosten niet vergoeden"),
    Case(
      .refusalStructure, .dutch,
      "Helaas kunnen wij de kosten niet vergoeden, omdat de termijn voorbij is. "
        + "Wel kunnen wij u korting geven."),
    Case(
      .refusalStructure, .polish, "Nie możemy zwrócić kosztów.", finds: "Nie możemy zwrócić"),
    Case(
      .refusalStructure, .polish,
      "Niestety nie możemy zwrócić kosztów, ponieważ termin minął. W zamian proponujemy rabat."),
    Case(
      .refusalStructure, .english, "We cannot refund the costs.", finds: "cannot refund"),
    Case(
      .refusalStructure, .english,
      "We are sorry that we cannot refund the costs, because the term has passed. "
        + "Instead we can offer you a discount."),

    Case(.challenge, .dutch, "Zoals eerder gemeld duurt het lang.", finds: "Zoals eerder gemeld"),
    Case(.challenge, .dutch, "Zoals beloofd bellen wij u morgen."),
    Case(.challenge, .polish, "Jak już pisaliśmy, to potrwa.", finds: "Jak już pisaliśmy"),
    Case(.challenge, .polish, "Zgodnie z obietnicą zadzwonimy jutro."),
    Case(.challenge, .english, "As I already told you, it is slow.", finds: "As I already told"),
    Case(.challenge, .english, "As promised we will call you tomorrow."),

    Case(.defensive, .dutch, "Dit is niet onze schuld.", finds: "niet onze schuld"),
    Case(.defensive, .dutch, "Uw rekening klopt inderdaad niet."),
    Case(.defensive, .polish, "To nie nasza wina.", finds: "nie nasza wina"),
    Case(.defensive, .polish, "Rachunek rzeczywiście się nie zgadza."),
    Case(.defensive, .english, "This is not our fault.", finds: "not our fault"),
    Case(.defensive, .english, "The amount was indeed not correct."),

    Case(
      .noPassOn, .dutch, "U kunt contact opnemen met de afdeling Inkoop.",
      finds: "contact opnemen met de afdeling Inkoop"),
    Case(.noPassOn, .dutch, "Wij nemen contact op met de leverancier."),
    Case(.noPassOn, .dutch, "U kunt contact opnemen met het Kifid."),
    Case(
      .noPassOn, .polish, "Proszę skontaktować się z działem zakupów.",
      finds: "skontaktować się z działem"),
    Case(.noPassOn, .polish, "Postaramy się skontaktować z dostawcą."),
    Case(.noPassOn, .polish, "Może Pani zwrócić się do Rzecznika Finansowego."),
    Case(
      .noPassOn, .english, "Please contact the purchasing department.",
      finds: "contact the purchasing department"),
    Case(.noPassOn, .english, "We will contact the supplier for you."),
    Case(.noPassOn, .english, "You can contact the Financial Ombudsman Service."),

    Case(
      .handoverContact, .dutch, "Ik verbind u door met een collega.", finds: "verbind u door"),
    Case(
      .handoverContact, .dutch,
      "Ik heb uw klacht doorgestuurd naar mijn collega Eva Smit, telefoon 020 123 45 67."),
    Case(.handoverContact, .dutch, "Uw pakket is doorgestuurd naar het afhaalpunt."),
    Case(
      .handoverContact, .polish, "Przełączam Panią do kolegi.", finds: "Przełączam Panią"),
    Case(
      .handoverContact, .polish,
      "Sprawę przekazałam koleżance Ewie Sikorze, kierowniczce zespołu, tel. 22 555 01 23."),
    Case(.handoverContact, .polish, "Przekazaliśmy paczkę kurierowi."),
    Case(
      .handoverContact, .english, "I am transferring you to a colleague.",
      finds: "transferring you to a colleague"),
    Case(
      .handoverContact, .english,
      "I have forwarded your complaint to my colleague Eve Smith, telephone 020 7946 0123."),
    Case(.handoverContact, .english, "Your parcel was forwarded to the depot."),

    Case(.admission, .dutch, "Wij zijn aansprakelijk.", finds: "Wij zijn aansprakelijk"),
    Case(.admission, .dutch, "Wij zijn niet aansprakelijk."),
    Case(.admission, .polish, "Ponosimy odpowiedzialność.", finds: "Ponosimy odpowiedzialność"),
    Case(.admission, .polish, "Nie ponosimy odpowiedzialności."),
    Case(.admission, .english, "We accept full liability.", finds: "We accept full liability"),
    Case(.admission, .english, "We are not liable."),
  ]

  @Test(arguments: cases) func wording(_ one: Case) throws {
    let text = ReplyBench.letter(one.language, one.body)
    let found = try ReplyBench.check(text).filter { $0.rule == one.rule && $0.level >= .warning }
    #expect(found.map(\.text) == (one.finds.map { [$0] } ?? []))
    for finding in found {
      #expect(!finding.message.isEmpty)
      #expect(!finding.suggestion.isEmpty)
      #expect(finding.entry?.hasPrefix(one.language.code + ".") == true)
    }
  }

  @Test func everyRuleHasBothInEveryLanguage() {
    let byText: Set<ReplyRule> = [
      .command, .adversative, .refusalStructure, .challenge, .defensive, .noPassOn,
      .handoverContact, .admission,
    ]
    for rule in byText {
      for language in Language.read {
        let own = Self.cases.filter { $0.rule == rule && $0.language == language }
        #expect(own.contains { $0.finds != nil } && own.contains { $0.finds == nil })
      }
    }
  }

  struct Incoming: Sendable, CustomTestStringConvertible {
    var name: String
    var rule: ReplyRule
    var reply: String
    var to: IncomingMessage?
    var level: Diagnostic.Severity?
    var testDescription: String { name }
  }

  static let incoming: [Incoming] = [
    Incoming(
      name: "nl anger without acknowledgement", rule: .acknowledgeFirst,
      reply: "Beste heer Bos,\n\nWij hebben uw modem vervangen.\n\nExcuses.\n",
      to: ReplyBench.angry(.dutch), level: .warning),
    Incoming(
      name: "nl acknowledged first", rule: .acknowledgeFirst,
      reply: "Beste heer Bos,\n\nIk begrijp dat u boos bent. Wij hebben uw modem vervangen.\n",
      to: ReplyBench.angry(.dutch)),
    Incoming(
      name: "nl solved first", rule: .acknowledgeFirst,
      reply: "Beste heer Bos,\n\nWij hebben uw modem vervangen. Ik begrijp dat u boos bent.\n",
      to: ReplyBench.angry(.dutch), level: .warning),
    Incoming(
      name: "pl anger without acknowledgement", rule: .acknowledgeFirst,
      reply: "Szanowny Panie,\n\nmodem został wymieniony.\n\nPrzepraszamy.\n",
      to: ReplyBench.angry(.polish), level: .warning),
    Incoming(
      name: "pl acknowledged first", rule: .acknowledgeFirst,
      reply: "Szanowny Panie,\n\nrozumiem Pana złość. Modem został wymieniony.\n",
      to: ReplyBench.angry(.polish)),
    Incoming(
      name: "en anger without acknowledgement", rule: .acknowledgeFirst,
      reply: "Dear Mr Booth,\n\nWe have replaced your router.\n\nSorry.\n",
      to: ReplyBench.angry(.english), level: .warning),
    Incoming(
      name: "en acknowledged first", rule: .acknowledgeFirst,
      reply: "Dear Mr Booth,\n\nI can see why you are angry. We have replaced your router.\n",
      to: ReplyBench.angry(.english)),
    Incoming(
      name: "a calm customer", rule: .acknowledgeFirst,
      reply: "Dear Mr Booth,\n\nWe have replaced your router.\n",
      to: IncomingMessage(language: .english, anger: 1, deservesThanks: true)),
    Incoming(
      name: "nl no thanks", rule: .thanks, reply: "Beste heer Bos,\n\nHet geld is terug.\n",
      to: ReplyBench.angry(.dutch), level: .warning),
    Incoming(
      name: "pl no thanks", rule: .thanks, reply: "Szanowny Panie,\n\npieniądze wróciły.\n",
      to: ReplyBench.angry(.polish), level: .warning),
    Incoming(
      name: "en no thanks", rule: .thanks, reply: "Dear Mr Booth,\n\nThe money is back.\n",
      to: ReplyBench.angry(.english), level: .warning),
    Incoming(
      name: "thanks in the closing", rule: .thanks,
      reply: "Dear Mr Booth,\n\nThe money is back.\n\nThanks for bearing with us,\nMilan\n",
      to: ReplyBench.angry(.english)),
    Incoming(
      name: "no thanks, and nothing known of the message", rule: .thanks,
      reply: "Dear Mr Booth,\n\nThe money is back.\n", to: nil, level: .note),
    Incoming(
      name: "a question needs no thanks", rule: .thanks,
      reply: "Dear Mr Booth,\n\nThe shop opens at nine.\n",
      to: IncomingMessage(language: .english, anger: 0, deservesThanks: false)),
    Incoming(
      name: "English to a Dutch customer", rule: .language,
      reply: "Dear Mr Booth,\n\nThe shop opens at nine and we are looking forward to it.\n",
      to: ReplyBench.angry(.dutch), level: .error),
    Incoming(
      name: "Polish to an English customer", rule: .language,
      reply: "Szanowny Panie,\n\nsklep otwieramy o dziewiątej i czekamy na Pana.\n",
      to: ReplyBench.angry(.english), level: .error),
    Incoming(
      name: "Dutch to a Polish customer", rule: .language,
      reply: "Beste heer Bos,\n\nDe winkel gaat om negen uur open en wij zien u graag.\n",
      to: ReplyBench.angry(.polish), level: .error),
    Incoming(
      name: "in both languages", rule: .language,
      reply: "De winkel gaat om negen uur open en wij zien u graag.\n\n"
        + "The shop opens at nine and we are looking forward to seeing you.\n",
      to: ReplyBench.angry(.english)),
    Incoming(
      name: "in a language that nobody could tell", rule: .language,
      reply: "The shop opens at nine and we are looking forward to it.\n",
      to: IncomingMessage(language: .undetermined, anger: 0, deservesThanks: false)),
    Incoming(
      name: "nl nothing together", rule: .partnership,
      reply: "De winkel is open. Het geld is terug. De lamp is er.\n", level: .note),
    Incoming(
      name: "nl together", rule: .partnership,
      reply: "De winkel is open. Wij kijken samen met u. De lamp is er.\n"),
    Incoming(
      name: "pl together", rule: .partnership,
      reply: "Sklep jest otwarty. Wspólnie to rozwiążemy. Lampa już jest.\n"),
    Incoming(
      name: "en together", rule: .partnership,
      reply: "The shop is open. We will solve it together. The lamp is here.\n"),
  ]

  @Test(arguments: incoming) func whatWasWritten(_ one: Incoming) throws {
    let found = try ReplyBench.check(one.reply, to: one.to).filter { $0.rule == one.rule }
    #expect(found.map(\.level) == (one.level.map { [$0] } ?? []))
  }
}
