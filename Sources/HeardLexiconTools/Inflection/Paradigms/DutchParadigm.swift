internal import HeardAuthoring
internal import HeardHunspell

/// Inflects Dutch words by part of speech.
///
/// The dictionary derives most plurals, diminutives and
/// adjectives, but lists verbs form by form: those are made by ``DutchVerb`` and kept when the
/// dictionary has them. A compound that it does not know is inflected by its head.
struct DutchParadigm: Paradigm {
  let vocabulary: Vocabulary

  func forms(_ lemma: String, _ partOfSpeech: String?) -> FormList {
    var list = FormList()
    if vocabulary.knows(lemma) { list.add(lemma, "lemma") }
    switch partOfSpeech {
    case "verb": DutchVerb(vocabulary: vocabulary).add(lemma, to: &list)
    case "noun": noun(lemma, &list, guessing: true)
    case "adjective", "adverb": adjective(lemma, &list, guessing: true)
    case "other": break
    default:
      let verb = DutchVerb(vocabulary: vocabulary)
      if lemma.hasSuffix("n") || lemma.contains("|") { verb.add(lemma, to: &list) }
      // An infinitive is listed as a noun as well; what else it could be is not guessed.
      let isVerb = list.forms.count > 3
      noun(lemma, &list, guessing: !isVerb)
      adjective(lemma, &list, guessing: false)
    }
    return list
  }

  // MARK: Nouns

  private func noun(_ lemma: String, _ list: inout FormList, guessing: Bool) {
    let plurals = vocabulary.irregular.slots(lemma, "noun")["plural"] ?? []
    for form in plurals { list.add(form, "irregular plural") }
    let derived = vocabulary.derived(lemma) { flag in
      (flag.hasPrefix("Y") || flag.hasPrefix("Z")) && flag != "Zk" && flag != "Zm"
    }
    list.add(derived)
    guard guessing else { return }
    if derived.forms.isEmpty, !vocabulary.knows(lemma) {
      compound(lemma, &list)
      return
    }
    let hasPlural = derived.forms.contains { $0.rule.hasPrefix("SFX Z") } || !plurals.isEmpty
    if !hasPlural {
      let candidates =
        ["n", "'s"].map { lemma + $0 } + sPlural(lemma) + [DutchSpelling.open(lemma) + "en"]
      for form in vocabulary.known(candidates) { list.add(form, "noun plural") }
    }
    if !derived.forms.contains(where: { $0.rule.hasPrefix("SFX Y") }) {
      for ending in ["je", "tje", "etje", "pje"] {
        for form in vocabulary.known([lemma + ending, lemma + ending + "s"]) {
          list.add(form, "noun diminutive")
        }
      }
    }
  }

  /// The plural in -s, unless the dictionary has that -s as a link of compounds only.
  private func sPlural(_ lemma: String) -> [String] {
    let links = vocabulary.dictionaries.contains {
      !$0.suffixFlagNames(of: lemma).isDisjoint(with: ["Cd", "Ch"])
    }
    return links ? [] : [lemma + "s"]
  }

  /// `klantenservicemedewerker` inflects as `medewerker`, the longest head whose front is known.
  private func compound(_ lemma: String, _ list: inout FormList) {
    let letters = Array(lemma)
    guard letters.count >= 8 else { return }
    for split in 3...(letters.count - 4) {
      let front = String(letters[..<split])
      let head = String(letters[split...])
      guard isModifier(front) else { continue }
      var forms = FormList()
      noun(head, &forms, guessing: false)
      guard forms.forms.count > 1 || head.count >= 5 && vocabulary.lists(head) else { continue }
      list.add(lemma, "compound of \(head)")
      for form in forms.forms where form.rule != "lemma" {
        list.add(front + form.text, "compound of \(head) " + form.rule)
      }
      return
    }
  }

  /// A word, or a word with a linking -s-, -e- or -en-, or two of them.
  private func isModifier(_ front: String) -> Bool {
    if vocabulary.knows(front) { return true }
    if front.hasSuffix("s"), vocabulary.knows(String(front.dropLast())) { return true }
    let letters = Array(front)
    guard letters.count >= 8 else { return false }
    return (4...(letters.count - 4)).contains { split in
      vocabulary.knows(String(letters[..<split])) && vocabulary.knows(String(letters[split...]))
    }
  }

  // MARK: Adjectives

