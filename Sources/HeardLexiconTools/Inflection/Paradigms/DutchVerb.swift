import HeardLexicon

/// Makes the forms of Dutch verbs: weak ones by spelling rules, strong ones by the table of
/// irregular words, separable ones joined (`terugbelt`), apart (`terug te bellen`) and split over
/// the clause (`bel … terug`).
struct DutchVerb {
  let vocabulary: Vocabulary

  /// A split verb's parts stand at most so many tokens apart.
  private static let splitGap = 8
  /// First parts of separable verbs; those that often do not separate (`over`, `door`) count only
  /// where the dictionary has the participle with *-ge-* inside.
  private static let particles = [
    "voorbij", "vooruit", "achteruit", "tegen", "terug", "samen", "binnen", "buiten", "achter",
    "plaats", "onder", "langs", "thuis", "dicht", "klaar", "kwijt", "tussen", "teleur", "goed",
    "deel", "voor", "door", "over", "rond", "mee", "vast", "weg", "aan", "bij", "los", "mis", "vol",
    "vrij", "neer", "open", "stop", "toe", "uit", "af", "in", "na", "om", "op", "stil", "recht",
    "schoon", "waar", "bloot", "lastig", "kapot",
  ]
  private static let inseparable = [
    "be", "ver", "ont", "her", "ge", "er", "mis", "over", "onder",
    "door", "voor", "om", "weer", "aan", "vol",
  ]

  /// A verb's forms by what they are.
  private struct Forms {
    var finite: [(text: String, rule: String)] = []
    var participles: [(text: String, rule: String)] = []
  }

  /// Adds the forms of an infinitive, `terug|bellen` or not.
  func add(_ lemma: String, to list: inout FormList) {
    if let bar = lemma.firstIndex(of: "|") {
      let particle = String(lemma[..<bar])
      let base = String(lemma[lemma.index(after: bar)...])
      separable(particle, base, forms(base, inseparably: false), to: &list)
      return
    }
    if let (particle, base) = parts(of: lemma) {
      separable(particle, base, forms(base, inseparably: false), to: &list)
      return
    }
    let forms = forms(lemma, inseparably: true)
    if forms.finite.isEmpty { return }
    list.add(lemma, "verb infinitive")
    for form in forms.finite + forms.participles { list.add(form.text, form.rule) }
    present(lemma, "", to: &list)
  }

  /// The parts of a separable verb: its participle has *-ge-* between them.
  private func parts(of lemma: String) -> (particle: String, base: String)? {
    if vocabulary.irregular.slots(lemma, "verb")["inseparable"] != nil { return nil }
    for particle in Self.particles where lemma.hasPrefix(particle) {
      let base = String(lemma.dropFirst(particle.count))
      guard base.count > 3, vocabulary.knows(base) else { continue }
      let forms = forms(base, inseparably: false)
      if !forms.finite.isEmpty,
        forms.participles.contains(where: { vocabulary.knows(particle + $0.text) })
      {
        return (particle, base)
      }
    }
    return nil
  }

  private func separable(
    _ particle: String, _ base: String, _ forms: Forms, to list: inout FormList
  ) {
    if forms.finite.isEmpty { return }
    list.add(particle + base, "verb infinitive")
    for form in forms.finite + forms.participles {
      list.add(particle + form.text, "separable " + form.rule)
    }
    present(base, particle, to: &list)
    list.add("\(particle) te \(base)", "separable te")
    // Often written apart, though it should not be.
    list.add("\(particle) \(base)", "separable apart")
    for form in forms.participles { list.add("\(particle) \(form.text)", "separable apart") }
    for form in forms.finite + [(base, "verb plural")] {
      list.add("\(form.text) ...\(Self.splitGap) \(particle)", "separable split " + form.rule)
    }
  }

  private func present(_ base: String, _ particle: String, to list: inout FormList) {
    for ending in ["d", "de"] where vocabulary.knows(base + ending) {
      list.add(particle + base + ending, "verb present participle")
    }
  }

  // MARK: Forms

