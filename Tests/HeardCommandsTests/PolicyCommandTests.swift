import Foundation
import Testing

/// `heard policy` as a manager meets it.
@Suite struct PolicyCommandTests {
  static let text = """
    policy: heard/1
    strategy: first
    queues: {billing: charges, rest: everything else, quick: nobody}
    fallback: {queue: rest}
    rules:
    - id: charge
      when: {class: complaint, tag: pricing-dispute}
      queue: billing
      steps: [acknowledge, solve]
      examples: [You charged me twice for May and I want the money back.]
      counterexamples: [What does a subscription cost per month?]
    - id: dear
      when: {tag: pricing-dispute, anger: ">= 1"}
      queue: quick
    also:
    - id: back
      when: {thread: {contacts: ">= 2"}}
      obligations: [keep-one-owner]
      examples: [{text: "Where is my parcel?", thread: {contacts: 2}}]

    """

  private func withPolicy<Value>(
    _ text: String = PolicyCommandTests.text,
    _ body: (CommandLineProbe, String) throws -> Value
  ) throws -> Value {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    return try body(probe, try probe.file("policy.yaml", text))
  }

  @Test func whatIsNotMeantIsFound() throws {
    try withPolicy { probe, path in
      let outcome = try probe.heard(["policy", "check", path])
      #expect(outcome.status == 0)
      #expect(
        outcome.errors.contains("\(path):12:3: warning: the rule 'dear' is never reached"))
      #expect(outcome.errors.contains("no message can reach the queue 'quick'"))
      #expect(outcome.text.contains("every message gets exactly one queue"))
      let strict = try probe.heard(["policy", "check", path, "--fail-on", "warning"])
      #expect(strict.status == 1)
    }
  }

  @Test func findingsComeAsJSONAndSARIF() throws {
    try withPolicy { probe, path in
      let json = try probe.heard(["policy", "check", path, "--format", "json"])
      let findings = try #require(json.records.first?["findings"] as? [[String: Any]])
      #expect(findings.map { $0["check"] as? String } == ["unreachable-rule", "dead-queue"])
      #expect(findings.first?["line"] as? Int == 12)
      let sarif = try probe.heard(["policy", "check", path, "--format", "sarif"])
      let run = try #require((sarif.records.first?["runs"] as? [[String: Any]])?.first)
      let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
      #expect(driver["name"] as? String == "heard policy check")
      let rules = try #require(driver["rules"] as? [[String: Any]])
      let results = try #require(run["results"] as? [[String: Any]])
      for result in results {
        let index = try #require(result["ruleIndex"] as? Int)
        #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      }
    }
  }

  @Test func aBrokenPromiseFails() throws {
    let text =
      PolicyCommandTests.text
      + "promises: [{id: calm, when: {anger: 3}, steps: [acknowledge, cool]}]\n"
    try withPolicy(text) { probe, path in
      let outcome = try probe.heard(["policy", "check", path])
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("error: the promise 'calm' is not kept"))
      #expect(outcome.text.contains("0 of 1 promises"))
    }
  }

  @Test func examplesBesideRulesAreTried() throws {
    try withPolicy { probe, path in
      let outcome = try probe.heard(["policy", "test", path])
      #expect(outcome.status == 0, "\(outcome.text)")
      #expect(outcome.text.contains("3 examples of 2 rules: 3 hold"))
    }
    let wrong = PolicyCommandTests.text.replacing(
      "cost per month?", with: "cost? You charged me twice for May.")
    try withPolicy(wrong) { probe, path in
      let outcome = try probe.heard(["policy", "test", path])
      #expect(outcome.status == 1)
      #expect(outcome.text.contains("FAIL  \(path):11:"))
      #expect(outcome.text.contains("'charge' must not take 'What does"))
      let tap = try probe.heard(["policy", "test", path, "--format", "tap"])
      #expect(tap.text.hasPrefix("TAP version 14\n1..3\n"))
      #expect(tap.text.contains("not ok 2 - charge does not take"))
      let junit = try probe.heard(["policy", "test", path, "--format", "junit"])
      let suites = "<testsuites name=\"heard policy test\" tests=\"3\" failures=\"1\""
      #expect(junit.text.contains(suites))
      #expect(junit.text.hasSuffix("</testsuites>\n"))
    }
  }

  @Test func theDefaultPolicyKeepsItsPromisesAndExamples() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let check = try probe.heard(["policy", "check", "--level", "note", "--fail-on", "note"])
    #expect(check.status == 0, "\(check.errors)")
    let test = try probe.heard(["policy", "test"])
    #expect(test.status == 0, "\(test.text)")
    // Every rule and every addition shows what it is for.
    let policy = try String(
      contentsOf: CommandLineProbe.root.appendingPathComponent("policies/default.yaml"),
      encoding: .utf8)
    let rules = try #require(policy.range(of: "\nrules:"))
    let promises = try #require(policy.range(of: "\npromises:"))
    let items = policy[rules.upperBound..<promises.lowerBound].split(separator: "\n- id: ")
    #expect(items.dropFirst().allSatisfy { $0.contains("  examples:\n") })
  }

  @Test func whatWouldMoveIsShown() throws {
    let changed = try String(
      contentsOf: CommandLineProbe.root.appendingPathComponent("policies/default.yaml"),
      encoding: .utf8
    ).replacing("queue: billing\n", with: "queue: complaints\n")
    try withPolicy(changed) { probe, path in
      let corpus = "corpus/en/messages.jsonl"
      let outcome = try probe.heard(["policy", "what-if", path, corpus, "--max-moved", "0"])
      #expect(outcome.status == 1)
      #expect(outcome.text.contains("billing → complaints"))
      #expect(outcome.text.contains("class 0, tags 0, queue "))
      let same = try probe.heard(
        ["policy", "what-if", "policies/default.yaml", corpus, "--max-moved", "0"])
      #expect(same.status == 0)
    }
  }

  /// An obligation more moves nobody, and is shown all the same.
  @Test func whatWouldBeOwedIsShown() throws {
    let changed = try String(
      contentsOf: CommandLineProbe.root.appendingPathComponent("policies/default.yaml"),
      encoding: .utf8
    ).replacing("steps: [acknowledge, check-charge, solve]", with: "steps: [acknowledge, solve]")
    try withPolicy(changed) { probe, path in
      let corpus = try probe.file(
        "two.jsonl",
        """
        {"id": "1", "lang": "en", "text": "You charged me twice for May and I want the money back."}
        {"id": "2", "lang": "en", "text": "Could you tell me when the shop opens?"}

        """)
      let outcome = try probe.heard(["policy", "what-if", path, corpus])
      #expect(outcome.status == 0)
      #expect(
        outcome.text.hasPrefix(
          "2 messages, 1 changed: class 0, tags 0, queue 0, priority 0, steps or obligations 1\n"))
      let row = outcome.text.split(separator: "\n").first { $0.hasPrefix("check-charge") }
      #expect(row?.split(separator: " ").map(String.init) == ["check-charge", "0", "1"])
      let json = try probe.heard(["policy", "what-if", path, corpus, "--format", "json"])
      let samples = try #require(json.records.first?["samples"] as? [[String: Any]])
      let new = try #require(samples.first?["new"] as? [String: Any])
      #expect(new["duties"] as? [String] == ["acknowledge", "solve"])
    }
  }

  @Test func aDecisionIsExplained() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let letter = Data("You charged me twice for May and I want the money back.".utf8)
    let outcome = try probe.heard(["policy", "explain", "--format", "json"], input: letter)
    let record = try #require(outcome.records.first)
    #expect(record["queue"] as? String == "billing")
    let because = try #require((record["because"] as? [[String: Any]])?.first)
    #expect(because["facts"] as? [String] == ["class: complaint", "tag: pricing-dispute"])
    #expect((because["entries"] as? [String])?.isEmpty == false)
    let elsewhere = try #require(record["elsewhere"] as? [[String: Any]])
    let heat = try #require(elsewhere.first { $0["queue"] as? String == "de-escalation" })
    let changes = try #require(heat["changes"] as? [[String: String]])
    #expect(changes == [["from": "anger: 0", "to": "anger: 2"]])
    // What is proposed does what it says.
    let facts = "{class: complaint, tags: [pricing-dispute], anger: 2}"
    let hot = try probe.heard(["policy", "explain", "--facts", facts, "--format", "json"])
    #expect(hot.records.first?["queue"] as? String == "de-escalation")
  }

  @Test func aConversationCanBeSupposed() throws {
    try withPolicy { probe, path in
      let outcome = try probe.heard(
        [
          "policy", "explain", "--policy", path, "--format", "json", "--with",
          "{thread: {contacts: 3}}",
        ], input: Data("Where is my parcel?".utf8))
      let because = try #require(outcome.records.first?["because"] as? [[String: Any]])
      #expect(because.last?["obligations"] as? [String] == ["keep-one-owner"])
      #expect(because.last?["facts"] as? [String] == ["contacts: 3"])
      let wrong = try probe.heard(["policy", "explain", "--policy", path, "--facts", "{angr: 2}"])
      #expect(wrong.status == 64)
      #expect(wrong.errors.contains("--facts:1:2: error: unknown key 'angr'"))
    }
  }

  @Test func includedFilesAreFoundFromTheirFolder() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let main = try probe.file(
      "a/main.yaml",
      "policy: heard/1\ninclude: ../b/more.yaml\nqueues: {rest: x}\nfallback: {queue: rest}\n")
    let more = try probe.file("b/more.yaml", "policy: heard/1\nruls: []\n")
    let broken = try probe.heard(["policy", "check", main])
    #expect(broken.status == 78)
    #expect(broken.errors.contains("\(more):2:1: error: unknown key 'ruls'"))
    _ = try probe.file("b/more.yaml", "policy: heard/1\nrules: []\n")
    #expect(try probe.heard(["policy", "check", main]).status == 0)
  }
}
