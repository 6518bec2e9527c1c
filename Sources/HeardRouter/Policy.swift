public import HeardLexicon

/// One line of a policy: a condition, and where a message that meets it goes.
public struct Rule: Hashable, Sendable {
  /// Unique in the policy; recorded with every decision it makes.
  public var id: String
  /// When it holds.
  public var condition: Condition { didSet { program = ConditionProgram(condition) } }
  /// Where it sends a message.
  public var queue: String
  /// How soon somebody should look.
  public var priority: Priority
  /// What to do first, in order.
  public var steps: [String]
  /// What must not be left out.
  public var obligations: [String]
  /// Where it stands in the file.
  public var location: SourceLocation
  /// The condition, laid out.
  private(set) var program: ConditionProgram

  init(
    id: String, condition: Condition, queue: String, priority: Priority, steps: [String],
    obligations: [String], location: SourceLocation
  ) {
    self.id = id
    self.condition = condition
    self.queue = queue
    self.priority = priority
    self.steps = steps
    self.obligations = obligations
    self.location = location
    program = ConditionProgram(condition)
  }
}

/// Steps and obligations that come with a message wherever it goes.
public struct Addition: Hashable, Sendable {
  /// Unique in the policy.
  public var id: String
  /// When it holds.
  public var condition: Condition { didSet { program = ConditionProgram(condition) } }
  /// What to do first, in order.
  public var steps: [String]
  /// What must not be left out.
  public var obligations: [String]
  /// Where it stands in the file.
  public var location: SourceLocation
  /// The condition, laid out.
  private(set) var program: ConditionProgram

  init(
    id: String, condition: Condition, steps: [String], obligations: [String],
    location: SourceLocation
  ) {
    self.id = id
    self.condition = condition
    self.steps = steps
    self.obligations = obligations
    self.location = location
    program = ConditionProgram(condition)
  }
}

/// How soon somebody should look.
public enum Priority: String, CaseIterable, Sendable {
  case urgent
  case high
  case normal
  case low
}

/// A desk.
public struct Queue: Hashable, Sendable {
  /// As rules name it.
  public var name: String
  /// What it is for.
  public var description: String
  /// Where it stands in the file.
  public var location: SourceLocation
}

/// Ordered rules; the first that holds decides, and a fallback makes the policy total.
///
/// Law 6: every message gets exactly one queue, and routing never drops a tag: the decision is
/// put beside the assessment, which it does not change.
public struct Policy: Sendable {
  /// Every desk.
  public var queues: [Queue]
  /// Tried in this order.
  public var rules: [Rule]
  /// What comes wherever a message goes.
  public var additions: [Addition]
  /// Where a message goes that no rule takes.
  public var fallbackQueue: String
  /// How soon somebody should look there.
  public var fallbackPriority: Priority
  /// `sha256:…` of the file.
  public var digest: String

  /// Where the message goes.
  public func decide(_ facts: Facts) -> Decision {
    let bits = FactBits(facts)
    var decision: Decision
    if let index = rules.indices.first(where: { rules[$0].program.holds(facts, bits) }) {
      let rule = rules[index]
      decision = Decision(
        queue: rule.queue, priority: rule.priority.rawValue, rule: rule.id, steps: rule.steps,
        obligations: rule.obligations)
    } else {
      decision = Decision(
        queue: fallbackQueue, priority: fallbackPriority.rawValue, rule: "fallback", steps: [],
        obligations: [])
    }
    for index in additions.indices where additions[index].program.holds(facts, bits) {
      append(additions[index].steps, to: &decision.steps)
      append(additions[index].obligations, to: &decision.obligations)
    }
    return decision
  }

  private func append(_ more: [String], to list: inout [String]) {
    for item in more where !list.contains(item) { list.append(item) }
  }
}
