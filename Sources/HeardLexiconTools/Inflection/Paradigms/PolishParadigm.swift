internal import HeardAuthoring

/// Inflects Polish words.
///
/// The dictionary derives every form of nouns, verbs (participles and
/// gerunds too) and adjectives; added here are what its lemmas are split over: comparatives with
/// their *naj-*, and the few words that it has form by form (`iść`).
struct PolishParadigm: Paradigm {
  let vocabulary: Vocabulary

  /// Prefixes that inflect.
  ///
  /// *nie-* is not one: it turns the meaning round, so that
  /// `niezadowolonym` is a form of `niezadowolony` only.
  static let inflectingPrefixes: Set<String> = ["naj"]

  func forms(_ lemma: String, _ partOfSpeech: String?) -> FormList {
    var list = derived(lemma)
    if list.forms.isEmpty { negative(lemma, &list) }
    for part in partOfSpeech.map({ [$0] }) ?? ["noun", "verb", "adjective", "adverb"] {
      for (slot, forms) in vocabulary.irregular.slots(lemma, part).sorted(by: { $0.key < $1.key })
      where slot != "never" {
        if list.forms.isEmpty { list.add(lemma, "lemma") }
        for form in forms { list.add(form, "irregular " + slot) }
      }
    }
    if partOfSpeech == nil || partOfSpeech == "adjective" { compare(lemma, &list) }
    return list
  }

  private func derived(_ lemma: String) -> FormList {
    vocabulary.derived(lemma, prefixes: Self.inflectingPrefixes.contains)
  }

  /// A lemma with *nie-* that the dictionary has by its prefix rule: all its forms keep it.
  private func negative(_ lemma: String, _ list: inout FormList) {
    guard lemma.hasPrefix("nie"), vocabulary.knows(lemma) else { return }
    for form in derived(String(lemma.dropFirst(3))).forms where vocabulary.knows("nie" + form.text)
    {
      list.add("nie" + form.text, "nie- " + form.rule)
    }
  }

  private func compare(_ lemma: String, _ list: inout FormList) {
    let irregular = vocabulary.irregular.slots(lemma, "adjective")["comparative"] ?? []
    let candidates = irregular.isEmpty ? Self.comparatives(lemma) : irregular
    for comparative in candidates {
      let forms = derived(comparative).forms
      guard forms.count > 1 else { continue }
      for form in forms { list.add(form.text, "adjective comparative " + form.rule) }
      for form in forms { list.add("naj" + form.text, "adjective superlative " + form.rule) }
      return
    }
  }

  /// What the comparative may be, the likeliest first.
  static func comparatives(_ lemma: String) -> [String] {
    guard lemma.hasSuffix("y") || lemma.hasSuffix("i"), lemma.count > 3 else { return [] }
    let stem = String(lemma.dropLast())
    var result: [String] = []
    // wys-oki, głęb-oki, dal-eki, krót-ki: the ending goes.
    for ending in ["ok", "ek", "k"] where stem.hasSuffix(ending) {
      let root = String(stem.dropLast(ending.count))
      result += [soften(root) + "szy", root + "szy"]
    }
    result += [soften(stem) + "szy", stem + "szy", softened(stem) + "ejszy", stem + "ejszy"]
    return result
  }

  private static func soften(_ stem: String) -> String {
    for (hard, soft) in [("g", "ż"), ("ł", "l"), ("n", "ń"), ("s", "ż"), ("ż", "ż")]
    where stem.hasSuffix(hard) {
      return stem.dropLast() + soft
    }
    return stem
  }

  /// The stem before *-ejszy*: ładni-, mądrz-, prości-, ciepl-.
  private static func softened(_ stem: String) -> String {
    for (hard, soft) in [
      ("st", "ści"), ("sn", "śni"), ("ł", "l"), ("r", "rz"), ("t", "ci"), ("d", "dzi"),
    ]
    where stem.hasSuffix(hard) {
      return stem.dropLast(hard.count) + soft
    }
    if let last = stem.last, "bfmnpsvwz".contains(last) { return stem + "i" }
    return stem
  }
}
