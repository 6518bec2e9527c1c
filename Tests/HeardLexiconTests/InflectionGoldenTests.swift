import HeardAuthoring
import HeardText
import Synchronization
import Testing

@testable import HeardHunspell
@testable import HeardLexicon
@testable import HeardLexiconTools
@testable import HeardSources

/// The dictionaries of this machine and the tables of this package.
enum Dictionaries {
  /// The folder `lexicons/` of this package.
  static let lexicons = String(
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/") + "/lexicons")

  private static let shared = Mutex<Inflector?>(nil)

  /// Calls back with an inflector that all tests share, since reading dictionaries takes time.
  static func with<Result: Sendable>(_ body: (Inflector) throws -> Result) throws -> Result {
    try shared.withLock { inflector in
      let ready = try inflector ?? Inflector(lexicons: lexicons)
      inflector = ready
      return try body(ready)
    }
  }

  /// Whether a language's dictionaries are installed; tests that need them are skipped aloud.
  static func available(_ language: Language) -> Bool {
    let has = DictionaryFolder.standard.has(language)
    if !has {
      print("SKIPPED: no Hunspell dictionary for \(language.code); install the Debian packages")
    }
    return has
  }
}

/// A lemma, forms that it must have, and traps that it must not.
struct Golden: Sendable {
  var lemma: String
  var part: String?
  var forms: [String]
  var traps: [String]

  /// Forms and traps by spaces, with `_` for a space inside a form.
  init(_ lemma: String, _ part: String?, _ forms: String, not traps: String = "") {
    func words(_ text: String) -> [String] {
      text.split(separator: " ").map { String($0.replacing("_", with: " ")) }
    }
    self.lemma = lemma
    self.part = part
    self.forms = words(forms)
    self.traps = words(traps)
  }
}

@Suite("Expansion with the real dictionaries") struct InflectionGoldenTests {
  static let polish = [
    Golden(
      "zadowolony", "adjective", "zadowolona zadowolonego zadowoleni zadowolonych",
      not: "niezadowolony niezadowolonym niezadowoleni"),
    Golden(
      "niezadowolony", "adjective", "niezadowolona niezadowolonym niezadowoleni",
      not: "zadowolony zadowolonym"),
    Golden("niemiły", "adjective", "niemiła niemiłego niemili niemiłą", not: "miły miła"),
    Golden(
      "oszukać", "verb",
      """
      oszukał oszukała oszukali oszukano oszukana oszukany oszukanych oszukanie oszukają oszukałem \
      oszukałby
      """, not: "nieoszukany nieoszukanie"),
    Golden(
      "czekać", "verb", "czekam czekamy czekają czekałem czekałam czekaj czekanie czekający",
      not: "nieczekający"),
    Golden("kłamać", "verb", "kłamie kłamią kłamał kłamała kłamanie kłam"),
    Golden("obiecać", "verb", "obiecał obiecali obiecano obiecany obiecaną"),
    Golden("żądać", "verb", "żądam żąda żądał żądają żądanie"),
    Golden("iść", "verb", "idę idzie szedł szła szli"),
    Golden("pójść", "verb", "pójdę pójdzie poszedł poszła"),
    Golden("być", "verb", "jestem jest są był była będzie", not: "niebyły"),
    Golden("mieć", "verb", "mam ma mają miał miała", not: "nie"),
    Golden("wziąć", "verb", "wziął wzięła wzięli weźmie"),
    Golden("reklamacja", "noun", "reklamacji reklamację reklamacje reklamacją reklamacjami"),
    Golden("skarga", "noun", "skargi skargę skarg skardze skargą"),
    Golden("łaska", "noun", "łaski łaskę łasce", not: "laska laski"),
    Golden("sąd", "noun", "sądu sądem sądy sądów sądzie", not: "sad sadu"),
    Golden("firma", "noun", "firmy firmę firmie firm firmom"),
    Golden("człowiek", "noun", "człowieka ludzie ludzi ludziom ludźmi"),
    Golden("pieniądze", "noun", "pieniędzy pieniędzmi pieniądzom"),
    Golden("tydzień", "noun", "tygodnia tygodnie tygodni tygodniami"),
    Golden("paczka", "noun", "paczki paczkę paczce paczek paczkami"),
    Golden("dziecko", "noun", "dziecka dzieci dzieciom dziećmi"),
    Golden(
      "drogi", "adjective", "droga drogie drogą droższy droższa najdroższy",
      not: "niedrogi niedroga"),
    Golden("dobry", nil, "dobra dobrego dobrzy dobrym", not: "niedobry lepszy najlepszy"),
    Golden("zły", "adjective", "zła złego źli gorszy gorsza najgorszy najgorsza", not: "niezły"),
    Golden("ładny", "adjective", "ładna ładniejszy ładniejsza najładniejszy", not: "nieładny"),
    Golden(
      "uprzejmy", "adjective", "uprzejma uprzejmi uprzejmiejszy najuprzejmiejszy",
      not: "nieuprzejmy"),
    Golden("krótki", "adjective", "krótka krótsze krótszy najkrótszy"),
    Golden("wysoki", "adjective", "wysoka wysokie wyższy najwyższa"),
    Golden("kompetentny", "adjective", "kompetentna kompetentni", not: "niekompetentny"),
  ]

