import HeardClassifier
import HeardLexicon
import HeardMail
import HeardRouter
import HeardRouterTestSupport
import HeardRouterTools
import HeardText
import Testing

/// A policy around the rules given, with queues a, b and z.
func policy(_ rules: String) throws -> Policy {
  try Policy.read(
    file: "test.yaml",
    text: """
      policy: heard/1
      time-zone: Europe/Amsterdam
      queues: {a: first, b: second, z: rest}
      fallback: {queue: z, priority: low}
      variables: {vips: ["*@vip.nl", boss@e.nl], hot: 2, desk: a, shop: outlet}
      conditions:
        heated: {class: complaint, anger: ">= $hot"}
        calm: {not: {condition: heated}}
      rules:
      - {id: unused-b, when: {header: {X-Never: never}}, queue: b}
      \(rules)
      """
  ).policy
}

/// Moments of one November week in Amsterdam, an hour ahead of UTC.
enum Week {
  /// Monday 2026-11-16 at 00:00.
  static let monday: Int64 = 1_794_783_600

  static func at(day: Int64, _ hour: Int64, _ minute: Int64 = 0) -> Int64 {
    monday + day * 86_400 + hour * 3600 + minute * 60
  }
}

/// Every condition, once met and once not.
@Suite struct ConditionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let when: String
    let yes: Facts
    let no: Facts
    var testDescription: String { when }
  }

  static let cases: [Case] = [
    Case(when: "{class: question}", yes: facts(class: .question), no: facts()),
    Case(when: "{class: [praise, question]}", yes: facts(class: .praise), no: facts()),
    Case(when: "{tag: anger}", yes: facts(tags: [.anger]), no: facts(tags: [.staffTargeted])),
    Case(
      when: "{signal: [churn, safety]}", yes: facts(signals: [.safety]),
      no: facts(signals: [.unheard])),
    Case(when: "{anger: \">= 2\"}", yes: facts(anger: 2), no: facts(anger: 1)),
    Case(when: "{anger: 3}", yes: facts(anger: 3), no: facts(anger: 2)),
    Case(when: "{sentiment: \"< -0.5\"}", yes: facts(sentiment: -0.6), no: facts(sentiment: -0.5)),
    Case(
      when: "{score: {complaint: \"> 0.8\"}}", yes: facts(), no: facts(scores: [0.8, 0, 0, 0, 0])),
    Case(when: "{language: [pl, other]}", yes: facts(language: .polish), no: facts()),
    Case(when: "{sender: \"*@Example.NL\"}", yes: facts(), no: facts(sender: "a@example.nl.org")),
    Case(
      when: "{recipient: [\"vip@*\", x@y]}", yes: facts(recipients: ["q@y", "vip@e.nl"]),
      no: facts()),
    Case(
      when: "{header: {x-shop: \"*Outlet*\"}}",
      yes: facts(headers: [HeaderField(name: "X-Shop", value: "the outlet, Breda")]),
      no: facts(headers: [HeaderField(name: "X-Shop2", value: "outlet")])),
    Case(when: "{automatic: bounce}", yes: facts(automatic: .bounce), no: facts(automatic: .list)),
    Case(
      when: "{class: complaint, anger: 1}", yes: facts(anger: 1), no: facts(class: .other, anger: 1)
    ),
    Case(when: "{any: [{anger: 3}, {tag: anger}]}", yes: facts(tags: [.anger]), no: facts()),
    Case(
      when: "{all: [{anger: 1}, {not: {tag: anger}}]}", yes: facts(anger: 1),
      no: facts(anger: 1, tags: [.anger])),
    Case(when: "{not: {class: complaint}}", yes: facts(class: .other), no: facts()),
    Case(
      when: "{zone: [forwarded, quoted]}", yes: facts(zones: [ZoneSet(.own), ZoneSet(.forwarded)]),
      no: facts()),
    Case(
      when: "{thread: {contacts: \">= 2\"}}", yes: facts(thread: ThreadFacts(contacts: 2)),
      no: facts()),
    Case(
      when: "{thread: {contacts: 0}}", yes: facts(thread: ThreadFacts()), no: facts()),
    Case(
      when: "{thread: {queue: [a, b], trend: rising, hand-overs: \"> 1\"}}",
      yes: facts(thread: ThreadFacts(contacts: 3, queue: "b", trend: .rising, handOvers: 2)),
      no: facts(thread: ThreadFacts(contacts: 3, queue: "z", trend: .rising, handOvers: 2))),
    Case(
      when: "{received: {days: [sat, sun]}}", yes: facts(received: Week.at(day: 5, 0)),
      no: facts(received: Week.at(day: 4, 23, 59))),
    Case(
      when: "{received: {days: fri-mon}}", yes: facts(received: Week.at(day: 0, 12)),
      no: facts(received: Week.at(day: 1, 0))),
    Case(
      when: "{received: {hours: 18-8}}", yes: facts(received: Week.at(day: 2, 7, 59)),
      no: facts(received: Week.at(day: 2, 8))),
    Case(
      when: "{received: {hours: [9-12, \"13:30-17\"]}}",
      yes: facts(received: Week.at(day: 2, 13, 30)),
      no: facts(received: Week.at(day: 2, 13, 29))),
    Case(
      when: "{received: {hours: 17-24, time-zone: America/New_York}}",
      yes: facts(received: Week.at(day: 2, 23)), no: facts(received: Week.at(day: 2, 22, 59))),
    Case(when: "{received: {hours: 0-24}}", yes: facts(received: 0), no: facts()),
    Case(when: "{condition: heated}", yes: facts(anger: 2), no: facts(anger: 1)),
    Case(when: "{condition: calm}", yes: facts(anger: 1), no: facts(anger: 2)),
    Case(
      when: "{condition: [calm, heated], anger: 3}", yes: facts(anger: 3), no: facts(anger: 2)),
    Case(when: "{sender: $vips}", yes: facts(sender: "a@vip.nl"), no: facts(sender: "a@e.nl")),
    Case(
      when: "{sender: [$vips, x@y]}", yes: facts(sender: "boss@e.nl"), no: facts(sender: "y@x")),
    Case(
      when: "{header: {X-Shop: \"*$shop*$$\"}}",
      yes: facts(headers: [HeaderField(name: "X-Shop", value: "the outlet, $")]),
      no: facts(headers: [HeaderField(name: "X-Shop", value: "the outlet")])),
    Case(
      when: "{thread: {queue: $desk}}", yes: facts(thread: ThreadFacts(queue: "a")), no: facts()),
  ]

  @Test(arguments: cases) func holdsWhenItShould(_ one: Case) throws {
    let policy = try policy("- {id: it, when: \(one.when), queue: a}")
    #expect(policy.decide(one.yes).rule == "it")
    #expect(policy.decide(one.no).rule == "fallback")
  }
}

