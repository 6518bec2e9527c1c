import Foundation
import Testing

/// The analyst's tools from the command line: lint, test, sheets, expansion, fairness.
@Suite struct LexiconToolTests {
  private let probe: CommandLineProbe
  private let path: String

  static let entries = """
    - id: nl.test.kapot
      phrase: kapot
      # by hand
      evidence: {complaint: 3}
      examples: ["Mijn lamp is kapot."]
      counterexamples: ["Niet stuk & <heel>."]
      todo-examples: ["Hij is stuk #1."]
    - id: nl.test.niet-kapot
      phrase: niet ...2 kapot
      covers: true
    - id: nl.test.bezorger
      phrase: bezorger
      evidence: {person: 1}
      match: {compound: head}
    - id: nl.test.storing
      phrase: storing
      evidence: {complaint: 1}
      match: {compound: modifier}
      examples: ["Storingsdienst gebeld."]
    - id: nl.test.factuur
      phrase: factuur
      evidence: {complaint: 0.1}
      match: {compound: any}

    """

  init() throws {
    probe = try CommandLineProbe()
    path = try Self.folder(probe, Self.entries)
  }

  private static func folder(_ probe: CommandLineProbe, _ entries: String) throws -> String {
    _ = try probe.file(
      "lex/scoring.yaml",
      """
      scoring: heard/1
      calibration:
      - {kind: complaint, language: nl, bias: -2.0, slope: 1.0}

      """)
    _ = try probe.file(
      "lex/nl/test.yaml", "lexicon: heard/1\nlanguage: nl\ntheme: test\nentries:\n" + entries)
    return probe.folder.appendingPathComponent("lex").path
  }

  private func heard(_ arguments: String..., input: String = "") throws -> CommandLineProbe.Outcome
  {
    try probe.heard(arguments, input: Data(input.utf8))
  }

  // MARK: Lint

