import Foundation
import Testing

/// The commands of the analyst's bench as a user runs them, and what they say to slips.
@Suite struct BenchCommandTests {
  static let fixtures = CommandLineProbe.root
    .appendingPathComponent("Tests/HeardTuningTests/Fixtures").path

  struct Case: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let status: Int32
    /// Must stand in what the command says on either stream.
    let says: String
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ line: String, _ status: Int32, _ says: String) {
      arguments = line.split(separator: " ").map {
        $0.replacingOccurrences(of: "FIXTURES", with: BenchCommandTests.fixtures)
      }
      self.status = status
      self.says = says
    }
  }

  static let cases = [
    Case("evaluate", 64, "corpora"),
    Case("evaluate /nonexistent.jsonl", 66, "no such file or folder"),
    Case("evaluate FIXTURES/corpus --errors angr", 64, "did you mean 'anger'?"),
    Case("evaluate FIXTURES/corpus --label complant", 64, "did you mean 'complaint'?"),
    Case("evaluate FIXTURES/corpus --fail-under 2", 64, "0 to 1"),
    Case("evaluate FIXTURES/corpus --fail-under angr=.5", 64, "did you mean 'anger'?"),
    Case("evaluate FIXTURES/corpus --set corpsu", 65, "did you mean 'corpus'?"),
    Case("evaluate FIXTURES/corpus --jobs 0", 64, "1 to 256"),
    Case("evaluate FIXTURES/foreign.jsonl", 65, "--label-map"),
    Case("evaluate FIXTURES/foreign.jsonl --label-map id=ticket,text=body", 65, "has a label"),
    Case(
      "evaluate FIXTURES/foreign.jsonl --label-map FIXTURES/label-map.txt --format json", 0,
      "\"name\":\"complaint\""),
    Case("evaluate FIXTURES/corpus --fail-under pricing-dispute=1 --half tune", 0, "complaint"),
    Case("evaluate FIXTURES/corpus --fail-under 1", 1, "below --fail-under"),
    Case("evaluate FIXTURES/corpus --worst 2 --label expectation-gap", 0, "Worst errors"),
    Case("sweep FIXTURES/corpus", 64, "--tag"),
    Case("sweep --tag angre FIXTURES/corpus", 64, "did you mean 'anger'?"),
    Case("sweep --tag anger --per-day -3 FIXTURES/corpus", 64, "per-day"),
    Case("sweep --tag anger --queue biling FIXTURES/corpus", 64, "did you mean 'billing'?"),
    Case("sweep --tag anger --steps 1 FIXTURES/corpus", 64, "4 to 100"),
    Case("sweep --tag anger --format svg FIXTURES/corpus", 0, "prefers-color-scheme: dark"),
    Case("compare lexicons lexicons /nonexistent", 66, "no such file or folder"),
    Case("compare lexicons lexcons FIXTURES/corpus", 66, "git:lexcons"),
    Case("compare git:-x lexicons FIXTURES/corpus", 64, "names no revision"),
    Case("compare lexicons FIXTURES/lexicons FIXTURES/corpus --max-moved 0", 1, "--max-moved"),
    Case("compare lexicons lexicons FIXTURES/corpus --max-moved 0", 0, "0 moved"),
    Case("compare policies/default.yaml FIXTURES/policy.yaml FIXTURES/corpus", 0, "Queues"),
    Case("frequencies FIXTURES/corpus --tag angr", 64, "did you mean 'anger'?"),
    Case(
      "frequencies FIXTURES/corpus --lexicons FIXTURES/lexicons --entry nl.desk.kapott", 64,
      "did you mean 'nl.desk.kapot'?"),
    Case(
      "frequencies FIXTURES/corpus --lexicons FIXTURES/lexicons --dead", 0, "nl.desk.ongebruikt"),
    Case("frequencies FIXTURES/corpus --limit 0", 64, "1 or more"),
  ]

  @Test(arguments: cases) func saysWhatIsSo(_ one: Case) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard(one.arguments)
    #expect(outcome.status == one.status, "\(outcome.errors)")
    #expect(
      (outcome.errors + outcome.text).contains(one.says),
      "said: \(outcome.errors) \(outcome.text.prefix(400))")
  }

  @Test func anEmptyCorpusIsSaid() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = try probe.file("empty.jsonl", "\n")
    for command in [["evaluate"], ["sweep", "--tag", "anger"], ["frequencies"]] {
      let outcome = try probe.heard(command + [path])
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("the corpus is empty"), "\(outcome.errors)")
    }
  }

  @Test(arguments: ["evaluate", "sweep", "compare", "frequencies"])
  func helpHasExamples(command: String) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard([command, "--help"])
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("heard \(command) "))
    #expect(outcome.text.contains("Examples:"))
  }

  /// No text of customers unless it is asked for.
  @Test func textIsShownOnlyWhenAskedFor() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let arguments = ["evaluate", "\(BenchCommandTests.fixtures)/corpus", "--worst", "20"]
    let words = "drie weken op antwoord"
    #expect(try !probe.heard(arguments).text.contains(words))
    #expect(try !probe.heard(arguments + ["--format", "json"]).text.contains(words))
    #expect(try probe.heard(arguments + ["--show-text"]).text.contains(words))
  }

  @Test func textIsRedactedWhenAskedFor() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = try probe.file(
      "mine.jsonl",
      """
      {"id":"1","lang":"nl","text":"Ik wacht al weken, mail mij op sanne@example.nl.","class":"praise"}

      """)
    let arguments = ["evaluate", path, "--worst", "5", "--show-text"]
    #expect(try probe.heard(arguments).text.contains("sanne@example.nl"))
    let redacted = try probe.heard(arguments + ["--redact"]).text
    #expect(redacted.contains("Ik wacht al weken"))
    #expect(!redacted.contains("sanne@example.nl"))
  }

  /// A change is compared with what was committed, and outside a repository that is said.
  @Test func comparesRevisions() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let fixtures = BenchCommandTests.fixtures
    let script = """
      cd '\(probe.folder.path)' && mkdir work && cd work && mkdir policies
      cp -r '\(fixtures)/lexicons' lexicons && cp '\(fixtures)/policy.yaml' policies/default.yaml
      rm -f lexicons/*.compiled
      GIT_DIR=/nonexistent "$@" compare git:HEAD lexicons '\(fixtures)/corpus'
      git init -q . && git add . && git -c user.name=a -c user.email=a@example.org commit -qm one
      sed -i 's/woedend, razend/woedend/' lexicons/nl/desk.yaml
      "$@" compare git:nothing lexicons '\(fixtures)/corpus'
      "$@" compare git:HEAD lexicons '\(fixtures)/corpus'
      """
    let outcome = try probe.heard([], shell: script)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("is in no git repository"))
    #expect(outcome.errors.contains("no such revision"))
    #expect(outcome.text.contains("13 messages, 1 moved"), "\(outcome.text)")
    #expect(outcome.text.contains("nl.desk.woedend"))
  }

  /// Workers change how long it takes and nothing else.
  @Test(arguments: ["evaluate", "frequencies"]) func jobsDoNotMatter(command: String) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let one = try probe.heard([command, "--format", "json", "corpus"])
    let three = try probe.heard([command, "--format", "json", "--jobs", "3", "corpus"])
    #expect(one.status == 0, "\(one.errors)")
    #expect(one.output == three.output)
  }
}
