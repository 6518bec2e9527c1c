import HeardText

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardSources

/// Entries and lexicons for tests, without files.
enum LexiconFixture {
  static let scoring = ScoringRules(
    frames: [
      Frame(
        id: "frame.staff", languages: [LanguageSet(.dutch), LanguageSet(.english)], first: .person,
        second: .conduct, ordered: true, window: .clause, distance: 9,
        evidence: [Evidence(.staffTargeted, milli: 2600), Evidence(.complaint, milli: 800)],
        maximum: 2)
    ],
    calibrations: [
      Calibration(kind: .complaint, language: .dutch, biasMilli: -1800, slopeMilli: 1100),
      Calibration(kind: .anger, language: .undetermined, biasMilli: -5, slopeMilli: 1000),
    ],
    scopeFactors: ["hypothetical": 300, "contrast-before": 600],
    styles: ["capitals": [Evidence(.anger, milli: 800)]],
    angerLevels: [0, 1600, 3200], signalThreshold: 1000)

  static func word(_ text: String) -> PatternNode {
    .word(WordPattern(text: text, inflected: false))
  }

  static func lemma(_ text: String) -> PatternNode {
    .word(WordPattern(text: text, inflected: true))
  }

  /// Exact words, `~lemmas`, `...n` gaps and `<classes>` between blanks.
  static func phrase(_ text: String) -> PatternNode {
    let nodes = text.split(separator: " ").map { part -> PatternNode in
      if part.hasPrefix("...") { return .gap(maximum: Int(part.dropFirst(3)) ?? 3) }
      if part.hasPrefix("<"), let kind = TokenClass(rawValue: String(part.dropFirst().dropLast())) {
        return .tokenClass(kind)
      }
      if part.hasPrefix("~") { return lemma(String(part.dropFirst())) }
      return word(String(part))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  static func entry(
    _ id: String, _ language: Language = .dutch, _ patterns: PatternNode...,
    mode: MatchingMode = MatchingMode(), evidence: [Evidence] = [Evidence(.complaint, milli: 500)],
    negated: [Evidence] = [], change: ScopeOperator? = nil, examples: [String] = [],
    counterexamples: [String] = []
  ) -> EntrySource {
    EntrySource(
      id: id, language: language, theme: "test", concept: nil, patterns: patterns,
      patternTexts: patterns.map { _ in id }, partOfSpeech: nil, mode: mode, evidence: evidence,
      negated: negated, scopeOperator: change, scopes: .all, maximum: 2, note: nil,
      examples: examples, counterexamples: counterexamples,
      location: SourceLocation(file: "test.yaml", line: 1, column: 1))
  }

  static let inflections: [String: [InflectedForm]] = [
    "klacht": form("klacht klachten"),
    "klagen": form("klagen klaag klaagt klaagde geklaagd"),
    "krijgen": form("krijgen krijg krijgt kreeg kregen gekregen"),
    "terug|bellen": form("bellen bel belt gebeld teruggebeld") + [
      InflectedForm(text: "terug te bellen", rule: "separable"),
      InflectedForm(text: "bel ...8 terug", rule: "separable"),
      InflectedForm(text: "belt ...8 terug", rule: "separable"),
    ],
    "łaska": [
      InflectedForm(text: "łaska", rule: "lemma", foldCollides: true),
      InflectedForm(text: "łaskę", rule: "a"),
    ],
    "żądać": form("żądać żądam żąda"),
    "laska": form("laska laskę"),
  ]

  private static func form(_ words: String) -> [InflectedForm] {
    words.split(separator: " ").map { InflectedForm(text: String($0), rule: "test") }
  }

  static func image(
    _ entries: [EntrySource], words: [WordWeight] = [], manifest: SourceManifest? = nil
  ) throws -> [UInt8] {
    var scoring = scoring
    scoring.words = words
    return try LexiconCompiler.compile(
      entries: entries, scoring: scoring,
      forms: { word, _ in word.inflected ? inflections[word.text] : nil },
      manifest: manifest, normaliser: WordSplitter.normaliser)
  }

  static func lexicon(
    _ entries: [EntrySource], words: [WordWeight] = []
  ) throws -> CompiledLexicon {
    try CompiledLexicon(bytes: image(entries, words: words))
  }

  /// What a lexicon finds in a text: `id: words` in order, `*` behind what is covered.
  static func found(
    _ text: String, _ entries: [EntrySource], _ language: Language = .dutch,
    forced: LanguageSet? = nil
  ) throws -> [String] {
    let lexicon = try lexicon(entries)
    var matcher = Matcher(lexicon)
    let memory = WordSplitter()
    let document = memory.document(text, language)
    var matches: ContiguousArray<Match> = []
    matcher.match(document, memory: memory, languages: forced, into: &matches)
    return matches.map { show($0, document, lexicon) }
  }

  static func show(_ match: Match, _ document: Document, _ lexicon: CompiledLexicon) -> String {
    let start = Int(document.tokens[Int(match.firstToken)].start)
    let end = Int(document.tokens[Int(match.lastToken)].end)
    let words = String(decoding: document.bytes[start..<end], as: UTF8.self)
    return "\(lexicon.entryID(Int(match.entry))): \(words)" + (match.covered ? " *" : "")
  }
}