  @Test func sarifIsValid() throws {
    defer { probe.remove() }
    _ = try Self.folder(probe, Self.entries.replacing("lamp is kapot", with: "lamp is stuk"))
    let outcome = try heard("lexicon", "lint", path, "--format", "sarif", "--level", "note")
    #expect(outcome.status == 1)
    let log = try #require(
      JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(driver["name"] is String && rules.count >= 20)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.contains { $0["ruleId"] as? String == "example-fails" })
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      #expect(["note", "warning", "error"].contains(result["level"] as? String))
      #expect((result["message"] as? [String: Any])?["text"] is String)
      let place = try #require(
        (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
      let uri = (place["artifactLocation"] as? [String: Any])?["uri"] as? String
      #expect(uri.flatMap { URL(string: $0) } != nil)
      let region = try #require(place["region"] as? [String: Int])
      #expect(region["startLine"] ?? 0 >= 1 && region["startColumn"] ?? 0 >= 1)
    }
  }

  @Test func findingsComeAsJSON() throws {
    defer { probe.remove() }
    let outcome = try heard(
      "lexicon", "lint", path, "--format", "json", "--level", "note", "--check", "no-example")
    let log = try #require(outcome.records.first)
    let findings = try #require(log["findings"] as? [[String: Any]])
    #expect(findings.allSatisfy { $0["check"] as? String == "no-example" })
    #expect(outcome.status == 0)
    #expect(try heard("lexicon", "lint", "--check", "nonsense").status == 64)
    #expect(try heard("lexicon", "lint", "--list").text.contains("always-covered\t"))
  }

  // MARK: Test

  @Test func examplesAsText() throws {
    defer { probe.remove() }
    let outcome = try heard("lexicon", "test", path)
    #expect(outcome.status == 0)
    #expect(
      outcome.text == "4 examples of 2 entries: 3 hold, 0 fail, 1 to do, 0 to do that hold\n")
    _ = try Self.folder(probe, Self.entries.replacing("lamp is kapot", with: "lamp is stuk"))
    let failed = try heard("lexicon", "test", path)
    #expect(failed.status == 1)
    #expect(failed.text.hasPrefix("FAIL  nl/test.yaml:5:3: nl.test.kapot is not found in its"))
    #expect(try heard("lexicon", "test", path, "--only", "nl.none").status == 64)
  }

  @Test func examplesAsTAP() throws {
    defer { probe.remove() }
    _ = try Self.folder(probe, Self.entries.replacing("lamp is kapot", with: "lamp is stuk"))
    let outcome = try heard("lexicon", "test", path, "--format", "tap")
    #expect(outcome.status == 1)
    #expect(
      outcome.text == """
        TAP version 14
        1..4
        not ok 1 - nl.test.kapot matches: 'Mijn lamp is stuk.'
          ---
          message: 'nl.test.kapot is not found in its example ''Mijn lamp is stuk.'''
          hint: 'correct the pattern or the example'
          severity: fail
          at: 'nl/test.yaml:5:3'
          ...
        ok 2 - nl.test.kapot does not match: 'Niet stuk & <heel>.'
        not ok 3 - nl.test.kapot matches: 'Hij is stuk \\#1.' # TODO
        ok 4 - nl.test.storing matches: 'Storingsdienst gebeld.'

        """)
  }

  @Test func examplesAsJUnit() throws {
    defer { probe.remove() }
    let outcome = try heard("lexicon", "test", path, "--format", "junit")
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("&amp; &lt;heel&gt;"))
    #expect(outcome.text.contains("tests=\"4\" failures=\"0\" errors=\"0\" skipped=\"1\""))
    #expect(outcome.text.contains("<skipped message=\"to do\"/>"))
    #expect(outcome.text.hasSuffix("</testsuites>\n"))
  }

  // MARK: Sheets

  @Test func aSheetGoesRound() throws {
    defer { probe.remove() }
    let sheet = probe.folder.appendingPathComponent("sheet.csv").path
    #expect(try heard("lexicon", "export", path, "-o", sheet).status == 0)
    let same = try heard("lexicon", "import", sheet, path)
    #expect(same.text == "0 changed, 0 new; 0 files written\n")
    let csv = try String(contentsOfFile: sheet, encoding: .utf8)
    try csv.replacing("complaint: 3", with: "complaint: 2.5")
      .write(toFile: sheet, atomically: true, encoding: .utf8)
    let file = path + "/nl/test.yaml"
    let before = try String(contentsOfFile: file, encoding: .utf8)
    #expect(try heard("lexicon", "import", sheet, path, "--dry-run").text.contains("would be"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == before)
    let changed = try heard("lexicon", "import", sheet, path)
    #expect(changed.text.hasPrefix("changed  nl.test.kapot\n1 changed, 0 new; 1 files written"))
    #expect(
      try String(contentsOfFile: file, encoding: .utf8)
        == before.replacing("complaint: 3", with: "complaint: 2.5"))
    let wrong = try probe.file("wrong.csv", "id,frase\nnl.test.a,x\n")
    let refused = try heard("lexicon", "import", wrong, path)
    #expect(refused.status == 78 && refused.errors.contains("unknown column 'frase'"))
    #expect(try heard("lexicon", "import", "/no/such.csv", path).status == 66)
  }

  // MARK: Expansion and compounds

  @Test func formsAreCounted() throws {
    defer { probe.remove() }
    let texts = try probe.file("texts.txt", "Kapot! Alles kapot.\nNiets.\n")
    let outcome = try heard(
      "lexicon", "expand", "nl.test.kapot", "--lexicons", path, "--corpus", texts)
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("  2\tkapot\tlemma\n"), "\(outcome.text)\(outcome.errors)")
    let unknown = try heard("lexicon", "expand", "nl.test.kapt", "--lexicons", path)
    #expect(unknown.status == 64 && unknown.errors.contains("did you mean 'nl.test.kapot'?"))
  }

  @Test(
    "compounds match by their head, their modifier or both",
    arguments: [
      ("pakketbezorger", "nl.test.bezorger", true), ("bezorgersfiets", "nl.test.bezorger", false),
      ("storingsmonteur", "nl.test.storing", true), ("netwerkstoring", "nl.test.storing", false),
      ("eindfactuur", "nl.test.factuur", true), ("factuurbedrag", "nl.test.factuur", true),
      // Linking sounds between the parts, and rests that make another word of it.
      ("storingdienst", "nl.test.storing", true), ("storingloos", "nl.test.storing", false),
      ("aanbezorger", "nl.test.bezorger", false), ("verstoring", "nl.test.storing", false),
    ])
  func compounds(word: String, entry: String, matches: Bool) throws {
    defer { probe.remove() }
    let outcome = try heard(
      "explain", "--lexicons", path, "--entry", entry,
      input: "Goedemiddag, de \(word) was hier gisteren al voor ons.")
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("not matched") != matches, "\(outcome.text)")
  }

  @Test(
    "separable verbs match in one piece and in two, within the clause",
    arguments: [
      ("Niemand wil mij vandaag nog terugbellen.", true), ("Zij belt mij morgen wel terug.", true),
      ("Ik ben nog steeds niet teruggebeld.", true),
      ("Zij hebben mij beloofd om terug te bellen.", true),
      ("Ik bel u morgen.", false), ("Ik bel u. Stuur het maar terug.", false),
    ])
  func separableVerbs(text: String, matches: Bool) throws {
    defer { probe.remove() }
    _ = try Self.folder(
      probe,
      "- {id: nl.test.bellen, lemma: terug|bellen, pos: verb, evidence: {complaint: 1}}\n")
    let pinned = try heard("lexicon", "expand", "--write", "--lexicons", path)
    guard pinned.status == 0 else {
      print("SKIPPED: the dictionaries are not installed: \(pinned.errors)")
      return
    }
    let outcome = try heard(
      "explain", "--lexicons", path, "--entry", "nl.test.bellen", input: text)
    #expect(outcome.text.contains("not matched") != matches, "\(outcome.text)\(outcome.errors)")
  }

  // MARK: Explanation

  @Test(
    "an entry says why it did not count",
    arguments: [
      ("nl.test.kapot", "De nieuwe lamp is kapot gegaan.", "counted: +3.000 complaint, “kapot”"),
      ("nl.test.kapot", "De lamp is gelukkig niet erg kapot.", "covered: “kapot” is part of"),
      ("nl.test.kapot", "De lamp is mooi en nieuw.", "missing kapot"),
      ("nl.test.niet-kapot", "De lamp is kapot, echt niet leuk.", "all words are there"),
      ("nl.test.niet-kapot", "De lamp doet het niet meer.", "missing kapot; found niet as “niet”"),
    ])
  func silence(entry: String, text: String, says: String) throws {
    defer { probe.remove() }
    let outcome = try heard("explain", "--lexicons", path, "--entry", entry, input: text)
    #expect(outcome.text.contains(says), "\(outcome.text)\(outcome.errors)")
  }

  @Test func unknownEntriesAreRefused() throws {
    defer { probe.remove() }
    let outcome = try heard("explain", "--lexicons", path, "--entry", "nl.test.kapott", input: "x")
    #expect(outcome.status == 64 && outcome.errors.contains("did you mean 'nl.test.kapot'?"))
    #expect(try heard("explain", "--entry", "x", "--format", "html", input: "x").status == 64)
  }

  @Test func thePageIsSafeAndWhole() throws {
    defer { probe.remove() }
    let outcome = try heard(
      "explain", "--lexicons", path, "--format", "html",
      input: "De lamp is kapot <script>alert(1)</script> & \"zo\" 'n ding.")
    #expect(outcome.status == 0)
    let page = outcome.text
    #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
    #expect(!page.contains("<script") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.contains("class=\"bad\" title=\"nl.test.kapot: +3.000 complaint\">kapot</mark>"))
    #expect(page.contains("prefers-color-scheme: dark"))
    for outside in ["http:", "https:", "src=", "href="] { #expect(!page.contains(outside)) }
    let tags = ["article", "dl", "table", "div", "mark", "body", "html", "style"]
    for tag in tags {
      let opened = page.components(separatedBy: "<\(tag)").count
      #expect(opened == page.components(separatedBy: "</\(tag)>").count, "\(tag)")
    }
  }

  // MARK: Fairness

  @Test func unfairWordsAreFound() throws {
    defer { probe.remove() }
    _ = try Self.folder(
      probe, "- {id: nl.test.zij, phrase: zij, evidence: {complaint: 4}, scopes: []}\n")
    _ = try probe.file("lex/nl/swaps.tsv", "gender\thij\tzij\n")
    let corpus = try probe.file(
      "corpus.jsonl",
      """
      {"id":"a","lang":"nl","text":"Ik heb gebeld en hij zou mij vandaag iets laten weten.","class":"other"}
      {"id":"b","lang":"nl","text":"Ik heb gebeld en kreeg gewoon een antwoord van jullie.","class":"other"}

      """)
    let arguments = ["lexicon", "fairness", "--lexicons", path, corpus]
    let outcome = try probe.heard(arguments + ["--fail"])
    #expect(outcome.status == 1)
    #expect(outcome.text.contains("| nl | gender | 1 | 1 |"))
    #expect(outcome.text.contains("a (gender): hij → zij"))
    #expect(outcome.text.contains("+4.000 complaint  nl.test.zij"))
    #expect(try probe.heard(arguments).status == 0)
    let json = try #require(probe.heard(arguments + ["--format", "json"]).records.first)
    #expect((json["changes"] as? [[String: Any]])?.first?["id"] as? String == "a")
    _ = try probe.file("lex/nl/swaps.tsv", "gender\thij\n")
    let wrong = try probe.heard(arguments)
    #expect(wrong.status == 78 && wrong.errors.contains("swaps.tsv:1"))
  }
}
