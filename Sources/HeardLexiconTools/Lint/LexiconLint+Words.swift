internal import HeardAuthoring
internal import HeardLexicon
internal import HeardSources
import HeardText

/// The checks of words: shared and negated forms, doubles, other languages.
extension LexiconLint {
  /// Alternatives from which on an order is worth having.
  private static let manyAlternatives = 12
  /// Bytes from which the language of an example is told with some certainty.
  private static let clearExample = 40
  private static let negatingPrefixes: [Language: [String]] = [
    .dutch: ["on", "niet", "non"], .polish: ["nie", "bez"],
    .english: ["un", "in", "im", "dis", "non", "ir", "il"],
  ]

  /// Whether an inflection turned its lemma round: `zadowolony` → `niezadowolonym`.
  func negated(_ form: String, of lemma: String, _ language: Language) -> String? {
    let stem = lemma.replacing("|", with: "")
    return Self.negatingPrefixes[language]?.first { prefix in
      !stem.hasPrefix(prefix) && form.hasPrefix(prefix) && form.count > stem.count
        && form.dropFirst(prefix.count).hasPrefix(stem.prefix(max(3, stem.count - 3)))
    }
  }

  mutating func checkAlternatives(_ entry: EntrySource) {
    for (index, pattern) in entry.patterns.enumerated() {
      let place = place(index, of: entry)
      let text = index < entry.patternTexts.count ? entry.patternTexts[index] : ""
      checkOrder(pattern, text, at: place)
      checkGrammar(pattern, text, entry, at: place)
    }
    checkRedundant(entry)
  }

  private mutating func checkOrder(_ node: PatternNode, _ text: String, at place: SourceLocation) {
    switch node {
    case .word, .tokenClass, .gap: break
    case .optional(let inner): checkOrder(inner, text, at: place)
    case .sequence(let nodes): for node in nodes { checkOrder(node, text, at: place) }
    case .alternatives(let nodes):
      for node in nodes { checkOrder(node, text, at: place) }
      let words = nodes.compactMap { node -> String? in
        if case .word(let word) = node { word.text } else { nil }
      }
      guard words.count == nodes.count, words.count >= Self.manyAlternatives,
        words != words.sorted()
      else { return }
      report(
        .note, .unsortedAlternatives, at: place,
        "\(words.count) alternatives in no order, from '\(words[0])'",
        hint: "sort them, or make a list of phrases: of them")
    }
  }

  /// A phrase of grammar alone is in every other message.
  private mutating func checkGrammar(
    _ node: PatternNode, _ text: String, _ entry: EntrySource, at place: SourceLocation
  ) {
    guard case .sequence(let items) = node, entry.scopeOperator == nil, !entry.isCover else {
      return
    }
    let grammar = items.allSatisfy { item in
      if case .word(let word) = item {
        StopWords.contains(word.text, entry.language)
      } else {
        false
      }
    }
    guard grammar else { return }
    report(
      .note, .stopWord, at: place, "'\(text)' is made of words of everyday grammar",
      hint: "check with heard concordance what it finds")
  }

  /// `[boos, erg boos]`: what matches alone needs no phrase beside it in the same entry.
  private mutating func checkRedundant(_ entry: EntrySource) {
    let alone = Set(entry.patterns.flatMap(\.lonelyWords))
    guard !alone.isEmpty, !entry.isCover else { return }
    for (index, pattern) in entry.patterns.enumerated() {
      guard case .sequence(let items) = pattern else { continue }
      let word = items.compactMap { item -> WordPattern? in
        if case .word(let word) = item, alone.contains(word) { word } else { nil }
      }.first
      guard let word else { continue }
      report(
        .note, .redundantPattern, at: place(index, of: entry),
        "'\(entry.patternTexts[index])' in an entry where '\(word.text)' matches alone",
        hint: "remove the longer one: the entry matches without it")
    }
  }

