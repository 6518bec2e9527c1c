import HeardText

/// The checks that compare entries with each other.
extension LexiconLint {
  /// One pattern in two entries of a language counts twice, which is seldom meant.
  mutating func checkDuplicates() {
    struct Pattern: Hashable {
      var language: Language
      var node: PatternNode
      var isOperator: Bool
    }
    var first: [Pattern: EntrySource] = [:]
    for entry in source.entries {
      for (index, node) in entry.patterns.enumerated() {
        let places = entry.patternLocations
        let place = index < places.count ? places[index] : entry.location
        let pattern = Pattern(
          language: entry.language, node: node, isOperator: entry.scopeOperator != nil)
        guard let other = first[pattern] else {
          first[pattern] = entry
          continue
        }
        let text = index < entry.patternTexts.count ? entry.patternTexts[index] : ""
        report(
          .warning, .duplicatePattern, at: place,
          other.id == entry.id
            ? "'\(text)' twice in '\(entry.id)'"
            : "'\(text)' in '\(entry.id)' is in '\(other.id)' too (\(other.location))",
          hint: "keep it in one entry")
      }
    }
  }

  /// One form for and against the same thing: the two cancel out.
  mutating func checkSenses() {
    struct Sense: Hashable {
      var language: Language
      var form: String
      var kind: EvidenceKind
    }
    var first: [Sense: (weight: Int32, entry: EntrySource)] = [:]
    var told: Set<[String]> = []
    for entry in source.entries where !entry.evidence.isEmpty {
      let forms = singleForms(of: entry)
      for form in forms {
        for evidence in entry.evidence where evidence.milli != 0 {
          let sense = Sense(language: entry.language, form: form, kind: evidence.kind)
          guard let other = first[sense] else {
            first[sense] = (evidence.milli, entry)
            continue
          }
          guard (other.weight < 0) != (evidence.milli < 0), other.entry.id != entry.id,
            told.insert([other.entry.id, entry.id, evidence.kind.rawValue]).inserted
          else { continue }
          report(
            .warning, .oppositeSenses, at: entry.location,
            "'\(form)' counts for \(evidence.kind.rawValue) in '\(entry.id)' and against it in "
              + "'\(other.entry.id)' (\(other.entry.location)), or the other way round",
            hint: "remove one, or write phrases that tell the senses apart")
        }
      }
    }
  }

  private func singleForms(of entry: EntrySource) -> [String] {
    var result: [String] = []
    for pattern in entry.patterns {
      guard case .word(let word) = pattern else { continue }
      let forms = source.forms(of: word, in: entry) ?? []
      result += forms.filter(\.isSingleWord).map(\.text)
    }
    return result
  }

  /// A concept links languages; one that a language lacks is a gap in its lexicon.
  mutating func checkConcepts() {
    var languages: [String: Set<Language>] = [:]
    var first: [String: SourceLocation] = [:]
    for entry in source.entries {
      guard let concept = entry.concept else { continue }
      languages[concept, default: []].insert(entry.language)
      if first[concept] == nil { first[concept] = entry.location }
    }
    let present = Set(source.entries.map(\.language))
    for (concept, found) in languages {
      let missing = Language.read.filter { present.contains($0) && !found.contains($0) }
      guard !missing.isEmpty, let place = first[concept] else { continue }
      report(
        .note, .conceptIncomplete, at: place,
        "the concept '\(concept)' has no entry in \(missing.map(\.code).joined(separator: ", "))",
        hint: "add one there, or check the spelling of the concept")
    }
  }
}

/// Words of everyday grammar, which are evidence for nothing by themselves.
enum StopWords {
  static func contains(_ word: String, _ language: Language) -> Bool {
    words[language]?.contains(word) ?? false
  }

  private static let words: [Language: Set<String>] = [
    .dutch: set(
      """
      de het een en of maar dan dat die dit deze er hier daar ik jij je u hij zij ze wij we jullie \
      mij me hem haar ons hun van voor met op in aan bij uit over naar door om te tot als is zijn \
      was waren ben bent heb heeft had wordt werd zal zou kan ook wel nog al zo toen wat wie
      """),
    .polish: set(
      """
      i a o u w z na do od po za ze się to ten ta te tego tej tym ja ty on ona ono my wy oni mi mnie \
      go jej ich nas was jest są był była było być że żeby jak co kto czy ale lub oraz już tak też \
      dla przy przez pod nad jako tylko więc
      """),
    .english: set(
      """
      the a an and or but if then that this these those there here i you he she it we they me him \
      her us them my your his its our their of for with on in at by from to as is are was were be \
      been am have has had do does did will would can could so what who which
      """),
  ]

  private static func set(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
