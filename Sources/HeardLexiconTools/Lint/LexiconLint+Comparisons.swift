internal import HeardAuthoring
import HeardLexicon
internal import HeardSources
import HeardText

/// The checks that compare entries with each other.
extension LexiconLint {
  /// One pattern in two entries of a language is seldom meant.
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

  func singleForms(of entry: EntrySource) -> [String] {
    var result: [String] = []
    for word in entry.patterns.flatMap(\.lonelyWords) {
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
    let complete = languages.filter { $0.value == present }.map(\.key).sorted()
    for (concept, found) in languages {
      let missing = Language.read.filter { present.contains($0) && !found.contains($0) }
      guard !missing.isEmpty, let place = first[concept] else { continue }
      // One letter off a concept that every language has is rather a slip than a concept.
      let meant = complete.first {
        concept.count > 3 && abs($0.count - concept.count) < 2
          && Spelling.editDistance($0, concept) == 1
      }
      report(
        meant == nil ? .note : .warning, .conceptIncomplete, at: place,
        "the concept '\(concept)' has no entry in \(missing.map(\.code).joined(separator: ", "))",
        hint: meant.map { "did you mean '\($0)'?" }
          ?? "add one there, or check the spelling of the concept")
    }
  }
}