  /// Of two entries with one form only what the stronger says counts.
  ///
  /// That is no mistake: a theme may be whole although another has some of its words. But who wants to
  /// weaken one meets the other.
  mutating func checkSharedForms() {
    struct Form: Hashable {
      var language: Language
      var text: String
    }
    var owners: [Form: [EntrySource]] = [:]
    var told: Set<[String]> = []
    for entry in source.entries where !entry.isCover && entry.scopeOperator == nil {
      for text in Set(singleForms(of: entry)).sorted() {
        let form = Form(language: entry.language, text: text)
        for other in owners[form] ?? [] where other.id != entry.id {
          let shared = entry.evidence.filter { one in
            one.milli != 0
              && other.evidence.contains {
                $0.kind == one.kind && ($0.milli < 0) == (one.milli < 0) && $0.milli != 0
              }
          }
          let samePattern = !Set(entry.patterns).isDisjoint(with: other.patterns)
          guard let kind = shared.first?.kind, !samePattern,
            told.insert([other.id, entry.id]).inserted
          else { continue }
          report(
            .note, .duplicateForm, at: entry.location,
            "'\(text)' is a form in '\(entry.id)' and in '\(other.id)' (\(other.location)), of "
              + "which the stronger counts for \(kind.rawValue)",
            hint: "keep it in one of them, or weigh both when you weigh one")
        }
        owners[form, default: []].append(entry)
      }
    }
  }

  /// A word that is good here and bad there misleads when the language is told wrongly.
  mutating func checkHomographs() {
    var moods: [String: [(entry: EntrySource, valence: Int32)]] = [:]
    var told: Set<[String]> = []
    for entry in source.entries {
      guard let valence = entry.evidence.first(where: { $0.kind == .valence })?.milli,
        valence.magnitude >= 1000
      else { continue }
      for form in Set(singleForms(of: entry)).sorted() where form.count > 2 {
        for other in moods[form] ?? []
        where other.entry.language != entry.language && (other.valence < 0) != (valence < 0) {
          guard told.insert([other.entry.id, entry.id]).inserted else { continue }
          report(
            .note, .homograph, at: entry.location,
            "'\(form)' has valence \(Milli.text(valence)) in \(entry.language.code) and "
              + "\(Milli.text(other.valence)) in \(other.entry.language.code) "
              + "(\(other.entry.id))",
            hint: "short texts may be taken for the other language: prefer a phrase")
        }
        moods[form, default: []].append((entry, valence))
      }
    }
  }

  /// Examples that the language model takes for another language, and counterexamples that try
  /// nothing.
  mutating func checkLanguages() {
    let analyzer = TextAnalyzer()
    var document = Document()
    for entry in source.entries {
      let known = entry.counterexamples.isEmpty ? [] : words(of: entry)
      let isOpen =
        entry.mode.compound != .none || entry.patterns.contains(where: Self.hasClass)
      for (texts, isCounter) in [(entry.examples, false), (entry.counterexamples, true)] {
        for text in texts {
          analyzer.analyze(Array(text.utf8), into: &document)
          if text.utf8.count >= Self.clearExample, document.language != entry.language,
            Language.read.contains(document.language)
          {
            report(
              .note, .exampleLanguage, at: entry.location,
              "an example of '\(entry.id)' reads as \(document.language.code): '\(text)'",
              hint: "write it in \(entry.language.code): in a message it would not be matched")
          }
          guard isCounter, !isOpen else { continue }
          let words = document.tokens.map { Spelling.folded(analyzer.memory.normal($0.form)) }
          if words.allSatisfy({ !known.contains($0) }) {
            report(
              .note, .exampleIdle, at: entry.location,
              "the counterexample '\(text)' has no word of '\(entry.id)'",
              hint: "write one that nearly matches")
          }
        }
      }
    }
  }

  /// Every word of an entry's patterns in every form, without diacritics.
  private func words(of entry: EntrySource) -> Set<String> {
    var known = Set<String>()
    for pattern in entry.patterns {
      pattern.forEachWord { word in
        let forms = source.forms(of: word, in: entry) ?? [InflectedForm(text: word.text, rule: "")]
        for form in forms {
          known.formUnion(form.text.split(separator: " ").map { Spelling.folded(String($0)) })
        }
      }
    }
    return known
  }

  private static func hasClass(_ node: PatternNode) -> Bool {
    switch node {
    case .tokenClass: true
    case .word, .gap: false
    case .optional(let inner): hasClass(inner)
    case .sequence(let nodes), .alternatives(let nodes): nodes.contains(where: hasClass)
    }
  }

  /// Where a pattern of an entry stands.
  func place(_ index: Int, of entry: EntrySource) -> SourceLocation {
    index < entry.patternLocations.count ? entry.patternLocations[index] : entry.location
  }
}
