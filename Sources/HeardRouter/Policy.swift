public import HeardLexicon

/// One line of a policy: a condition, and where a message that meets it goes.
public struct Rule: Hashable, Sendable {
  /// Unique in the policy; recorded with every decision it makes.
  public var id: String
  public var condition: Condition
  public var queue: String
  public var priority: Priority
  public var steps: [String]
  public var obligations: [String]
  public var location: SourceLocation
}

/// Steps and obligations that come with a message wherever it goes.
public struct Addition: Hashable, Sendable {
  public var id: String
  public var condition: Condition
  public var steps: [String]
  public var obligations: [String]
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
  public var name: String
  public var description: String
  public var location: SourceLocation
}

/// Ordered rules; the first that holds decides, and a fallback makes the policy total.
///
/// Law 6: every message gets exactly one queue, and routing never drops a tag: the decision is
/// put beside the assessment, which it does not change.
public struct Policy: Sendable {
  public var queues: [Queue]
  public var rules: [Rule]
  public var additions: [Addition]
  public var fallbackQueue: String
  public var fallbackPriority: Priority
  /// `sha256:…` of the file.
  public var digest: String

  /// Where the message goes.
  public func decide(_ facts: Facts) -> Decision {
    var decision: Decision
    if let rule = rules.first(where: { $0.condition.holds(facts) }) {
      decision = Decision(
        queue: rule.queue, priority: rule.priority.rawValue, rule: rule.id, steps: rule.steps,
        obligations: rule.obligations)
    } else {
      decision = Decision(
        queue: fallbackQueue, priority: fallbackPriority.rawValue, rule: "fallback", steps: [],
        obligations: [])
    }
    for addition in additions where addition.condition.holds(facts) {
      append(addition.steps, to: &decision.steps)
      append(addition.obligations, to: &decision.obligations)
    }
    return decision
  }

  private func append(_ more: [String], to list: inout [String]) {
    for item in more where !list.contains(item) { list.append(item) }
  }
}
