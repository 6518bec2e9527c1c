import HeardClassifier
import HeardLexicon
import HeardRouterTestSupport
import HeardSources
import HeardTestSupport
import HeardText
import Testing

@testable import HeardRouter
@testable import HeardRouterTools

/// What `heard policy check` finds, and what it leaves alone.
@Suite struct PolicyCheckTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let lines: String
    /// `check: message` of each finding, as far as it is given.
    let finds: [String]
    var testDescription: String { name }

    init(_ name: String, _ lines: String, _ finds: [String]) {
      self.name = name
      self.lines = lines
      self.finds = finds
    }
  }

  static func rules(_ rules: String...) -> String {
    "rules:\n" + rules.enumerated().map { "- {id: r\($0 + 1), when: \($1)}\n" }.joined()
      + "- {id: qa, when: {header: {X-Q: a}}, queue: a}\n"
      + "- {id: qb, when: {header: {X-Q: b}}, queue: b}\n"
  }

  static let cases: [Case] = [
    Case("nothing wrong", rules("{anger: 3}, queue: a"), []),
    Case(
      "two rules together",
      rules(
        "{class: complaint, anger: \">= 2\"}, queue: a",
        "{class: complaint, anger: \"< 2\"}, queue: b", "{tag: pricing-dispute}, queue: a"),
      ["unreachable-rule: the rule 'r3' is never reached: 'r1' and 'r2' above together take all"]),
    Case(
      "only what is needed is named",
      rules(
        "{language: pl}, queue: a", "{class: complaint}, queue: b", "{tag: anger}, queue: a"),
      ["unreachable-rule: the rule 'r3' is never reached: 'r2' above takes all"]),
    Case(
      "a tag on what is no complaint", rules("{class: praise, tag: anger}, queue: a"),
      ["never-holds: no message can meet the rule 'r1'"]),
    Case(
      "numbers apart",
      rules("{score: {anger: \"> 0.8\"}, all: [{score: {anger: \"< 0.7\"}}]}, queue: a"),
      ["never-holds: no message can meet the rule 'r1'"]),
    Case(
      "a tag is a high score", rules("{tag: anger, score: {anger: \"< 0.5\"}}, queue: a"),
      ["never-holds: no message can meet the rule 'r1'"]),
    Case(
      "a complaint in another language", rules("{language: other, class: complaint}, queue: a"),
      ["never-holds: no message can meet the rule 'r1'"]),
    Case(
      "counts of a conversation",
      rules("{thread: {contacts: \">= 2\"}}, queue: a", "{thread: {contacts: 5}}, queue: b"),
      ["unreachable-rule: the rule 'r2' is never reached: 'r1' above takes all"]),
    Case(
      "no conversation, no count",
      rules(
        "{not: {thread: {contacts: \">= 0\"}}}, queue: a", "{thread: {trend: rising}}, queue: b"),
      []),
    Case(
      "evenings and nights",
      "time-zone: Europe/Warsaw\n"
        + rules(
          "{received: {hours: 18-8}}, queue: a", "{received: {hours: 20-22, days: sat}}, queue: b"),
      ["unreachable-rule: the rule 'r2' is never reached: 'r1' above takes all"]),
    Case(
      "a wider pattern",
      rules("{sender: \"*@example.org\"}, queue: a", "{sender: \"vip*@example.org\"}, queue: b"),
      ["unreachable-rule: the rule 'r2' is never reached: 'r1' above takes all"]),
    Case(
      "one sender, two places",
      rules("{sender: \"*@a.nl\", all: [{sender: \"*@b.nl\"}]}, queue: a"),
      ["never-holds: no message can meet the rule 'r1'"]),
    Case(
      "two recipients", rules("{recipient: \"*@a.nl\", all: [{recipient: \"*@b.nl\"}]}, queue: a"),
      []),
    Case(
      "patterns that overlap", rules("{sender: \"a*\"}, queue: a", "{sender: \"*b\"}, queue: b"), []
    ),
    Case(
      "a queue behind a rule that never decides",
      """
      rules:
      - {id: r1, when: {class: complaint}, queue: a}
      - {id: r2, when: {tag: anger}, queue: b}
      """,
      ["unreachable-rule: the rule 'r2'", "dead-queue: no message can reach the queue 'b'"]),
    Case(
      "a rule that takes everything",
      "rules:\n- {id: r1, when: {anger: \">= 0\"}, queue: a}\n- {id: r2, when: {anger: 1}, queue: b}\n",
      [
        "unreachable-rule: the rule 'r2'", "dead-queue: no message can reach the queue 'b'",
        "dead-queue: no message can reach the queue 'z'", "always-holds: every message meets",
        "fallback-unused: the rules take every message",
      ]),
    Case(
      "an alternative inside another", rules("{any: [{class: complaint}, {tag: anger}]}, queue: a"),
      ["redundant-part: alternative 2 of an 'any' in the rule 'r1'"]),
    Case(
      "solving before cooling", rules("{anger: 3}, queue: a, steps: [solve, cool]"),
      ["solve-before-cooling: the rule 'r1' says 'solve' before 'cool'"]),
    Case(
      "a promise that is kept",
      rules("{anger: 3}, queue: a, obligations: [call]")
        + "also: [{id: x, when: {anger: \">= 2\"}, obligations: [call]}]\n"
        + "promises: [{id: p, when: {anger: \"> 1\"}, obligations: [call]}]\n",
      []),
    Case(
      "a promise that is not",
      rules("{signal: safety}, queue: a", "{anger: 3}, queue: a, obligations: [call]")
        + "promises: [{id: p, when: {anger: 3}, obligations: [call]}]\n",
      [
        "broken-promise: the promise 'p' is not kept: the rule 'r1' sends e.g. "
          + "anger: 3, signal: safety without the obligation 'call'"
      ]),
    Case(
      "a promise of another queue",
      rules("{anger: 3}, queue: a")
        + "promises: [{id: p, when: {anger: \">= 2\"}, queue: a}]\n",
      ["broken-promise: the promise 'p' is not kept: the fallback sends e.g. anger: 2"]),
    Case(
      "a promise of an order",
      rules("{anger: 3}, queue: a, steps: [cool, acknowledge, solve]")
        + "promises: [{id: p, when: {anger: 3}, steps: [acknowledge, cool]}]\n",
      ["broken-promise: the promise 'p' is not kept: the rule 'r1'"]),
  ]

  @Test(arguments: cases) func isFound(_ one: Case) throws {
    let policy = try readPolicy(["main.yaml": policyFile(one.lines)])
    let found = policy.check().problems
      .map { "\($0.check.rawValue): \($0.message)" }
    #expect(found.count == one.finds.count, "\(found)")
    for (found, expected) in zip(found, one.finds) { #expect(found.hasPrefix(expected)) }
  }

  @Test func rulesOfOneWeightAreTold() throws {
    let lines = """
      rules:
      - {id: one, when: {anger: 3}, queue: a}
      - {id: two, when: {tag: anger}, queue: b}
      """
    let policy = try readPolicy([
      "main.yaml": policyFile(lines).replacing("strategy: first", with: "strategy: best")
    ])
    let found = policy.check().problems
    #expect(found.map(\.check) == [.tie])
    #expect(found[0].message.contains("'one' and 'two' weigh the same"))
  }

  /// A policy too large to decide is said to be so, in bounded time, and nothing is claimed of it.
  @Test func whatIsTooLargeIsSaid() throws {
    var generator = SeededGenerator(seed: 3)
    var lines = "rules:\n"
    for number in 0..<60 {
      let parts = (0..<12).map { _ in
        "{recipient: \"*\(Int.random(in: 0..<300, using: &generator))x@*\"}"
      }
      let groups = stride(from: 0, to: 12, by: 3).map {
        "{any: [\(parts[$0..<$0 + 3].joined(separator: ", "))]}"
      }
      lines += "- {id: r\(number), when: {all: [\(groups.joined(separator: ", "))]}, queue: a}\n"
    }
    let report = try readPolicy(["main.yaml": policyFile(lines)]).check()
    #expect(report.problems.map(\.check) == [.undecided])
  }
}
