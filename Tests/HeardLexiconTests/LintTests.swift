import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardLexiconTools
@testable import HeardSources

@Suite("Lint") struct LintTests {
  /// Checks that a lexicon file sets off, besides those about locks.
  private func checks(_ entries: String, language: String = "nl") throws -> [String] {
    let source = try LexiconSource(
      files: [
        (
          "\(language)/a.yaml",
          "lexicon: heard/1\nlanguage: \(language)\ntheme: a\nentries:\n" + entries
        )
      ])
    return source.lint().filter { $0.check != .lemmaNotLocked && $0.check != .calibrationMissing }
      .map { "\($0.location.line) \($0.severity.rawValue) \($0.check.rawValue)" }
  }

  @Test(
    "each check finds its mistake",
    arguments: [
      ("- {id: nl.a.x, phrase: boos}", "5 warning no-effect"),
      ("- {id: nl.a.x, phrase: boos, evidence: {anger: 0, complaint: 1}}", "5 warning no-effect"),
      (
        "- {id: nl.a.x, phrase: boos, evidence: {anger: 0.5}, negated: {anger: 0.1}, scopes: []}",
        "5 warning no-effect"
      ),
      ("- {id: nl.a.x, phrase: boos (heel)?, evidence: {anger: 0.5}}", "5 note no-effect"),
      ("- {id: nl.a.x, phrase: Boos, evidence: {anger: 0.5}}", "5 note upper-case"),
      (
        "- {id: nl.a.x, phrase: <name> boos, evidence: {anger: 0.5}, match: {case: not-name}}",
        "5 warning never-matches"
      ),
      ("- {id: nl.a.x, phrase: (a|b|a) boos, evidence: {anger: 0.5}}", "5 warning never-matches"),
      ("- {id: nl.a.x, phrase: maar, evidence: {anger: 0.5}}", "5 warning stop-word"),
      ("- {id: nl.a.x, phrase: <word>, evidence: {anger: 0.5}}", "5 warning stop-word"),
      ("- {id: nl.a.x, phrase: boos, evidence: {anger: 1}}", "5 note no-example"),
      ("- {id: nl.a.x, phrase: erg ...10 boos, evidence: {anger: 0.5}}", "5 note wide-gap"),
      (
        "- {id: nl.a.x, phrase: boos, evidence: {anger: 0.5}, examples: [a], counterexamples: [a]}",
        "5 error example-clash"
      ),
      (
        "- {id: nl.a.x, phrase: boos, evidence: {anger: 0.5}}\n"
          + "- {id: nl.a.y, phrase: BOOS, evidence: {complaint: 0.5}}",
        "6 warning duplicate-pattern"
      ),
      (
        "- {id: nl.a.x, phrases: [boos, boos], evidence: {anger: 0.5}}",
        "5 warning duplicate-pattern"
      ),
      (
        "- {id: nl.a.x, phrase: fijn, evidence: {valence: 2}}\n"
          + "- {id: nl.a.y, phrase: (fijn), evidence: {valence: -1}}",
        "6 warning opposite-senses"
      ),
    ])
  func finds(entries: String, expected: String) throws {
    let found = try checks(entries)
    #expect(found.contains(expected), "\(found)")
  }