/// Law 6: routing is total and single, and drops no tag.
@Suite struct RoutingLawTests {
  @Test func firstRuleThatHoldsDecides() throws {
    let policy = try policy(
      """
      - {id: one, when: {anger: ">= 2"}, queue: a, priority: urgent, steps: [cool]}
      - {id: two, when: {class: complaint}, queue: b}
      """)
    #expect(policy.decide(facts(anger: 2)).queue == "a")
    #expect(policy.decide(facts(anger: 2)).priority == "urgent")
    #expect(policy.decide(facts(anger: 1)).queue == "b")
    #expect(policy.decide(facts(class: .other)).queue == "z")
    #expect(policy.decide(facts(class: .other)).rule == "fallback")
  }

  @Test func additionsComeWhereverItGoes() throws {
    let policy = try Policy.read(
      file: "t.yaml",
      text: """
        policy: heard/1
        queues: {a: x, z: y}
        fallback: {queue: z}
        rules:
        - {id: r, when: {anger: 3}, queue: a, steps: [cool]}
        also:
        - {id: s, when: {tag: staff-targeted}, steps: [cool, hear], obligations: [involve]}
        """
    ).policy
    let hot = policy.decide(facts(anger: 3, tags: [.staffTargeted]))
    #expect(hot.steps == ["cool", "hear"])
    #expect(hot.obligations == ["involve"])
    #expect(policy.decide(facts(tags: [.staffTargeted])).obligations == ["involve"])
    #expect(policy.decide(facts(anger: 3)).obligations.isEmpty)
  }

  /// Every combination of what the default policy looks at gets one of its queues, and the
  /// assessment comes out as it went in.
  @Test func everyMessageGetsOneQueue() throws {
    let policy = try defaultPolicy()
    let queues = Set(policy.queues.map(\.name))
    for messageClass in MessageClass.allCases {
      for language in Language.allCases {
        for anger in 0...3 {
          for signal in EvidenceKind.signals {
            for tag in EvidenceKind.scores.dropFirst() {
              let one = facts(
                class: messageClass, anger: anger, tags: [tag], signals: [signal],
                language: language)
              let decision = policy.decide(one)
              #expect(queues.contains(decision.queue))
              #expect(one.assessment.tags == [tag])
              #expect(policy.decide(one) == decision)
            }
          }
        }
      }
    }
  }
}

