import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardLexiconTools
@testable import HeardSources

/// The checks of weights, words, scoring and examples.
@Suite("Lint of weights, words and examples") struct LintMoreTests {
  private static func source(
    _ entries: String, language: String = "nl", scoring: String = "scoring: heard/1\n"
  ) throws -> LexiconSource {
    try LexiconSource(files: [
      ("scoring.yaml", scoring),
      (
        "\(language)/a.yaml",
        "lexicon: heard/1\nlanguage: \(language)\ntheme: a\nentries:\n" + entries
      ),
    ])
  }

  private static func checks(_ found: [Diagnostic]) -> [String] {
    found.filter { $0.check != .lemmaNotLocked && $0.check != .calibrationMissing }
      .map { "\($0.location.line) \($0.severity.rawValue) \($0.check.rawValue)" }
  }

  @Test(
    "each check finds its mistake",
    arguments: [
      ("- {id: nl.a.x, phrase: boos, evidence: {anger: 6.5}}", "5 warning weight-outlier"),
      ("- {id: nl.a.x, phrase: boos, evidence: {complaint: 5.5}}", "5 warning weight-outlier"),
      ("- {id: nl.a.x, phrase: boos, evidence: {person: 3.5}}", "5 warning weight-outlier"),
      ("- {id: nl.a.x, phrase: zeer, operator: {scope: intensifier}}", "5 warning no-effect"),
      (
        "- {id: nl.a.x, phrase: zeer, operator: {scope: intensifier, factor: 0.5}}",
        "5 warning opposite-senses"
      ),
      (
        "- {id: nl.a.x, phrase: niemand, operator: {scope: negation, reach: 30}}",
        "5 note operator-reach"
      ),
      ("- {id: nl.a.x, phrase: boos, evidence: {anger: 0.5}, max: 50}", "5 note max-unused"),
      ("- {id: nl.a.x, phrase: boos, covers: true, max: 3}", "5 note max-unused"),
      (
        "- {id: nl.a.x, phrases: [boos, erg boos], evidence: {anger: 0.5}}",
        "5 note redundant-pattern"
      ),
      ("- {id: nl.a.x, phrase: dat het, evidence: {anger: 0.5}}", "5 note stop-word"),
      (
        "- {id: nl.a.x, phrase: (z|b|c|d|e|f|g|h|j|k|l|m) boos, evidence: {anger: 0.5}}",
        "5 note unsorted-alternatives"
      ),
      (
        "- {id: nl.a.x, phrase: boos, evidence: {anger: 0.5}}\n"
          + "- {id: nl.a.y, phrase: (boos|kwaad), evidence: {anger: 0.4}}",
        "6 note duplicate-form"
      ),
      (
        "- {id: nl.a.x, phrase: boos, evidence: {anger: 0.5}, examples: [Boos!, Boos!]}",
        "5 note example-twice"
      ),
      (
        "- {id: nl.a.x, phrase: boos, evidence: {anger: 0.5}, counterexamples: [Hij sliep.]}",
        "5 note example-idle"
      ),
      (
        "- {id: nl.a.x, phrase: thing, evidence: {anger: 0.5}, examples: "
          + "[\"This is the only thing that we would have wanted to hear from them.\"]}",
        "5 note example-language"
      ),
    ])
  func finds(entries: String, expected: String) throws {
    let found = try Self.checks(Self.source(entries).lint())
    #expect(found.contains(expected), "\(found)")
  }

  @Test(
    "covers is an idiom and no mistake",
    arguments: [
      "- {id: nl.a.x, phrase: niets te klagen, covers: true}",
      "- {id: nl.a.x, phrase: niets te klagen, evidence: {complaint: 0}, scopes: []}",
    ])
  func covers(entry: String) throws {
    let source = try Self.source(entry)
    #expect(Self.checks(source.lint()) == [])
    #expect(source.entries[0].isCover)
  }