  /// A lemma with *on-* that the dictionary lacks inflects as the word in it; all forms keep *on-*.
  private func negative(_ lemma: String, _ list: inout FormList) {
    let base = String(lemma.dropFirst(2))
    guard base.count > 3, vocabulary.lists(base) else { return }
    var forms = FormList()
    adjective(base, &forms, guessing: true)
    list.add(lemma, "on- lemma")
    for form in forms.forms { list.add("on" + form.text, "on- " + form.rule) }
  }

  private func adjective(_ lemma: String, _ list: inout FormList, guessing: Bool) {
    if guessing, !vocabulary.knows(lemma), lemma.hasPrefix("on") {
      negative(lemma, &list)
      return
    }
    let slots = vocabulary.irregular.slots(lemma, "adjective")
    for slot in ["comparative", "superlative", "forms"] {
      for form in slots[slot] ?? [] { list.add(form, "irregular " + slot) }
    }
    let derived = vocabulary.derived(lemma) { $0.hasPrefix("A") }
    // A derived form that is listed by itself is another word: slechts is no form of slecht, nor
    // boter of bot. What is one all the same (bozer) is made below.
    for form in derived.forms where form.text == lemma || !vocabulary.lists(form.text) {
      list.add(form.text, form.rule)
    }
    guard guessing || derived.forms.count > 1 else { return }
    let open = DutchSpelling.open(lemma)
    var candidates = [open + "e"]
    if !vocabulary.lists(lemma + "s") { candidates.append(lemma + "s") }
    if slots["comparative"] == nil {
      let stem = lemma.hasSuffix("r") ? lemma + "d" : open
      candidates += [stem + "er", stem + "ere", stem + "ers"]
    }
    if slots["superlative"] == nil {
      let superlative = lemma.hasSuffix("s") ? "t" : "st"
      candidates += [lemma + superlative, lemma + superlative + "e"]
    }
    for form in vocabulary.known(candidates) { list.add(form, "adjective") }
  }
}

/// Dutch spelling of vowels and consonants where syllables open and close.
enum DutchSpelling {
  /// A stem before an ending that begins with a vowel: boos → boz-, groot → grot-, dik → dikk-,
  /// lief → liev-.
  static func open(_ word: String) -> String {
    let letters = Array(word)
    guard letters.count > 2, let last = letters.last, !isVowel(last) else { return word }
    let before = letters[letters.count - 2]
    let third = letters[letters.count - 3]
    guard isVowel(before) else { return voiced(word) }
    if before == third { return voiced(String(letters.dropLast(2)) + String(last)) }
    // Two different vowel letters are one long vowel or a diphthong: nothing doubles.
    if isVowel(third) && !(third == "i" && before == "e") || third == "i" && before == "j" {
      return voiced(word)
    }
    if third == "i" && before == "e" { return voiced(word) }
    if before == "j" { return voiced(word) }
    // An unstressed last syllable does not double either: bitter, handig.
    let unstressed = ["er", "el", "en", "ig", "em", "lijk"].contains { word.hasSuffix($0) }
    if unstressed && letters.dropLast(2).contains(where: isVowel) { return word }
    return "hjwx".contains(last) ? word : word + String(last)
  }

  private static func voiced(_ word: String) -> String {
    if word.hasSuffix("f") { return word.dropLast() + "v" }
    let letters = Array(word)
    if letters.last == "s", letters.count > 1, isVowel(letters[letters.count - 2]) {
      return word.dropLast() + "z"
    }
    return word
  }

  /// Stems that an infinitive may have, the likeliest first: maken → maak, mak.
  static func stems(of infinitive: String) -> [String] {
    guard infinitive.hasSuffix("en"), infinitive.count > 3 else {
      // gaan, staan, doen, zien.
      return infinitive.hasSuffix("n") ? [String(infinitive.dropLast())] : []
    }
    let base = String(infinitive.dropLast(2))
    let letters = Array(base)
    guard let last = letters.last, letters.count > 1 else { return [base] }
    let before = letters[letters.count - 2]
    if last == before, !isVowel(last) { return [String(base.dropLast())] }
    guard isVowel(before), !isVowel(last) else { return [closed(base)] }
    let third = letters.count > 2 ? letters[letters.count - 3] : " "
    if isVowel(third) || before == "j" { return [closed(base)] }
    return [closed(String(letters.dropLast()) + String(before) + String(last)), closed(base)]
  }

  private static func closed(_ stem: String) -> String {
    if stem.hasSuffix("v") { return stem.dropLast() + "f" }
    if stem.hasSuffix("z") { return stem.dropLast() + "s" }
    return stem
  }

  static func isVowel(_ letter: Character) -> Bool {
    "aeiouyäëïöüáéíóúèj".contains(letter) && letter != "j"
  }
}