  @Test func goodEntriesSetOffNothing() throws {
    #expect(
      try checks(
        """
        - {id: nl.a.x, phrase: boos, evidence: {anger: 1.5}, examples: [Ik ben boos.]}
        - {id: nl.a.y, phrase: maar, operator: {scope: contrast}}
        - {id: nl.a.woedend, phrase: woedend, evidence: {anger: 5.5}, negated: {anger: 0}, examples: [Woedend!]}
        - {id: nl.a.z, phrase: erg ...3 boos, evidence: {anger: 0.5}}
        """) == [])
  }

  @Test func compoundsAreDutch() throws {
    let entry = "- {id: pl.a.x, phrase: zły, evidence: {anger: 0.5}, match: {compound: head}}"
    #expect(try checks(entry, language: "pl") == ["5 warning unused-compound"])
  }

  @Test func conceptsAreInEveryLanguage() throws {
    func file(_ code: String, _ concept: String) -> (path: String, text: String) {
      (
        "\(code)/a.yaml",
        "lexicon: heard/1\nlanguage: \(code)\ntheme: a\nentries:\n"
          + "- {id: \(code).a.x, phrase: x, evidence: {anger: 0.5}, concept: \(concept)}\n"
      )
    }
    let source = try LexiconSource(files: [
      file("nl", "rude"), file("pl", "rude"), file("en", "rud"),
    ])
    #expect(
      source.lint().filter { $0.check == .conceptIncomplete }.map(\.message) == [
        "the concept 'rud' has no entry in nl, pl", "the concept 'rude' has no entry in en",
      ])
  }

  @Test func expansionsAreLookedAt() throws {
    var source = try InflectionLockTests.source(
      """
      - {id: nl.a.x, lemma: legen, pos: verb, evidence: {anger: 0.5}}
      - {id: nl.a.y, lemma: veel, pos: adjective, evidence: {anger: 0.5}}
      - {id: nl.a.z, lemma: raar, pos: adjective, evidence: {anger: 0.5}}
      - {id: nl.a.u, lemma: één, pos: adjective, evidence: {anger: 0.5}}
      - {id: nl.a.v, lemma: brak, pos: adjective, forms: [brakke], evidence: {anger: 0.5}}
      """)
    func forms(
      _ lemma: String, _ forms: [InflectedForm], part: String = "adjective"
    ) -> (FormsLock.Key, [InflectedForm]) {
      (FormsLock.Key(lemma: lemma, partOfSpeech: part), forms)
    }
    source.locks[.dutch] = FormsLock(
      language: .dutch, dictionary: "",
      lines: Dictionary(uniqueKeysWithValues: [
        forms("legen", [InflectedForm(text: "legen", rule: "lemma")], part: "verb"),
        forms("veel", (0...400).map { InflectedForm(text: "veel\($0)", rule: "x") }),
        forms("raar", [InflectedForm(text: "raar", rule: FormsLock.unknownRule)]),
        forms("brak", [InflectedForm(text: "brak", rule: FormsLock.unknownRule)]),
        forms(
          "één",
          [
            InflectedForm(text: "één", rule: "lemma", foldCollides: true),
            InflectedForm(text: "ééns", rule: "x"),
          ]),
      ]))
    #expect(
      source.lint().filter { $0.check != .calibrationMissing }
        .map { "\($0.location.line) \($0.check.rawValue)" } == [
          "5 expansion-empty", "6 expansion-huge", "7 lemma-unknown", "8 fold-collision",
        ])
  }

  @Test func everyCheckSaysWhatItIsFor() {
    for check in LexiconCheck.allCases { #expect(!check.summary.isEmpty) }
    #expect(LexiconCheck.allCases.count >= 20)
    for table in SourceSchema.tables {
      #expect(Set(table.keys.map(\.name)).count == table.keys.count)
      for key in table.keys { #expect(!key.summary.isEmpty) }
    }
  }

  /// What patterns accept as one word is one token to the reader of texts.
  @Test(arguments: [
    "boos", "don't", "foto's", "'s", "żółć", "100", "b2b", "😡", "👍🏽", "€", "één", "geïrriteerd",
    "c'est",
  ])
  func wordsAreTokens(word: String) {
    #expect(WordShape.problem(in: word) == nil)
    #expect(WordNormaliser.analyzer().words(word).count == 1)
  }

  @Test(arguments: ["e-mail", "z.o.z", "a/b", "a,b", "50%", "x@y", "a_b!", "(a)", "#tag"])
  func otherTextIsNoWord(text: String) { #expect(WordShape.problem(in: text) != nil) }
}