  static let dutch = [
    Golden("wachten", "verb", "wacht wachtte wachtten gewacht wachtend"),
    Golden("bellen", "verb", "bel belt belde belden gebeld", not: "gebelt belte"),
    Golden("beloven", "verb", "beloof belooft beloofde beloofden beloofd", not: "gebeloofd belof"),
    Golden("liegen", "verb", "lieg liegt loog logen gelogen", not: "liegde geliegd"),
    Golden("reizen", "verb", "reis reist reisde gereisd", not: "reizt reiste"),
    Golden("annuleren", "verb", "annuleer annuleert annuleerde geannuleerd", not: "annulert"),
    Golden("luisteren", "verb", "luister luistert luisterde geluisterd", not: "luisteert"),
    Golden("eisen", "verb", "eis eist eiste geëist"),
    Golden("stoppen", "verb", "stop stopt stopte gestopt"),
    Golden("gaan", "verb", "ga gaat ging gingen gegaan"),
    Golden("zijn", "verb", "ben is was waren geweest", not: "zij"),
    Golden(
      "verbreken", "verb", "verbreek verbrak verbraken verbroken",
      not: "geverbroken vergebroken"),
    Golden("krijgen", nil, "krijg krijgt kreeg kregen gekregen", not: "krijgde"),
    Golden(
      "terugbellen", "verb",
      """
      terugbellen terugbel terugbelt terugbelde teruggebeld terug_te_bellen terug_bellen \
      bel_...8_terug belt_...8_terug belde_...8_terug bellen_...8_terug
      """, not: "bel belt gebeld terug"),
    Golden("terug|bellen", "verb", "terugbelt teruggebeld belt_...8_terug", not: "belt"),
    Golden(
      "afspreken", "verb", "afspreek afsprak afgesproken spreek_...8_af sprak_...8_af",
      not: "gesproken sprak"),
    Golden("ophangen", "verb", "ophing opgehangen hing_...8_op", not: "gehangen"),
    Golden("oplichten", "verb", "oplicht opgelicht lichtte_...8_op"),
    Golden("doorverbinden", "verb", "doorverbonden verbond_...8_door"),
    Golden("voorkomen", "verb", "voorkomt voorkwam", not: "komt_...8_voor"),
    Golden("klacht", "noun", "klachten klachtje klachtjes"),
    Golden("factuur", "noun", "facturen factuurtje"),
    Golden("prijs", "noun", "prijzen prijsje", not: "prijsen"),
    Golden("foto", "noun", "foto's fotootje"),
    Golden("belofte", "noun", "beloftes beloften"),
    Golden("ontevredenheid", "noun", "ontevredenheid", not: "ontevredenheids tevredenheid"),
    Golden("kind", "noun", "kinderen kindje"),
    Golden("stad", "noun", "steden"),
    Golden("bedrag", "noun", "bedragen", not: "bedraggen"),
    Golden("klantenservicemedewerker", "noun", "klantenservicemedewerkers"),
    Golden("boos", "adjective", "boze bozer", not: "boose boosde"),
    Golden("duur", "adjective", "dure duurder duurste"),
    Golden("slecht", "adjective", "slechte slechter slechtste", not: "slechts"),
    Golden("bot", "adjective", "botte botter", not: "boter"),
    Golden(
      "onbeschoft", "adjective", "onbeschofte onbeschofter onbeschoftste",
      not: "beschoft beschofte"),
    Golden("tevreden", "adjective", "tevreden", not: "ontevreden"),
    Golden("onbehulpzaam", "adjective", "onbehulpzame", not: "behulpzaam behulpzame"),
    Golden("teleurgesteld", "adjective", "teleurgestelde"),
    Golden("goed", "adjective", "goede", not: "beste beter"),
  ]

