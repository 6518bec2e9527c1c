/// Words that stand beside names, folded: lower case without diacritics.
enum NameWords {
  /// Forms of address, and whom they fit.
  static let titles: [String: GrammaticalGender?] = {
    var titles: [String: GrammaticalGender?] = [:]
    let feminine = [
      "mevrouw", "mevr", "mw", "juffrouw", "juf", "pani", "pania", "pania", "mrs", "ms", "miss",
      "madam", "lady",
    ]
    let masculine = [
      "meneer", "mijnheer", "heer", "dhr", "pan", "pana", "panu", "panem", "mr", "mister", "sir",
    ]
    // `panie` calls a man and names several women; doctors are of either kind.
    let either = ["panie", "dr", "prof", "mx", "drs", "ir", "ing", "mgr", "inz", "ks"]
    for word in feminine { titles[word] = .some(.feminine) }
    for word in masculine { titles[word] = .some(.masculine) }
    for word in either { titles[word] = .some(nil) }
    return titles
  }()

  /// Parts of surnames that are written apart, with the abbreviations of them.
  static let particles: Set<String> = [
    "van", "v", "vd", "de", "d", "den", "der", "des", "ten", "ter", "te", "t", "het", "in", "op",
    "aan", "von", "zu", "la", "le", "du", "da", "di", "el", "y",
  ]

  /// The first letters of particles, which is what abbreviations keep: `van den` is `v.d.`, `vd`.
  static func initials(of particles: [String]) -> String {
    particles.map { $0 == "vd" ? "vd" : String($0.prefix(1)) }.joined()
  }

  /// Words in front of a name that say that it is one of ours: offices and introductions.
  static let introductions: Set<String> = [
    // nl
    "collega", "medewerker", "medewerkster", "monteur", "ene", "genaamd", "verkoper", "verkoopster",
    "chauffeur", "bezorger", "adviseur", "arts", "dokter", "zuster", "conducteur", "bestuurder",
    "receptionist", "receptioniste", "baliemedewerker", "baliemedewerkster", "manager", "chef",
    "naam", "heette", "heet",
    // pl
    "pracownik", "pracownika", "pracownikowi", "pracownikiem", "pracownica", "pracownice",
    "pracownicy", "konsultant", "konsultanta", "konsultantem", "konsultantka", "konsultantke",
    "konsultantki", "kierownik", "kierownika", "kierownikiem", "kierowniczka", "kierowniczke",
    "kierowca", "kierowcy", "kierowce", "doktor", "doktora", "doktorem", "lekarz", "lekarza",
    "doradca", "doradcy", "doradce", "kolega", "kolezanka", "kolezanke", "serwisant", "serwisanta",
    "kurier", "kuriera", "niejaki", "niejakiego", "niejaka", "imieniu", "nazwisku", "sprzedawca",
    "sprzedawcy", "sprzedawczyni", "mecenas", "dyrektor", "dyrektora", "dyrektorem",
    // en
    "colleague", "agent", "adviser", "advisor", "manager", "technician", "engineer", "driver",
    "courier", "receptionist", "assistant", "representative", "rep", "nurse", "doctor", "named",
    "called", "clerk", "cashier", "supervisor", "operator", "certain",
  ]

  /// Words with a capital that are also names: alone they are months, days and closings.
  static let everyday: Set<String> = [
    "january", "march", "april", "may", "june", "july", "august", "october", "monday", "friday",
    "christmas", "easter", "best", "day", "will", "bill",
  ]

  /// Words that begin a letter: who is named behind them is written to, not about.
  static let greetings: Set<String> = [
    "beste", "geachte", "dag", "hallo", "hoi", "lieve", "goedemorgen", "goedemiddag", "goedenavond",
    "hey", "he", "hej", "dear", "hi", "hello", "morning", "afternoon", "szanowny", "szanowna",
    "szanowni", "drogi", "droga", "witam", "witaj", "czesc", "dobry",
  ]
}
