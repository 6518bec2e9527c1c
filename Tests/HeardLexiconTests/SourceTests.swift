import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardSources

/// A lexicon file with one entry whose lines are given.
func lexicon(_ entry: String) -> (path: String, text: String) {
  let lines = entry.split(separator: "\n").map { "  \($0)\n" }.joined()
  return (
    "nl/test.yaml",
    "lexicon: heard/1\nlanguage: nl\ntheme: test\nentries:\n- id: nl.test.one\n" + lines
  )
}

/// What reading the files reports, one line each.
func problems(_ files: (path: String, text: String)...) -> [String] {
  do throws(LexiconError) {
    return try LexiconSource(files: files).diagnostics.map(\.description)
  } catch {
    return error.diagnostics.map(\.description)
  }
}

@Suite("Lexicon files") struct SourceTests {
  @Test func everyKeyIsRead() throws {
    let text = """
      lexicon: heard/1
      language: nl
      theme: service
      entries:
      - id: nl.service.onbeschoft
        lemma: Onbeschoft
        pos: adjective
        evidence: {valence: -2.5, conduct: 2, complaint: 1.0}
        negated: {complaint: -0.3}
        match: {fold: false, compound: head, case: not-name}
        scopes: [negation, hypothetical]
        max: 3
        concept: rude
        note: on purpose
        forms: [onbeschofterik]
        examples: ["De monteur was onbeschoft."]
        counterexamples: ["Hij was niet thuis."]
      - id: nl.service.no
        phrases: [no, "~krijgen (geen|nooit een) antwoord"]
        operator: {scope: intensifier, direction: both, reach: 4, factor: 1.4}
        scopes: []
      """
    let source = try LexiconSource(files: [("nl/service.yaml", text)])
    #expect(source.entries.count == 2)
    let one = source.entries[0]
    #expect(one.id == "nl.service.onbeschoft")
    #expect(one.language == .dutch && one.theme == "service" && one.concept == "rude")
    #expect(one.patterns == [.word(WordPattern(text: "onbeschoft", inflected: true))])
    #expect(one.patternTexts == ["~Onbeschoft"])
    #expect(one.partOfSpeech == "adjective")
    #expect(
      one.evidence == [
        Evidence(.complaint, milli: 1000), Evidence(.conduct, milli: 2000),
        Evidence(.valence, milli: -2500),
      ])
    #expect(one.negated == [Evidence(.complaint, milli: -300)])
    #expect(one.mode == MatchingMode(folds: false, compound: .head, letterCase: .notName))
    #expect(one.scopes == [.negation, .hypothetical])
    #expect(one.maximum == 3 && one.note == "on purpose" && one.forms == ["onbeschofterik"])
    #expect(one.examples == ["De monteur was onbeschoft."])
    #expect(one.counterexamples == ["Hij was niet thuis."])
    #expect(one.location == SourceLocation(file: "nl/service.yaml", line: 5, column: 3))
    let two = source.entries[1]
    #expect(two.patternTexts == ["no", "~krijgen (geen|nooit een) antwoord"])
    #expect(two.patterns[0] == .word(WordPattern(text: "no", inflected: false)))
    #expect(
      two.scopeOperator
        == ScopeOperator(scope: .intensifier, direction: .both, reach: 4, factorMilli: 1400))
    #expect(two.scopes == [] && two.mode == MatchingMode() && two.maximum == 2)
  }

  @Test func scoringIsRead() throws {
    let text = """
      scoring: heard/1
      frames:
      - {id: frame.staff, languages: [nl, en], first: person, second: conduct, ordered: true,
         window: clause, distance: 10, evidence: {staff-targeted: 2.6}, max: 1}
      calibration:
      - {kind: complaint, language: und, bias: -1.8, slope: 1.25}
      scopes: {hypothetical: 0.3, contrast-after: 1.2}
      styles: {capitals: {anger: 0.8}}
      anger-levels: [0.0, 1.6, 3.2]
      signal-threshold: 1.1
      """
    let rules = try LexiconSource(files: [("scoring.yaml", text)]).scoring
    #expect(
      rules.frames == [
        Frame(
          id: "frame.staff", languages: [LanguageSet(.dutch), LanguageSet(.english)],
          first: .person, second: .conduct, ordered: true, window: .clause, distance: 10,
          evidence: [Evidence(.staffTargeted, milli: 2600)], maximum: 1)
      ])
    #expect(
      rules.calibrations == [
        Calibration(
          kind: .complaint, language: .undetermined, biasMilli: -1800, slopeMilli: 1250)
      ])
    #expect(rules.scopeFactors == ["hypothetical": 300, "contrast-after": 1200])
    #expect(rules.styles == ["capitals": [Evidence(.anger, milli: 800)]])
    #expect(rules.angerLevels == [0, 1600, 3200] && rules.signalThreshold == 1100)
  }

  @Test(
    "errors name the place and the way out",
    arguments: [
      (
        "lema: boos",
        "nl/test.yaml:6:3: error: unknown key 'lema' in an entry; did you mean 'lemma'?"
      ),
      ("phrase: [a]", "nl/test.yaml:6:11: error: 'phrase' must be text, not a list"),
      ("phrase: ''", "nl/test.yaml:6:11: error: 'phrase' is empty"),
      ("phrases: []", "nl/test.yaml:6:12: error: 'phrases' is empty"),
      ("phrase: a\nlemma: b", "nl/test.yaml:6:11: error: an entry with lemma and phrase"),
      ("note: x", "nl/test.yaml:5:3: error: an entry without lemma, phrase or phrases"),
      (
        "phrase: a\npos: verbs",
        "nl/test.yaml:7:8: error: unknown pos 'verbs'; did you mean 'verb'?"
      ),
      ("phrase: a\nevidence: {anger: 9}", "nl/test.yaml:7:21: error: 'anger' is 9; write -8 to 8"),
      (
        "phrase: a\nevidence: {valence: 4.5}",
        "nl/test.yaml:7:23: error: 'valence' is 4.5; write -4 to 4"
      ),
      ("phrase: a\nevidence: {angr: 1}", "nl/test.yaml:7:14: error: unknown evidence kind 'angr'"),
      (
        "phrase: a\nevidence: {anger: '1,5'}",
        "nl/test.yaml:7:21: error: 'anger' is '1,5', no number"
      ),
      (
        "phrase: a\nevidence: 2", "nl/test.yaml:7:13: error: 'evidence' must be a mapping, not text"
      ),
      ("phrase: a\nmax: 0", "nl/test.yaml:7:8: error: 'max' is 0; write 1 to 100"),
      ("phrase: a\nmax: two", "nl/test.yaml:7:8: error: 'max' is 'two', no whole number"),
      ("phrase: a\nmatch: {fold: maybe}", "nl/test.yaml:7:17: error: 'fold' is 'maybe'"),
      (
        "phrase: a\nscopes: [negatoin]",
        "nl/test.yaml:7:12: error: unknown scope 'negatoin'; did you"
      ),
      ("phrase: a\nforms: [b]", "nl/test.yaml:7:10: error: 'forms' without 'lemma'"),
      ("phrase: a\nphrase: b", "nl/test.yaml:6:3: error: the key phrase twice in a mapping"),
      (
        "lemma: e-mail",
        "nl/test.yaml:6:11: error: '-' in 'e-mail', where texts are split; write e mail"
      ),
      ("lemma: niet goed", "nl/test.yaml:6:14: error: a lemma of several words; write 'phrase:'"),
      ("phrase: (a|b", "nl/test.yaml:6:11: error: '(' is not closed; add ')'"),
      ("phrase: 'wij (a|b'", "nl/test.yaml:6:16: error: '(' is not closed"),
      ("phrase: \"wij \\x28a\"", "nl/test.yaml:6:11: error: '(' is not closed"),
      ("phrase: 'a: b\n  c", "nl/test.yaml:"),
      (
        "phrase: a\noperator: {scope: negation, factor: 2}", "nl/test.yaml:7:39: error: a factor on"
      ),
    ])
  func errorsNameThePlace(entry: String, expected: String) {
    let found = problems(lexicon(entry))
    #expect(found.contains { $0.hasPrefix(expected) }, "\(found)")
  }

  @Test func errorsOfAllFilesAreReported() {
    let found = problems(
      (
        "en/a.yaml",
        "lexicon: heard/1\nlanguage: en\ntheme: a\nentries:\n- {id: en.a.x, phrase: ')'}\n"
      ),
      ("en/b.yaml", "lexicon: heard/2\nlanguage: fr\ntheme: c\nentries: {}\n"),
      ("nl/a.yaml", "a: [b\n"),
      (
        "pl/a.yaml",
        "lexicon: heard/1\nlanguage: en\ntheme: a\nentries:\n- {id: en.b.x, phrase: a}\n"
      ),
      ("pl/b.yml", ""), ("pl/c.yaml", ""))
    let places = found.compactMap { $0.split(separator: ": error").first.map(String.init) }
    #expect(
      places == [
        "en/a.yaml:5:25", "en/b.yaml:1:10", "en/b.yaml:2:11", "en/b.yaml:3:8", "en/b.yaml:4:10",
        "nl/a.yaml:2:1", "pl/a.yaml:2:11", "pl/a.yaml:5:8", "pl/b.yml:1:1", "pl/c.yaml:1:1",
      ], "\(found.joined(separator: "\n"))")
  }

  @Test func idsAreUniqueOverFiles() {
    let entry = "lexicon: heard/1\nlanguage: nl\ntheme: a\nentries:\n- {id: nl.a.x, phrase: a}\n"
    #expect(
      problems(("nl/a.yaml", entry), ("nl/sub/a.yaml", entry)) == [
        "nl/sub/a.yaml:5:3: error: the id 'nl.a.x' again; the first is at nl/a.yaml:5:3; "
          + "rename one [duplicate-id]"
      ])
  }

  @Test func bytesThatAreNoTextAreFound() {
    #expect(throws: LexiconError.self) {
      try LexiconSource.text([0x61, 0x0A, 0xC5, 0x82, 0xFF], file: "x")
    }
    let place = UTF8Check.firstError(in: [0x61, 0x0A, 0xC5, 0x82, 0xFF, 0x61])
    #expect(place == (2, 2, 0xFF))
  }

  @Test(arguments: [
    ("0", 0), ("1", 1000), ("-2.5", -2500), ("+.125", 125), ("0.300", 300), ("99999", 99_999_000),
  ])
  func decimals(text: String, milli: Int32) {
    #expect(Milli.parse(text) == milli)
    #expect(Milli.parse(Milli.text(milli)) == milli)
  }

  @Test(arguments: [
    "", "-", ".", "1.", "1.2345", "1,5", "1e3", "0x1", "123456", "nan", "1.-2", "٣",
  ])
  func noDecimals(text: String) { #expect(Milli.parse(text) == nil) }
}