  static let english = [
    Golden("complain", "verb", "complains complained complaining", not: "complainer complaint"),
    Golden("stop", "verb", "stops stopped stopping", not: "stoped stopper nonstop"),
    Golden("cancel", "verb", "cancels cancelled canceled cancelling", not: "cancellation"),
    Golden("visit", "verb", "visited visiting", not: "visitted"),
    Golden("try", nil, "tries tried trying", not: "retry retried"),
    Golden("make", "verb", "makes made making", not: "maked remake"),
    Golden("be", "verb", "am is are was were been being", not: "bing"),
    Golden("lie", "verb", "lies lied lying", not: "lay"),
    Golden("die", "verb", "dies died dying"),
    Golden("panic", "verb", "panicked panicking"),
    Golden("refuse", "verb", "refuses refused refusing"),
    Golden("agree", "verb", "agrees agreed agreeing", not: "disagree disagreed"),
    Golden("overcharge", "verb", "overcharged overcharging"),
    Golden("mislead", "verb", "misled misleading"),
    Golden("steal", "verb", "stole stolen stealing"),
    Golden("pay", "verb", "pays paid paying", not: "prepaid repay"),
    Golden("treat", "verb", "treated treating treats", not: "mistreated entreat"),
    Golden("appoint", "verb", "appointed", not: "disappoint disappointed"),
    Golden("disappoint", "verb", "disappointed disappointing", not: "appointed"),
    Golden("promise", nil, "promises promised promising promise's"),
    Golden("wait", nil, "waits waited waiting", not: "waiter"),
    Golden("refund", nil, "refunds refunded refunding"),
    Golden("child", "noun", "children child's children's", not: "childs"),
    Golden("company", "noun", "companies company's"),
    Golden("box", "noun", "boxes"),
    Golden("crisis", "noun", "crises"),
    Golden("manager", "noun", "managers manager's"),
    Golden("knife", "noun", "knives", not: "knifes"),
    Golden("angry", "adjective", "angrier angriest", not: "angrily"),
    Golden("happy", "adjective", "happier happiest", not: "unhappy unhappier unhappiest"),
    Golden("rude", "adjective", "ruder rudest"),
    Golden("big", "adjective", "bigger biggest"),
    Golden("bad", "adjective", "worse worst", not: "badder baddest"),
    Golden("good", "adjective", "good", not: "best goods"),
  ]

  @Test(
    "a lemma has its forms and no others' forms",
    arguments: [
      (Language.polish, polish), (Language.dutch, dutch), (Language.english, english),
    ])
  func lemmas(language: Language, cases: [Golden]) throws {
    guard Dictionaries.available(language) else { return }
    for golden in cases {
      let expanded = try Dictionaries.with { inflector in
        try inflector.expand(
          lemma: golden.lemma, partOfSpeech: golden.part, language: language)
      }
      let forms = Set(expanded.map(\.text))
      let missing = golden.forms.filter { !forms.contains($0) }
      let wrong = golden.traps.filter(forms.contains)
      #expect(missing.isEmpty, "\(golden.lemma) lacks \(missing) among \(forms.sorted())")
      #expect(wrong.isEmpty, "\(golden.lemma) has \(wrong)")
      #expect(expanded.allSatisfy { !$0.rule.isEmpty })
      #expect(forms.contains(golden.lemma.replacing("|", with: "")), "\(golden.lemma) itself")
    }
  }

  @Test func spellingsThatAreOtherWordsAreMarked() throws {
    guard Dictionaries.available(.polish), Dictionaries.available(.dutch) else { return }
    func colliding(_ lemma: String, _ language: Language) throws -> Set<String> {
      let forms = try Dictionaries.with { inflector in
        try inflector.expand(lemma: lemma, partOfSpeech: nil, language: language)
      }
      return Set(forms.filter(\.foldCollides).map(\.text))
    }
    let mercy = try colliding("łaska", .polish)
    #expect(mercy.isSuperset(of: ["łaska", "łaski", "łaską"]), "laska, laski, laska are others")
    #expect(!mercy.contains("łask") || mercy.contains("łaska"))
    #expect(try colliding("sąd", .polish).isSuperset(of: ["sąd", "sądu"]))
    #expect(try colliding("droga", .polish).isDisjoint(with: ["drogą", "drogę"]), "its own forms")
    #expect(try colliding("reklamacja", .polish).isEmpty)
    #expect(try colliding("één", .dutch).contains("één"))
    func collides(_ word: String, _ language: Language) throws -> Bool {
      try Dictionaries.with { try $0.foldCollides(word, language: language) }
    }
    #expect(try collides("łaska", .polish))
    #expect(try !collides("czuję", .polish), "czuje is the same verb")
    #expect(try !collides("geïrriteerd", .dutch))
  }

  @Test(arguments: Language.read)
  func unknownWordsHaveNoForms(language: Language) throws {
    guard Dictionaries.available(language) else { return }
    for lemma in ["qwzxv", "niczegotakiegoniema", "", "a|b|c", "|", "ł", "\u{0}", "-"] {
      for part in [nil, "verb", "adjective"] {
        let forms = try Dictionaries.with { inflector in
          try inflector.expand(lemma: lemma, partOfSpeech: part, language: language)
        }
        #expect(forms.isEmpty, "\(lemma) \(language): \(forms.map(\.text))")
      }
    }
  }

  @Test func irregularTablesNameWordsOnce() throws {
    for (language, least) in [(Language.dutch, 250), (.english, 180), (.polish, 40)] {
      let name = "\(language.code)/\(IrregularForms.fileName)"
      let bytes = try LexiconFiles.read(Dictionaries.lexicons + "/" + name, named: name)
      let table = try IrregularForms(String(decoding: bytes, as: UTF8.self), file: name)
      #expect(table.lemmas.count >= least)
    }
  }

  @Test func missingDictionariesAreNamed() {
    let inflector = Inflector(dictionaries: DictionaryFolder(path: "/nowhere"))
    #expect {
      try inflector.expand(lemma: "boos", partOfSpeech: nil, language: .english)
    } throws: { error in
      guard let error = error as? LexiconError else { return false }
      return error.code == .dictionary
        && error.description.contains("apt-get install hunspell-en-gb hunspell-en-us")
    }
  }
}