  private func forms(_ infinitive: String, inseparably: Bool) -> Forms {
    var forms = Forms()
    let irregular = irregular(infinitive)
    let stem = DutchSpelling.stems(of: infinitive).first { stem in
      vocabulary.knows(stem.hasSuffix("t") ? stem : stem + "t")
    }
    if let present = irregular["present"] {
      forms.finite += present.map { ($0, "irregular present") }
    } else if let stem {
      if vocabulary.knows(stem) { forms.finite.append((stem, "verb stem")) }
      if !stem.hasSuffix("t") { forms.finite.append((stem + "t", "verb -t")) }
    }
    if forms.finite.isEmpty { return forms }
    if let past = irregular["past"] {
      forms.finite += past.map { ($0, "irregular past") }
    } else if let stem {
      let ending = Self.isVoiceless(infinitive) ? "te" : "de"
      for form in vocabulary.known([stem + ending, stem + ending + "n"]) {
        forms.finite.append((form, "verb past -\(ending)"))
      }
    }
    if let participles = irregular["participle"] {
      for participle in participles {
        forms.participles.append((participle, "irregular participle"))
        inflect(participle, into: &forms)
      }
    } else if let stem {
      weakParticiple(stem, infinitive, inseparably, into: &forms)
    }
    return forms
  }

  private func weakParticiple(
    _ stem: String, _ infinitive: String, _ inseparably: Bool, into forms: inout Forms
  ) {
    let ending =
      stem.hasSuffix("t") || stem.hasSuffix("d") ? "" : Self.isVoiceless(infinitive) ? "t" : "d"
    let prefixed = ["be", "ver", "ont", "her", "ge", "er"].contains { infinitive.hasPrefix($0) }
    var candidates = ["ge" + stem + ending]
    if "eiu".contains(stem.first ?? " ") { candidates.append("ge" + Self.diaeresis(stem) + ending) }
    if prefixed || inseparably && Self.inseparable.contains(where: infinitive.hasPrefix) {
      candidates.insert(stem + ending, at: prefixed ? 0 : candidates.count)
    }
    if let participle = candidates.first(where: vocabulary.knows) {
      forms.participles.append((participle, "verb participle"))
      inflect(participle, into: &forms)
    }
  }

  /// `geëist`, `geïnd`: a vowel behind *ge-* shows that it begins a syllable.
  private static func diaeresis(_ stem: String) -> String {
    let marks: [Character: String] = ["e": "ë", "i": "ï", "u": "ü"]
    guard let first = stem.first, let marked = marks[first] else { return stem }
    return marked + stem.dropFirst()
  }

  private func inflect(_ participle: String, into forms: inout Forms) {
    guard participle.hasSuffix("d") || participle.hasSuffix("t") else { return }
    for form in vocabulary.known([DutchSpelling.open(participle) + "e"]) {
      forms.participles.append((form, "verb participle -e"))
    }
  }

  /// The slots of a strong verb, or of the one in it: `verbreken` goes as `breken`.
  private func irregular(_ infinitive: String) -> [String: [String]] {
    let own = vocabulary.irregular.slots(infinitive, "verb")
    if own["past"] != nil || own["present"] != nil || own["participle"] != nil { return own }
    for prefix in Self.inseparable where infinitive.hasPrefix(prefix) {
      let slots = vocabulary.irregular.slots(
        String(infinitive.dropFirst(prefix.count)), "verb")
      if slots.isEmpty { continue }
      var result = slots.mapValues { forms in forms.map { prefix + $0 } }
      result["participle"] = slots["participle"]?.map { form in
        prefix + (form.hasPrefix("ge") ? String(form.dropFirst(2)) : form)
      }
      result["inseparable"] = nil
      return result
    }
    return [:]
  }

  /// Whether the past is in -te: the infinitive's stem ends in t, k, f, s, ch or p.
  private static func isVoiceless(_ infinitive: String) -> Bool {
    let base = infinitive.hasSuffix("en") ? infinitive.dropLast(2) : infinitive.dropLast(1)
    guard let last = base.last else { return false }
    return "tkfspxc".contains(last) || base.hasSuffix("ch")
  }
}
