internal import Glibc
public import Heard
internal import HeardClassifier
public import HeardDeadlines
internal import HeardMail
internal import HeardRouter
public import HeardStaff

/// What a message is handled with besides lexicons and policy; everything may be absent.
public struct HandlingRules: Sendable {
  /// Who works here.
  public var staff: StaffDirectory?
  /// What is due when.
  public var deadlines: DeadlineRules?
  /// The account of conversations.
  public var cases: CaseStore?
  /// Puts a token in place of a person's id in what leaves the house; nil leaves ids.
  public var pseudonym: (@Sendable (String) -> String)?

  /// Makes rules of nothing.
  public init() {}

  /// Whether there is nothing to handle with.
  public var isEmpty: Bool { staff == nil && deadlines == nil && cases == nil }

  /// Whether judgements must carry explanations.
  ///
  /// The staff complained of are told from those only named by what was found around them. It takes
  /// longer to explain a message than to judge it.
  public var needExplanations: Bool { staff != nil }
}

/// Handles judged messages: their conversation, the staff they name, the clocks that they start.
///
/// One worker's, not shared between threads. Judgements carry explanations where its rules need them
/// (``HandlingRules/needExplanations``).
public final class MessageHandler {
  private let policy: Policy
  private let rules: HandlingRules
  private let matcher: StaffMatcher?

  /// Makes a handler for the decisions of a policy.
  public init(_ pipeline: Pipeline, _ rules: HandlingRules) {
    policy = pipeline.policy
    self.rules = rules
    matcher = rules.staff.map(StaffMatcher.init)
  }

  /// The judgement with its handling; takes the message into the account of conversations.
  ///
  /// - Parameters:
  ///   - received: seconds since 1970, UTC; nil for what the message itself says.
  ///   - keeps: whether the account is changed; false only looks.
  ///   - explain: whether the decision says why.
  public func handle(
    _ judgement: Judgement, received: Int64? = nil, keeps: Bool = true, explain: Bool = true
  ) throws(CaseError) -> Judgement {
    guard !rules.isEmpty, case .judged(let message, let assessment, _) = judgement.outcome else {
      return judgement
    }
    var handling = Handling()
    handling.received = received ?? message.received
    let name = MessageHandler.name(judgement.id)
    // The account needs some time to forget by; it is not in the record, which must not depend on
    // the clock on the wall.
    let now = handling.received ?? Int64(time(nil))
    if let cases = rules.cases {
      handling.thread = try cases.facts(
        for: message, name: name, anger: assessment.anger, received: now)
    }
    let facts = Facts(
      assessment: assessment, message: message, thread: handling.thread,
      received: handling.received)
    var decision = explain ? policy.explain(facts) : policy.decide(facts)
    let allows = { [policy] queue in policy.allows(queue, for: facts) }
    let parties = matcher.map { StaffRouting.parties(of: message, assessment, matcher: $0) }
    if let parties, let staff = rules.staff {
      decision = StaffRouting.adjust(decision, parties, assessment, staff, allows: allows)
    }
    if !policy.routesConversations {
      decision = ThreadRouting.adjust(
        decision, thread: handling.thread, facts: facts, allows: allows)
    }
    if let deadlines = rules.deadlines, let received = handling.received {
      let clocks = deadlines.clocks(
        recipients: facts.recipients, queue: decision.queue, messageClass: assessment.messageClass,
        received: received)
      handling.due = clocks
      if let base = Priority(rawValue: decision.priority) {
        decision.priority = DeadlineRules.priority(base, clocks, now: received).rawValue
      }
    }
    if keeps, let cases = rules.cases {
      try cases.record(
        message, name: name, decision, assessment, received: now, clocks: handling.due ?? [])
    }
    handling.parties = parties.map { parties in
      guard let pseudonym = rules.pseudonym else { return parties }
      return parties.map { party in
        var party = party
        party.people = party.people.map(pseudonym)
        return party
      }
    }
    decision.handling = handling
    return Judgement(id: judgement.id, outcome: .judged(message, assessment, decision))
  }

  /// The id as a name in lists.
  private static func name(_ id: MessageID) -> String {
    switch id {
    case .text(let text): return text
    case .json(let value):
      let text = String(decoding: value, as: UTF8.self)
      return text.hasPrefix("\"") && text.hasSuffix("\"") && text.utf8.count >= 2
        ? String(text.dropFirst().dropLast()) : text
    case .none: return ""
    }
  }
}
