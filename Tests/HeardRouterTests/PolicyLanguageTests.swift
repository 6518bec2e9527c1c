import HeardClassifier
import HeardLexicon
import HeardRouter
import HeardRouterTestSupport
import HeardRouterTools
import HeardSources
import HeardTestSupport
import HeardText
import Testing

/// Names, variables and included files.
@Suite struct PolicyLanguageTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var files: [String: String]
    let place: String
    let says: String
    var testDescription: String { name }

    init(
      _ name: String, _ lines: String, _ more: [String: String] = [:], place: String, says: String
    ) {
      self.name = name
      files = more.merging(["main.yaml": policyFile(lines)]) { $1 }
      self.place = place
      self.says = says
    }
  }

  static let cases: [Case] = [
    Case(
      "unknown variable", "rules: [{id: r, when: {anger: $hto}, queue: a}]\nvariables: {hot: 2}\n",
      place: "main.yaml:5:31", says: "did you mean '$hot'?"),
    Case(
      "a list for one value",
      "variables: {l: [1, 2]}\nrules: [{id: r, when: {anger: $l}, queue: a}]\n",
      place: "main.yaml:6:31", says: "is a list"),
    Case(
      "unknown named condition",
      "conditions: {heated: {anger: 3}}\nrules: [{id: r, when: {condition: heatde}, queue: a}]\n",
      place: "main.yaml:6:35", says: "did you mean 'heated'?"),
    Case(
      "a condition that stands for itself",
      """
      conditions:
        one: {not: {condition: two}}
        two: {any: [{anger: 1}, {condition: one}]}
      rules: [{id: r, when: {condition: one}, queue: a}]
      """,
      place: "main.yaml:7:39", says: "one → two → one"),
    Case(
      "a missing file", "include: [teams/x.yaml]\n", place: "main.yaml:5:11", says: "teams/x.yaml"),
    Case("an absolute path", "include: /etc/passwd\n", place: "main.yaml:5:10", says: "no file"),
    Case(
      "a file that includes itself", "include: x.yaml\n",
      [
        "x.yaml": "policy: heard/1\ninclude: [y.yaml]\n",
        "y.yaml": "policy: heard/1\ninclude: main.yaml\n",
      ],
      place: "y.yaml:2:10", says: "main.yaml → x.yaml → y.yaml → main.yaml"),
    Case(
      "a mistake in an included file", "include: teams/x.yaml\n",
      ["teams/x.yaml": "policy: heard/1\nrules:\n- {id: r, when: {angr: 2}, queue: a}\n"],
      place: "teams/x.yaml:3:18", says: "did you mean 'anger'?"),
    Case(
      "broken YAML in an included file", "include: x.yaml\n", ["x.yaml": "policy: [\n"],
      place: "x.yaml:", says: "error"),
    Case(
      "a fallback in an included file", "include: x.yaml\n",
      ["x.yaml": "policy: heard/1\nfallback: {queue: a}\n"], place: "x.yaml:2:11",
      says: "has no 'fallback'"),
    Case(
      "an id of another file", "include: x.yaml\nrules: [{id: r, when: {anger: 1}, queue: a}]\n",
      ["x.yaml": "policy: heard/1\nrules: [{id: r, when: {anger: 2}, queue: a}]\n"],
      place: "main.yaml:6:14", says: "taken by x.yaml:2:14"),
    Case(
      "a queue of another file", "include: x.yaml\n",
      ["x.yaml": "policy: heard/1\nqueues: {a: q}\n"],
      place: "main.yaml:3:10", says: "declared at x.yaml:2:10"),
    Case(
      "no time zone", "rules: [{id: r, when: {received: {hours: 9-17}}, queue: a}]\n",
      place: "main.yaml:5:34", says: "no time zone"),
    Case(
      "unknown time zone", "time-zone: Europe/Amsterdm\n", place: "main.yaml:5:12",
      says: "unknown time zone"),
    Case(
      "no hours of a day",
      "time-zone: UTC\nrules: [{id: r, when: {received: {hours: 9-25}}, queue: a}]\n",
      place: "main.yaml:6:42", says: "no hours"),
    Case(
      "no day", "time-zone: UTC\nrules: [{id: r, when: {received: {days: mon-fry}}, queue: a}]\n",
      place: "main.yaml:6:41", says: "unknown day 'mon-fry'"),
    Case(
      "a conversation's queue that is gone",
      "rules: [{id: r, when: {thread: {queue: c}}, queue: a}]\n", place: "main.yaml:5:40",
      says: "unknown queue 'c'"),
    Case(
      "a queue that is nearly right", "rules: [{id: r, when: {anger: 1}, queue: as-befor}]\n",
      place: "main.yaml:5:42", says: "unknown queue"),
    Case(
      "a weight out of range", "rules: [{id: r, when: {anger: 1}, queue: a, weight: 2000}]\n",
      place: "main.yaml:5:53", says: "-1000 to 1000"),
    Case(
      "an example that is judged twice",
      "rules: [{id: r, when: {anger: 1}, queue: a, examples: [{text: x, class: praise}]}]\n",
      place: "main.yaml:5:", says: "cannot say its 'class'"),
    Case(
      "an example that cannot be",
      "rules: [{id: r, when: {anger: 1}, queue: a, examples: [{class: praise, tags: anger}]}]\n",
      place: "main.yaml:5:78", says: "only a complaint has tags"),
    Case(
      "a promise of nothing", "promises: [{id: p, when: {anger: 1}}]\n", place: "main.yaml:5:12",
      says: "promises nothing"),
  ]

  @Test(arguments: cases) func mistakesAreSaidWithTheirPlace(_ one: Case) {
    do {
      _ = try readPolicy(one.files)
      Issue.record("accepted")
    } catch {
      #expect(error.description.contains(one.place), "\(error)")
      #expect(error.description.contains(one.says), "\(error)")
    }
  }

  @Test func includedLinesStandBeforeOwnOnes() throws {
    let files = [
      "main.yaml": policyFile(
        "include: [teams/one.yaml, two.yaml]\nrules: [{id: own, when: {condition: hot}, queue: $desk}]\n"
      ),
      "teams/one.yaml": """
      policy: heard/1
      include: ../two.yaml
      variables: {desk: b}
      rules: [{id: first, when: {anger: 3}, queue: from-two}]
      """,
      "two.yaml": "policy: heard/1\nqueues: {from-two: q}\nconditions: {hot: {anger: \">= 1\"}}\n",
    ]
    let policy = try readPolicy(files)
    #expect(policy.rules.map(\.id) == ["first", "own"])
    #expect(policy.rules[1].queue == "b")
    #expect(policy.rules[0].location.description == "teams/one.yaml:4:9")
    #expect(policy.queues.map(\.name) == ["from-two", "a", "b", "z"])
  }

  /// A change of any file changes the digest; a policy of one file has that of its text.
  @Test func theDigestCoversAllFiles() throws {
    let included = "policy: heard/1\nrules: [{id: r, when: {anger: 3}, queue: a}]\n"
    let files = ["main.yaml": policyFile("include: x.yaml\n"), "x.yaml": included]
    let before = try readPolicy(files).digest
    var changed = files
    changed["x.yaml"] = included.replacing("anger: 3", with: "anger: 2")
    #expect(try readPolicy(changed).digest != before)
    changed = files
    changed["main.yaml"]? += "# a comment\n"
    #expect(try readPolicy(changed).digest != before)
    #expect(try readPolicy(files).digest == before)
    #expect(before.hasPrefix("sha256:") && before.utf8.count == 71)
  }

  /// Each name stands for the one before twice: a page of thirty lines, a thousand million questions.
  @Test func namesInNamesHaveALimit() {
    let names = (1...30).map {
      "  c\($0): {any: [{condition: c\($0 - 1)}, {condition: c\($0 - 1)}]}\n"
    }
    let lines =
      "conditions:\n  c0: {anger: 1}\n" + names.joined()
      + "rules: [{id: r, when: {condition: c30}, queue: a}]\n"
    do {
      _ = try readPolicy(["main.yaml": policyFile(lines)])
      Issue.record("accepted")
    } catch {
      #expect(error.description.contains("asks more than 5000 questions"), "\(error)")
    }
  }

  /// Whatever is done to a policy, it is read and checked, or refused with places.
  @Test func damagedPoliciesAreRefusedOrRead() throws {
    let file = try defaultPolicyText()
    var generator = SeededGenerator(seed: 23)
    var refused = 0
    for round in 0..<200 {
      var bytes = Array(file.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let length = Int.random(in: 0...12, using: &generator)
        let signs = Array("[]{}:,\"'$-#\n >=".utf8)
        let new = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
          signs.randomElement(using: &generator) ?? 0x20
        }
        bytes.replaceSubrange(place..<min(bytes.count, place + length), with: new)
      }
      do {
        let text = String(decoding: bytes, as: UTF8.self)
        let policy = try Policy.read(file: "p.yaml", text: text).policy
        // Checking is dear, and the policies differ little.
        if round.isMultiple(of: 8) { _ = policy.check() }
      } catch {
        refused += 1
        #expect(error.problems.allSatisfy { $0.location.line > 0 && !$0.hint.isEmpty })
      }
    }
    #expect((30..<200).contains(refused))
  }

  @Test func whatNothingUsesIsNoticed() throws {
    let text = policyFile("variables: {v: 1}\nconditions: {c: {anger: 1}, d: {condition: c}}\n")
    let noticed = try Policy.read(file: "p.yaml", text: text).warnings
    #expect(
      noticed.map(\.message) == [
        "nothing uses the condition 'd'", "nothing uses the variable '$v'",
      ])
  }

  @Test(arguments: [
    "unjustified-complaints", "unfit", "bad-customers", "customer-is-right", "klacht-ongegrond",
  ]) func noNameJudgesAnybody(name: String) {
    for lines in [
      "rules: [{id: \(name), when: {anger: 1}, queue: a}]\n",
      "rules: [{id: r, when: {anger: 1}, queue: a, steps: [\(name)]}]\n",
      "also: [{id: r, when: {anger: 1}, obligations: [\(name)]}]\n",
      "conditions: {\(name): {anger: 1}}\n",
    ] {
      do {
        _ = try readPolicy(["main.yaml": policyFile(lines)])
        Issue.record("accepted \(lines)")
      } catch {
        #expect(error.description.contains("heard never judges"), "\(error)")
      }
    }
  }
}

