import HeardText
import Testing

@testable import HeardLexicon

/// One inflector for all tests: reading the dictionaries takes a moment.
enum Dictionaries {
  /// The folder of `lexicons/` in this package.
  static let lexicons = String(
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/") + "/lexicons")

  static func available(_ language: Language) -> Bool {
    let has = DictionaryFolder.standard.has(language)
    if !has {
      print("SKIPPED: no Hunspell dictionary for \(language.code); install the Debian packages")
    }
    return has
  }
}

/// A lemma, forms that it must have, and traps that it must not.
struct Golden: Sendable, CustomTestStringConvertible {
  var lemma: String
  var part: String?
  var forms: String
  var traps: String

  init(_ lemma: String, _ part: String?, _ forms: String, not traps: String = "") {
    self.lemma = lemma
    self.part = part
    self.forms = forms
    self.traps = traps
  }

  var testDescription: String { "\(lemma) (\(part ?? "any"))" }
}

@Suite("Expansion with the real dictionaries", .serialized) struct InflectionGoldenTests {
  static let polish = [
    Golden(
      "zadowolony", "adjective", "zadowolona zadowolonego zadowoleni",
      not: "niezadowolonym niezadowolony")
  ]

  @Test func dump() throws {
    let inflector = try Inflector(lexicons: Dictionaries.lexicons)
    let words: [(Language, [(String, String?)])] = [
      (
        .polish,
        [
          ("zadowolony", "adjective"), ("drogi", "adjective"), ("żądać", "verb"), ("łaska", "noun"),
          ("iść", "verb"), ("dobry", nil), ("ładny", "adjective"), ("uprzejmy", "adjective"),
          ("człowiek", "noun"),
        ]
      ),
      (
        .dutch,
        [
          ("wachten", "verb"), ("terugbellen", "verb"), ("afspreken", "verb"), ("beloven", "verb"),
          ("boos", "adjective"), ("klacht", "noun"), ("onbeschoft", "adjective"),
          ("klantenservicemedewerker", "noun"), ("factuur", "noun"), ("annuleren", "verb"),
          ("oplichten", "verb"), ("liegen", "verb"), ("foto", "noun"),
          ("teleurgesteld", "adjective"), ("krijgen", nil), ("prijs", nil), ("duur", "adjective"),
          ("verbreken", "verb"), ("zijn", "verb"), ("één", nil), ("eisen", "verb"),
          ("kosten", "verb"), ("voorkomen", "verb"), ("doorverbinden", "verb"),
          ("ophangen", "verb"), ("reageren", "verb"), ("luisteren", nil), ("medewerkster", "noun"),
          ("week", "noun"), ("maand", nil), ("slecht", "adjective"), ("reizen", "verb"),
          ("stoppen", "verb"), ("belofte", "noun"), ("kind", "noun"), ("gaan", "verb"),
        ]
      ),
      (
        .english,
        [
          ("complain", "verb"), ("promise", nil), ("stop", "verb"), ("angry", "adjective"),
          ("bad", "adjective"), ("lie", "verb"), ("child", "noun"), ("company", "noun"),
          ("cancel", "verb"), ("overcharge", "verb"), ("rude", "adjective"), ("try", nil),
          ("refund", nil), ("wait", nil), ("happy", "adjective"), ("box", nil), ("make", "verb"),
          ("die", "verb"), ("panic", "verb"), ("be", "verb"), ("visit", "verb"), ("bus", "noun"),
          ("disappoint", "verb"), ("big", "adjective"), ("quit", "verb"), ("travel", "verb"),
          ("manager", "noun"),
        ]
      ),
    ]
    for (language, lemmas) in words {
      for (lemma, part) in lemmas {
        let forms = try inflector.expand(lemma: lemma, partOfSpeech: part, language: language)
        print(
          "##", lemma, part ?? "any", forms.count,
          forms.map { $0.text.replacing(" ", with: "_") + ($0.foldCollides ? "!" : "") }.joined(
            separator: " "))
      }
    }
  }
}
