import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardSources

/// From YAML to matches, by the analyzer that is in use.
@Suite struct LexiconExamplesTests {
  private static func source(_ language: String, _ entries: String) throws -> LexiconSource {
    try LexiconSource(files: [
      ("scoring.yaml", "scoring: heard/1\n"),
      (
        "\(language)/test.yaml",
        "lexicon: heard/1\nlanguage: \(language)\ntheme: test\nentries:\n" + entries
      ),
    ])
  }

  private static func failures(_ source: LexiconSource) throws -> [LexiconExamples.Failure] {
    let lexicon = try CompiledLexicon(bytes: LexiconCompiler.compile(source))
    return LexiconExamples.check(source.entries, lexicon)
  }

  @Test func examplesThatHold() throws {
    let source = try Self.source(
      "nl",
      """
      - id: nl.test.kastje
        phrase: van het kastje (naar de|...2) muur
        evidence: {complaint: 1.0}
        examples: ["Wij werden van het KASTJE naar de muur gestuurd!", "van het kastje muur"]
        counterexamples: ["Het kastje. Naar de muur?", "van het kastje, o zo mooi, de muur"]
      - id: nl.test.weken
        phrase: al <number> (dagen|weken)
        evidence: {complaint: 0.4}
        examples: ["Ik wacht al 3 weken.", "al 14 dagen"]
        counterexamples: ["al drie weken", "al 3. Weken"]
      - id: nl.test.email
        phrase: geen e mail
        evidence: {complaint: 0.4}
        examples: ["Ik kreeg geen e-mail.", "Geen E-mail?"]
      - id: nl.test.boos
        phrase: 😡
        evidence: {anger: 0.4}
        examples: ["Zo😡"]
      - id: nl.test.een
        phrase: geen één
        evidence: {complaint: 0.4}
        examples: ["geen één", "geen een", "géén één"]
      """)
    #expect(try Self.failures(source) == [])
  }

  @Test func examplesThatDoNot() throws {
    let source = try Self.source(
      "en",
      """
      - id: en.test.rude
        phrase: so rude
        evidence: {conduct: 1.0}
        examples: ["So rude!", "Very rude."]
        counterexamples: ["Not rude.", "How so, rude?"]
      """)
    let failures = try Self.failures(source)
    #expect(failures.map(\.problem) == [.notFound, .found])
    #expect(failures.map(\.text) == ["Very rude.", "How so, rude?"])
    #expect(failures.map(\.words) == [nil, "so, rude"])
    #expect(failures.allSatisfy { $0.entry == "en.test.rude" && $0.location.line == 5 })
    #expect(failures[0].description.contains("en.test.rude is not found in its example"))
  }
}