/// Which rule decides when several hold.
@Suite struct StrategyTests {
  static let rules = """
    rules:
    - {id: wide, when: {class: complaint}, queue: z}
    - {id: either, when: {any: [{class: complaint, anger: 3}, {tag: anger}]}, queue: z}
    - {id: narrow, when: {class: complaint, anger: 3}, queue: a}
    - {id: narrow-too, when: {tag: anger, anger: 3}, queue: b}
    - {id: heavy, when: {anger: 3, language: pl}, queue: b, weight: 1}
    - {id: light, when: {class: complaint, anger: 3, language: en, tag: anger}, queue: b, weight: -1}

    """

  @Test func theMostSpecificIsTaken() throws {
    let best = try readPolicy([
      "main.yaml": policyFile(StrategyTests.rules).replacing(
        "strategy: first", with: "strategy: best")
    ])
    #expect(
      best.rules.map(\.id) == ["heavy", "narrow", "narrow-too", "wide", "either", "light"])
    #expect(best.decide(facts(anger: 1)).rule == "wide")
    #expect(best.decide(facts(anger: 3, tags: [.anger])).rule == "narrow")
    #expect(best.decide(facts(class: .other, anger: 3, language: .polish)).rule == "heavy")
    #expect(best.decide(facts(anger: 3, tags: [.anger], language: .english)).rule == "narrow")
    let first = try readPolicy(["main.yaml": policyFile(StrategyTests.rules)])
    #expect(first.rules.map(\.id).first == "wide")
    #expect(first.decide(facts(anger: 3)).rule == "wide")
  }

  static let weights: [(String, Int)] = [
    ("{anger: 1}", 1), ("{anger: 1, class: complaint}", 2),
    ("{any: [{anger: 1, class: complaint}, {tag: anger}]}", 1),
    ("{not: {any: [{anger: 1}, {class: praise}]}}", 2),
    ("{not: {all: [{anger: 1}, {class: praise}]}}", 1), ("{score: {anger: 1, complaint: 1}}", 2),
    ("{condition: both}", 2), ("{not: {condition: both}}", 1), ("{class: [praise, auto]}", 1),
    ("{thread: {contacts: 1, trend: rising}}", 2),
  ]

  @Test(arguments: weights) func whatAConditionAsksIsCounted(_ when: String, _ weight: Int) throws {
    let policy = try readPolicy([
      "main.yaml": policyFile(
        "conditions: {both: {anger: 1, class: praise}}\nrules: [{id: r, when: \(when), queue: a}]\n"
      )
    ])
    #expect(policy.rules[0].condition.weight == weight)
  }

  @Test func aReplyCanGoBackWhereItWas() throws {
    let policy = try readPolicy([
      "main.yaml": policyFile(
        """
        rules:
        - {id: hot, when: {anger: 3}, queue: a}
        - {id: back, when: {thread: {contacts: ">= 1"}}, queue: as-before}
        """)
    ])
    func rule(_ anger: Int, _ thread: ThreadFacts?) -> [String] {
      let decision = policy.decide(facts(anger: anger, thread: thread))
      return [decision.rule, decision.queue]
    }
    #expect(rule(0, ThreadFacts(contacts: 2, queue: "b")) == ["back", "b"])
    #expect(rule(3, ThreadFacts(contacts: 2, queue: "b")) == ["hot", "a"])
    #expect(rule(0, ThreadFacts(contacts: 2, queue: nil)) == ["fallback", "z"])
    #expect(rule(0, ThreadFacts(contacts: 2, queue: "long-gone")) == ["fallback", "z"])
    #expect(rule(0, nil) == ["fallback", "z"])
  }
}
