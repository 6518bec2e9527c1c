import HeardLexicon

/// Inflects English words by part of speech.
///
/// The dictionaries mix inflection with derivation
/// (`complain` → `complainer`), so forms are made here and kept when a dictionary has them.
struct EnglishParadigm: Paradigm {
  let vocabulary: Vocabulary

  func forms(_ lemma: String, _ partOfSpeech: String?) -> FormList {
    var list = FormList()
    if vocabulary.knows(lemma) || vocabulary.knows(lemma.prefix(1).uppercased() + lemma.dropFirst())
    {
      list.add(lemma, "lemma")
    }
    switch partOfSpeech {
    case "verb": verb(lemma, &list)
    case "noun": noun(lemma, &list)
    case "adjective", "adverb": comparison(lemma, partOfSpeech ?? "", &list)
    case "other": break
    default:
      verb(lemma, &list)
      noun(lemma, &list)
      comparison(lemma, "adjective", &list)
    }
    return list
  }

  private func verb(_ lemma: String, _ list: inout FormList) {
    let slots = vocabulary.irregular.slots(lemma, "verb")
    for slot in ["present", "past", "participle"] {
      for form in slots[slot] ?? [] { list.add(form, "irregular " + slot) }
    }
    let progressive = vocabulary.known(Self.joined(lemma, "ing"))
    // A word with no -ing form is no verb; what looks like its past is then another word.
    guard !progressive.isEmpty else { return }
    if slots["present"] == nil {
      for form in vocabulary.known(Self.withS(lemma)) { list.add(form, "verb -s") }
    }
    for form in progressive { list.add(form, "verb -ing") }
    if slots["past"] == nil {
      for form in vocabulary.known(Self.joined(lemma, "ed")) { list.add(form, "verb -ed") }
    }
  }

  private func noun(_ lemma: String, _ list: inout FormList) {
    let slots = vocabulary.irregular.slots(lemma, "noun")
    var plurals = slots["plural"] ?? []
    for form in plurals { list.add(form, "irregular plural") }
    if plurals.isEmpty {
      plurals = vocabulary.known(Self.withS(lemma))
      for form in plurals { list.add(form, "noun -s") }
    }
    if vocabulary.knows(lemma + "'s") { list.add(lemma + "'s", "noun 's") }
    for plural in plurals where !plural.hasSuffix("s") && vocabulary.knows(plural + "'s") {
      list.add(plural + "'s", "noun 's")
    }
  }

  private func comparison(_ lemma: String, _ partOfSpeech: String, _ list: inout FormList) {
    let slots = vocabulary.irregular.slots(lemma, partOfSpeech)
    for slot in ["comparative", "superlative"] {
      for form in slots[slot] ?? [] { list.add(form, "irregular " + slot) }
    }
    if !slots.isEmpty { return }
    let superlatives = vocabulary.known(Self.joined(lemma, "est"))
    // Without -est, -er makes a person or a tool: wait, waiter.
    if superlatives.isEmpty { return }
    for form in vocabulary.known(Self.joined(lemma, "er")) { list.add(form, "adjective -er") }
    for form in superlatives { list.add(form, "adjective -est") }
  }

  // MARK: Spelling

  /// A stem before an ending that begins with a vowel: stopping, making, trying, dying.
  static func joined(_ lemma: String, _ ending: String) -> [String] {
    let letters = Array(lemma)
    guard let last = letters.last, letters.count > 1 else { return [lemma + ending] }
    let before = letters[letters.count - 2]
    let plain = String(lemma.dropLast())
    if last == "e" {
      if ending == "ing" {
        if letters.count == 2 { return [lemma + "ing"] }
        if before == "i" { return [lemma.dropLast(2) + "ying"] }
        // seeing, hoeing, dyeing keep it; a word that may do both has both.
        return "eoy".contains(before) ? [lemma + "ing"] : [plain + "ing", lemma + "ing"]
      }
      return [plain + ending]
    }
    if last == "y", !isVowel(before), ending != "ing" { return [plain + "i" + ending] }
    if last == "c" { return [lemma + "k" + ending, lemma + ending] }
    let single = isVowel(before) && !(letters.count > 2 && isVowel(letters[letters.count - 3]))
    let quick =
      letters.count > 2 && letters[letters.count - 3] == "u"
      && letters.dropLast(3).last == "q"
    if !isVowel(last), !"wxyh".contains(last), single || quick {
      return [lemma + String(last) + ending, lemma + ending]
    }
    return [lemma + ending]
  }

  /// -s, -es or -ies.
  static func withS(_ lemma: String) -> [String] {
    let letters = Array(lemma)
    guard let last = letters.last, letters.count > 1 else { return [lemma + "s"] }
    if last == "y", !isVowel(letters[letters.count - 2]) { return [lemma.dropLast() + "ies"] }
    if "sxz".contains(last) || lemma.hasSuffix("ch") || lemma.hasSuffix("sh") {
      return [lemma + "es", lemma + String(last) + "es"]
    }
    if last == "o" { return [lemma + "es", lemma + "s"] }
    if last == "f" { return [lemma + "s", lemma.dropLast() + "ves"] }
    if lemma.hasSuffix("fe") { return [lemma + "s", lemma.dropLast(2) + "ves"] }
    return [lemma + "s"]
  }

  private static func isVowel(_ letter: Character) -> Bool { "aeiou".contains(letter) }
}
