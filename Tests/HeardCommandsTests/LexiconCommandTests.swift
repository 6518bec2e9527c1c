import Foundation
import Testing

/// What an analyst meets when a lexicon is changed, broken or damaged.
@Suite struct LexiconCommandTests {
  static let scoring = """
    scoring: heard/1
    calibration:
    - {kind: complaint, language: nl, bias: -2.0, slope: 1.0}

    """

  /// A small lexicon folder of its own.
  private func folder(_ probe: CommandLineProbe, _ entries: String) throws -> String {
    _ = try probe.file("lex/scoring.yaml", LexiconCommandTests.scoring)
    _ = try probe.file(
      "lex/nl/test.yaml", "lexicon: heard/1\nlanguage: nl\ntheme: test\nentries:\n" + entries)
    return probe.folder.appendingPathComponent("lex").path
  }

  private let entry = """
    - id: nl.test.kapot
      phrase: kapot
      evidence: {complaint: 3}
      examples: ["Mijn lamp is kapot."]

    """
  private let text = Data("Hallo, mijn nieuwe lamp is vandaag al kapot gegaan.".utf8)

  @Test func aChangeIsSeenAtOnce() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = try folder(probe, entry)
    let arguments = ["classify", "--format", "json", "--lexicons", path]
    let before = try #require(probe.heard(arguments, input: text).records.first)
    #expect(before["class"] as? String == "complaint")
    _ = try folder(probe, entry.replacing("complaint: 3", with: "complaint: 1"))
    let after = try #require(probe.heard(arguments, input: text).records.first)
    #expect(after["class"] as? String != "complaint")
    #expect(after["lexicon"] as? String != before["lexicon"] as? String)
    _ = try folder(probe, entry)
    let again = try #require(probe.heard(arguments, input: text).records.first)
    #expect(again["lexicon"] as? String == before["lexicon"] as? String)
  }

  @Test func damageIsRefusedAndRepaired() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = try folder(probe, entry)
    #expect(try probe.heard(["lexicon", "build", path]).status == 0)
    let image = URL(fileURLWithPath: path + "/lexicon.compiled")
    var bytes = try Data(contentsOf: image)
    bytes[bytes.count / 2] ^= 0x10
    try bytes.write(to: image)
    let refused = try probe.heard(["classify", "--lexicons", path], input: text)
    #expect(refused.status == 78)
    #expect(refused.errors.contains("damaged"))
    #expect(refused.errors.contains("heard lexicon build"))
    #expect(try probe.heard(["lexicon", "build", path]).status == 0)
    #expect(try probe.heard(["classify", "--lexicons", path], input: text).status == 0)
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    let name: String
    let entry: String
    let says: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    Broken(
      name: "unknown key", entry: "- id: nl.test.a\n  phrase: a\n  evidnce: {complaint: 1}\n",
      says: "nl/test.yaml:7:3: error: unknown key 'evidnce' in an entry; did you mean 'evidence'?"),
    Broken(name: "broken YAML", entry: "- id: nl.test.a\n  phrase: [a\n", says: "nl/test.yaml:"),
    Broken(
      name: "weight out of range",
      entry: "- id: nl.test.a\n  phrase: a\n  evidence: {complaint: 99}\n",
      says: "nl/test.yaml:7:25"),
  ]) func mistakesAreSaidWithTheirPlace(_ broken: Broken) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = try folder(probe, broken.entry)
    for arguments in [["lexicon", "lint", path], ["classify", "--lexicons", path]] {
      let outcome = try probe.heard(arguments, input: text)
      #expect(outcome.status == 78)
      #expect(outcome.errors.contains(broken.says), "\(outcome.errors)")
    }
  }

  @Test func anExampleThatFailsIsFound() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = try folder(probe, entry.replacing("lamp is kapot", with: "lamp is stuk"))
    let outcome = try probe.heard(["lexicon", "lint", path])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("nl.test.kapot is not found in its example"))
  }

  @Test func lemmasAreExpandedWithTheirRules() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard(["lexicon", "expand", "oszukać", "--language", "pl"])
    guard outcome.status == 0 else {
      print("SKIPPED: the dictionaries are not installed: \(outcome.errors)")
      return
    }
    for form in ["oszukał", "oszukali", "oszukam", "oszukano"] {
      #expect(outcome.text.contains("  \(form)\t"), "no \(form)")
    }
  }

  @Test func theShippedLexiconsAreSound() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard(["lexicon", "lint"])
    #expect(outcome.status == 0, "\(outcome.errors.prefix(2000))")
  }
}
