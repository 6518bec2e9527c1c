internal import HeardLexicon
public import HeardSources
public import HeardText

/// Counts how often forms occur in texts, whatever language those are read as.
public struct FormCounter: Sendable {
  private let texts: [String]

  /// Takes the texts.
  public init(texts: [String]) { self.texts = texts }

  /// How often each form occurs, in the order of the forms.
  ///
  /// As the matcher finds them: without diacritics too, unless that is another word; and with what
  /// stands in the gap of a separable verb.
  ///
  /// - Throws: a form that cannot be compiled.
  public func counts(
    of forms: [InflectedForm], _ language: Language
  ) throws(CompiledLexiconError) -> [Int] {
    var counts = Array(repeating: 0, count: forms.count)
    let entries = forms.enumerated().map { index, form in
      EntrySource(
        id: "form.\(String(100_000 + index))", language: language, theme: "form", concept: nil,
        patterns: [form.pattern], patternTexts: [form.text], partOfSpeech: nil,
        mode: MatchingMode(), evidence: [], negated: [], scopeOperator: nil, scopes: [], maximum: 1,
        note: nil, examples: [], counterexamples: [],
        location: SourceLocation(file: "forms", line: index + 1, column: 1))
    }
    let colliding = Set(forms.filter(\.foldCollides).map(\.text))
    let image = try LexiconCompiler.compile(
      entries: entries, scoring: .neutral,
      forms: { word, _ in
        [
          InflectedForm(
            text: word.text, rule: "lemma", foldCollides: colliding.contains(word.text))
        ]
      }, manifest: nil, normaliser: .analyzer())
    let analyzer = TextAnalyzer()
    var matcher = Matcher(try CompiledLexicon(bytes: image))
    var document = Document()
    var matches: ContiguousArray<Match> = []
    for text in texts {
      analyzer.analyze(Array(text.utf8), into: &document)
      matcher.match(
        document, memory: analyzer.memory, languages: LanguageSet(language), into: &matches)
      for match in matches { counts[Int(match.entry)] += 1 }
    }
    return counts
  }
}
