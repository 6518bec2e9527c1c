import HeardClassifier
import HeardLexicon
import HeardMail
import HeardRouter
import HeardRouterTestSupport
import Testing

/// A reply goes back to its queue, unless safety or heat says otherwise.
@Suite struct ThreadRoutingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var thread: ThreadFacts? = ThreadFacts(contacts: 1, queue: "billing")
    var anger = 0
    var signals: [EvidenceKind] = []
    var messageClass = MessageClass.complaint
    var automatic: AutomaticKind?
    let queue: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(name: "back to the same queue", queue: "billing"),
    Case(name: "no conversation", thread: nil, queue: "policy"),
    Case(name: "a conversation without a queue", thread: ThreadFacts(contacts: 1), queue: "policy"),
    Case(name: "thanks go back too", messageClass: .praise, queue: "billing"),
    Case(name: "danger overrides", signals: [.safety], queue: "policy"),
    Case(
      name: "rising heat overrides",
      thread: ThreadFacts(contacts: 1, queue: "billing", trend: .rising),
      anger: 2, queue: "policy"),
    Case(
      name: "a little heat does not",
      thread: ThreadFacts(contacts: 1, queue: "billing", trend: .rising), anger: 1, queue: "billing"
    ),
    Case(
      name: "nor does heat that stays", thread: ThreadFacts(contacts: 1, queue: "billing"),
      anger: 3,
      queue: "billing"),
    Case(
      name: "cooled down, it stays where it cooled",
      thread: ThreadFacts(contacts: 2, queue: "de-escalation", trend: .cooling),
      queue: "de-escalation"),
    Case(
      name: "a queue that is no more", thread: ThreadFacts(contacts: 1, queue: "closed"),
      queue: "policy"),
    Case(name: "automatic mail", messageClass: .auto, queue: "policy"),
    Case(name: "an automatic reply of another class", automatic: .autoReply, queue: "policy"),
  ]) func oneDesk(example: Case) {
    let decision = Decision(
      queue: "policy", priority: "normal", rule: "r", steps: ["solve"], obligations: ["o"])
    let facts = facts(
      class: example.messageClass, anger: example.anger, signals: example.signals,
      automatic: example.automatic)
    let result = ThreadRouting.adjust(
      decision, thread: example.thread, facts: facts,
      allows: ["policy", "billing", "de-escalation"].contains)
    #expect(result.queue == example.queue)
    #expect(result.steps == ["solve"] && result.obligations == ["o"], "what is owed stays")
    #expect(result.rule == (example.queue == "policy" ? "r" : ThreadRouting.rule))
  }

  /// What a policy promises is stronger than a habit.
  @Test func promisesAreNotBroken() throws {
    let policy = try policy(
      """
      - {id: all, when: {class: complaint}, queue: a}
      promises: [{id: hot, when: {anger: ">= 2"}, queue: a}]
      """)
    #expect(policy.allows("b", for: facts()))
    #expect(!policy.allows("b", for: facts(anger: 2)))
    #expect(policy.allows("a", for: facts(anger: 2)))
    #expect(!policy.allows("closed", for: facts()))
    #expect(!policy.routesConversations)
  }
}