  @Test(arguments: ["evidence: {anger: 1}", "negated: {anger: 1}", "operator: {scope: negation}"])
  func coversWithWeightsIsRefused(key: String) {
    #expect(throws: LexiconError.self) {
      try Self.source("- {id: nl.a.x, phrase: boos, covers: true, \(key)}")
    }
  }

  @Test func whatCoversKeepsTheShorterFromCounting() throws {
    let source = try Self.source(
      """
      - {id: nl.a.klagen, phrase: klagen, evidence: {complaint: 1}, examples: [Niets te klagen.]}
      - {id: nl.a.niets, phrase: niets te klagen, covers: true, examples: [Niets te klagen.]}
      """)
    let lexicon = try CompiledLexicon(bytes: LexiconCompiler.compile(source))
    let outcomes = LexiconExamples.run(source.entries, lexicon)
    #expect(outcomes.map(\.coveredBy) == ["nl.a.niets", nil])
    #expect(Self.checks(source.lint(with: lexicon)) == ["5 warning always-covered"])
  }

  @Test func examplesAreTried() throws {
    let source = try Self.source(
      """
      - id: nl.a.boos
        phrase: erg boos
        evidence: {anger: 0.5}
        examples: [Ik ben boos.]
        todo-examples: [Zeer boos., Erg boos.]
        todo-counterexamples: [Zij is erg boos.]
      """)
    let lexicon = try CompiledLexicon(bytes: LexiconCompiler.compile(source))
    let outcomes = LexiconExamples.run(source.entries, lexicon)
    #expect(outcomes.map(\.holds) == [false, false, true, false])
    #expect(outcomes.compactMap(\.failure).map(\.text) == ["Ik ben boos."])
    #expect(
      Self.checks(source.lint(with: lexicon)) == ["5 error example-fails", "5 note example-todo"])
  }

  @Test func prefixesThatNegateAreSeen() throws {
    var source = try Self.source(
      "- {id: pl.a.x, lemma: zadowolony, pos: adjective, evidence: {valence: 0.5}}", language: "pl")
    source.locks[.polish] = FormsLock(
      language: .polish, dictionary: "",
      lines: [
        FormsLock.Key(lemma: "zadowolony", partOfSpeech: "adjective"): [
          InflectedForm(text: "zadowolony", rule: "lemma"),
          InflectedForm(text: "niezadowolonym", rule: "PFX b"),
        ]
      ])
    #expect(Self.checks(source.lint()) == ["5 warning negating-prefix"])
  }

  @Test func scoringIsHeldToTheEntries() throws {
    let source = try Self.source(
      "- {id: nl.a.x, phrase: ober, evidence: {person: 0.9, complaint: 0.1}}",
      scoring: """
        scoring: heard/1
        frames:
        - {id: frame.staff.x, first: person, second: conduct, evidence: {staff-targeted: 2}}

        """)
    let found = source.lint().map { "\($0.location) \($0.check.rawValue)" }
    #expect(
      found == [
        "scoring.yaml:1:1 calibration-missing", "scoring.yaml:1:1 calibration-missing",
        "scoring.yaml:3:1 frame-role",
      ])
  }

  @Test func wordsOfTwoLanguagesAreTold() throws {
    func file(_ code: String, _ valence: Int) -> (path: String, text: String) {
      (
        "\(code)/a.yaml",
        "lexicon: heard/1\nlanguage: \(code)\ntheme: a\nentries:\n"
          + "- {id: \(code).a.x, phrase: brave, evidence: {valence: \(valence)}, concept: \(code)c}\n"
      )
    }
    let source = try LexiconSource(files: [file("nl", -1), file("en", 2)])
    #expect(source.lint().contains { $0.check == .homograph })
  }

  @Test func conceptsWithASlipAreWarnings() throws {
    func file(_ code: String, _ entries: [String]) -> (path: String, text: String) {
      (
        "\(code)/a.yaml",
        "lexicon: heard/1\nlanguage: \(code)\ntheme: a\nentries:\n"
          + entries.enumerated().map { index, concept in
            "- {id: \(code).a.x\(index), phrase: x\(index), evidence: {request: 0.5}, "
              + "concept: \(concept)}\n"
          }.joined()
      )
    }
    let source = try LexiconSource(files: [
      file("nl", ["broken", "brokken"]), file("en", ["broken"]),
    ])
    let found = source.lint().filter { $0.check == .conceptIncomplete }
    #expect(found.map(\.hint) == ["did you mean 'broken'?"])
  }
}
