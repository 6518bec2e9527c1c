import Foundation
import HeardRouter
import HeardRouterTools
import HeardSources
import Testing

/// The text of the policy that comes with heard.
func defaultPolicyText() throws -> String {
  let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let file = root.appendingPathComponent("policies/default.yaml")
  return try String(contentsOf: file, encoding: .utf8)
}

/// The policy that comes with heard.
func readDefaultPolicy() throws -> (policy: Policy, warnings: [PolicyProblem]) {
  try Policy.read(file: "default.yaml", text: defaultPolicyText())
}

func defaultPolicy() throws -> Policy { try readDefaultPolicy().policy }

/// Every mistake is said with its place and a way out.
@Suite struct PolicyErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let place: String
    let says: String
    var testDescription: String { name }
  }

  static let head = "policy: heard/1\nqueues: {billing: x, rest: y}\nfallback: {queue: rest}\n"

  static let cases: [Case] = [
    Case(name: "nothing", text: "", place: "p.yaml:1:", says: "empty"),
    Case(name: "a list", text: "- a\n", place: "p.yaml:1:1", says: "mapping"),
    Case(
      name: "bad YAML", text: "policy: heard/1\nqueues: {a: ]\n", place: "p.yaml:2:",
      says: "flow node"),
    Case(
      name: "no version", text: "queues: {a: x}\nfallback: {queue: a}\n", place: "p.yaml:1:",
      says: "version"),
    Case(
      name: "no queues", text: "policy: heard/1\nfallback: {queue: a}\n", place: "p.yaml:1:",
      says: "no queues"),
    Case(
      name: "no fallback", text: "policy: heard/1\nqueues: {a: x}\n", place: "p.yaml:1:",
      says: "fallback"),
    Case(
      name: "unknown key", text: head + "ruls: []\n", place: "p.yaml:4:1",
      says: "did you mean 'rules'?"),
    Case(
      name: "unknown queue", text: head + "rules:\n- {id: r, when: {anger: 1}, queue: biling}\n",
      place: "p.yaml:5:36", says: "did you mean 'billing'?"),
    Case(
      name: "no id", text: head + "rules:\n- {when: {anger: 1}, queue: rest}\n",
      place: "p.yaml:5:3", says: "no id"),
    Case(
      name: "id twice",
      text: head
        + "rules:\n- {id: r, when: {anger: 1}, queue: rest}\n- {id: r, when: {anger: 2}, queue: rest}\n",
      place: "p.yaml:6:8", says: "taken by p.yaml:5:8"),
    Case(
      name: "no condition", text: head + "rules:\n- {id: r, queue: rest}\n", place: "p.yaml:5:3",
      says: "when it holds"),
    Case(
      name: "unknown condition", text: head + "rules:\n- {id: r, when: {angr: 1}, queue: rest}\n",
      place: "p.yaml:5:18", says: "did you mean 'anger'?"),
    Case(
      name: "unknown class",
      text: head + "rules:\n- {id: r, when: {class: complant}, queue: rest}\n",
      place: "p.yaml:5:25", says: "did you mean 'complaint'?"),
    Case(
      name: "anger 4", text: head + "rules:\n- {id: r, when: {anger: 4}, queue: rest}\n",
      place: "p.yaml:5:25", says: "out of range"),
    Case(
      name: "no comparison", text: head + "rules:\n- {id: r, when: {anger: hot}, queue: rest}\n",
      place: "p.yaml:5:25", says: "comparison"),
    Case(
      name: "bad priority",
      text: head + "rules:\n- {id: r, when: {anger: 1}, queue: rest, priority: soon}\n",
      place: "p.yaml:5:", says: "unknown priority"),
    Case(
      name: "an addition of nothing", text: head + "also:\n- {id: r, when: {anger: 1}}\n",
      place: "p.yaml:5:3", says: "adds nothing"),
  ]

  @Test(arguments: cases) func isSaidWithItsPlace(_ one: Case) {
    do {
      _ = try Policy.read(file: "p.yaml", text: one.text)
      Issue.record("accepted")
    } catch {
      let said = error.description
      #expect(said.contains(one.place), "\(said)")
      #expect(said.contains(one.says), "\(said)")
    }
  }

  @Test func nestingHasALimit() {
    let deep =
      String(repeating: "{not: ", count: 200) + "{anger: 1}" + String(repeating: "}", count: 200)
    #expect(throws: PolicyError.self) {
      try Policy.read(
        file: "p.yaml",
        text: PolicyErrorTests.head + "rules:\n- {id: r, when: \(deep), queue: rest}\n")
    }
  }

  @Test func rulesBehindAWiderOneAreFound() throws {
    let warnings = try Policy.read(
      file: "p.yaml",
      text: PolicyErrorTests.head + """
        rules:
        - {id: wide, when: {class: complaint}, queue: billing}
        - {id: narrow, when: {class: complaint, anger: ">= 2"}, queue: rest}
        - {id: tagged, when: {tag: anger}, queue: rest}
        - {id: free, when: {class: praise}, queue: rest}
        """
    ).policy.check().problems.filter { $0.severity == .warning }.map(\.description)
    #expect(warnings.count == 2)
    #expect(warnings.contains { $0.contains("'narrow' is never reached") })
    #expect(warnings.contains { $0.contains("'tagged' is never reached") })
  }

  @Test func queuesNobodySendsToAreFound() throws {
    let policy = try Policy.read(file: "p.yaml", text: PolicyErrorTests.head).policy
    #expect(policy.check().problems.map(\.message) == ["no rule leads to the queue 'billing'"])
  }
}
