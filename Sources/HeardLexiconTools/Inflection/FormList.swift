internal import HeardAuthoring
internal import HeardHunspell
internal import HeardSources

/// Forms of one lemma in the making: each once, with the rule that made it first.
struct FormList {
  private(set) var forms: [InflectedForm] = []
  private var seen: Set<String> = []

  /// Adds a form unless it is there or no token can look so.
  mutating func add(_ text: String, _ rule: String) {
    let words = text.split(separator: " ")
    let fits = words.allSatisfy { $0.hasPrefix("...") || WordShape.problem(in: String($0)) == nil }
    guard fits, !words.isEmpty, seen.insert(text).inserted else { return }
    forms.append(InflectedForm(text: text, rule: rule))
  }

  /// Adds all that the other has.
  mutating func add(_ other: FormList) {
    for form in other.forms { add(form.text, form.rule) }
  }

  func has(_ text: String) -> Bool { seen.contains(text) }
}

/// What paradigms know of a language.
struct Vocabulary: Sendable {
  var dictionaries: [HunspellDictionary]
  var irregular: IrregularForms

  /// Whether a dictionary has the word.
  func knows(_ word: String) -> Bool { dictionaries.contains { $0.contains(word) } }

  /// Whether a dictionary lists the word itself, not as a form.
  func lists(_ word: String) -> Bool { dictionaries.contains { $0.hasStem(word) } }

  /// The stems that the word may be a form of.
  func stems(of word: String) -> Set<String> {
    dictionaries.reduce(into: []) { $0.formUnion($1.stems(of: word)) }
  }

  /// The words of `candidates` that a dictionary has.
  func known(_ candidates: [String]) -> [String] { candidates.filter(knows) }

  /// The forms that the dictionaries derive, a name where there is no such word.
  func derived(
    _ lemma: String, suffixes: (String) -> Bool = { _ in true },
    prefixes: (String) -> Bool = { _ in false }
  ) -> FormList {
    var list = FormList()
    for dictionary in dictionaries {
      var forms = dictionary.forms(of: lemma, suffixes: suffixes, prefixes: prefixes)
      if forms.isEmpty {
        let name = lemma.prefix(1).uppercased() + lemma.dropFirst()
        forms = dictionary.forms(of: name, suffixes: suffixes, prefixes: prefixes)
      }
      for form in forms { list.add(Spelling.normal(form.text), form.label) }
    }
    return list
  }
}
