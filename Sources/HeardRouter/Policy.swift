public import HeardLexicon

/// One line of a policy: a condition, and where a message that meets it goes.
public struct Rule: Hashable, Sendable {
  /// Unique in the policy; recorded with every decision it makes.
  public var id: String
  /// When it holds.
  public var condition: Condition
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
}

/// Steps and obligations that come with a message wherever it goes.
public struct Addition: Hashable, Sendable {
  /// Unique in the policy.
  public var id: String
  /// When it holds.
  public var condition: Condition
  /// What to do first, in order.
  public var steps: [String]
  /// What must not be left out.
  public var obligations: [String]
  /// Where it stands in the file.
  public var location: SourceLocation
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
    var decision: Decision
    // By number: rules are large, and one that does not hold is not worth a copy.
    if let index = rules.indices.first(where: { rules[$0].condition.holds(facts) }) {
      let rule = rules[index]
      decision = Decision(
        queue: rule.queue, priority: rule.priority.rawValue, rule: rule.id, steps: rule.steps,
        obligations: rule.obligations)
    } else {
      decision = Decision(
        queue: fallbackQueue, priority: fallbackPriority.rawValue, rule: "fallback", steps: [],
        obligations: [])
    }
    for index in additions.indices where additions[index].condition.holds(facts) {
      append(additions[index].steps, to: &decision.steps)
      append(additions[index].obligations, to: &decision.obligations)
    }
    return decision
  }

  private func append(_ more: [String], to list: inout [String]) {
    for item in more where !list.contains(item) { list.append(item) }
  }
}