@Suite struct ReceivedTests {
  static let cases: [([String], Int64)] = [
    (["Mon, 16 Nov 2026 09:30:00 +0100", "Sun, 15 Nov 2026 08:00:00 +0100"], 1_794_817_800),
    (["no date at all"], 1_000_000), ([], 1_000_000),
  ]

  @Test(arguments: cases)
  func aMessageSaysWhenItCameIn(received: [String], time: Int64) throws {
    var message = Message()
    message.date = 1_000_000
    message.headers = received.map {
      HeaderField(name: "RECEIVED", value: "from a.example by b.example; \($0)")
    }
    #expect(Facts(assessment: Assessment(), message: message).received == time)
    #expect(Facts(assessment: Assessment(), message: message, received: 5).received == 5)
  }
}

/// What the default policy promises.
@Suite struct DefaultPolicyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let facts: Facts
    let queue: String
    var obligation: String?
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "safety before heat", facts: facts(anger: 3, signals: [.safety]), queue: "safety"),
    Case(
      name: "safety even when no complaint", facts: facts(class: .question, signals: [.safety]),
      queue: "safety"),
    Case(
      name: "an auto-reply is not answered",
      facts: facts(class: .auto, signals: [.safety], automatic: .autoReply), queue: "automatic"),
    Case(
      name: "nor is a newsletter, however it sounds", facts: facts(class: .auto, automatic: .bulk),
      queue: "automatic"),
    Case(
      name: "a program may bring word of danger",
      facts: facts(
        class: .auto, signals: [.safety], scores: [0, 0, 0, 0, 0], automatic: .generated),
      queue: "safety"),
    Case(
      name: "a web form's complaint is read", facts: facts(class: .auto, automatic: .generated),
      queue: "complaints"),
    Case(
      name: "a complaint through a group's address is read",
      facts: facts(class: .auto, automatic: .list), queue: "complaints"),
    Case(
      name: "a calm message of a list is not",
      facts: facts(class: .auto, scores: [0.3, 0, 0, 0, 0], automatic: .list), queue: "automatic"),
    Case(
      name: "heat before its subject", facts: facts(anger: 2, tags: [.anger, .pricingDispute]),
      queue: "de-escalation", obligation: "second-look-at-refund"),
    Case(
      name: "a person is heard", facts: facts(tags: [.staffTargeted]), queue: "staff-conduct",
      obligation: "involve-staff-member"),
    Case(
      name: "a person is heard in heat too", facts: facts(anger: 3, tags: [.staffTargeted]),
      queue: "de-escalation", obligation: "not-only-to-the-person-complained-of"),
    Case(name: "charge", facts: facts(tags: [.pricingDispute]), queue: "billing"),
    Case(
      name: "promise", facts: facts(tags: [.expectationGap]), queue: "account-owner",
      obligation: "keep-one-owner"),
    Case(name: "plain complaint", facts: facts(), queue: "complaints"),
    Case(name: "question", facts: facts(class: .question), queue: "questions"),
    Case(name: "request", facts: facts(class: .request), queue: "questions"),
    Case(name: "praise", facts: facts(class: .praise), queue: "compliments"),
    Case(
      name: "lawyer", facts: facts(signals: [.publicThreat]), queue: "compliance",
      obligation: "move-to-private"),
    Case(name: "leaving", facts: facts(signals: [.churn]), queue: "retention"),
    Case(name: "German", facts: facts(class: .other, language: .other), queue: "other-languages"),
    Case(name: "nothing", facts: facts(class: .other), queue: "general"),
  ]

  @Test(arguments: cases) func goesToItsDesk(_ one: Case) throws {
    let decision = try defaultPolicy().decide(one.facts)
    #expect(decision.queue == one.queue)
    if let obligation = one.obligation { #expect(decision.obligations.contains(obligation)) }
  }

  @Test func hasNoWarnings() throws {
    let (policy, warnings) = try readDefaultPolicy()
    #expect(warnings == [])
    #expect(policy.check().problems == [])
    #expect(policy.check().kept.count == policy.promises.count)
  }
}
