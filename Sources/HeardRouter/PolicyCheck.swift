internal import HeardClassifier
internal import HeardLexicon

/// What is surely not meant, in a policy that can be used.
enum PolicyCheck {
  /// Queues nothing leads to, and rules behind an equal or wider one.
  static func warnings(_ policy: Policy, file: String) -> [PolicyProblem] {
    unreachableQueues(policy) + shadowedRules(policy)
  }

  private static func unreachableQueues(_ policy: Policy) -> [PolicyProblem] {
    let used = Set(policy.rules.map(\.queue)).union([policy.fallbackQueue])
    return policy.queues.filter { !used.contains($0.name) }.map { queue in
      PolicyProblem(
        severity: .warning, location: queue.location,
        message: "no rule leads to the queue '\(queue.name)'",
        hint: "add a rule or remove the queue")
    }
  }

  private static func shadowedRules(_ policy: Policy) -> [PolicyProblem] {
    var problems: [PolicyProblem] = []
    for (index, rule) in policy.rules.enumerated() {
      guard
        let earlier = policy.rules[..<index].first(where: { rule.condition.implies($0.condition) })
      else { continue }
      problems.append(
        PolicyProblem(
          severity: .warning, location: rule.location,
          message: "the rule '\(rule.id)' is never reached: '\(earlier.id)' above takes all of it",
          hint: "move it up or narrow '\(earlier.id)'"))
    }
    return problems
  }
}

extension Condition {
  /// Whether every message that meets this condition is known to meet the other.
  ///
  /// Sound and not complete: it may miss an implication, it never claims a false one.
  func implies(_ other: Condition) -> Bool {
    if self == other { return true }
    switch (self, other) {
    case (_, .all(let parts)): return parts.allSatisfy { implies($0) }
    case (.any(let parts), _): return parts.allSatisfy { $0.implies(other) }
    case (.all(let parts), .any(let choices)):
      return choices.contains { choice in parts.contains { $0.implies(choice) } || implies(choice) }
    case (_, .any(let choices)): return choices.contains { implies($0) }
    case (.all(let parts), _): return parts.contains { $0.implies(other) }
    case (.messageClass(let one), .messageClass(let two)): return one.isSubset(of: two)
    case (.tag(let one), .tag(let two)): return one.isSubset(of: two)
    case (.signal(let one), .signal(let two)): return one.isSubset(of: two)
    case (.language(let one), .language(let two)): return one.isSubset(of: two)
    case (.automatic(let one), .automatic(let two)): return one.isSubset(of: two)
    case (.anger(let one), .anger(let two)), (.sentiment(let one), .sentiment(let two)):
      return one.implies(two)
    case (.score(let kind, let one), .score(let otherKind, let two)):
      return kind == otherKind && one.implies(two)
    case (.tag, .messageClass(let classes)): return classes.contains(.complaint)
    default: return false
    }
  }
}

extension Comparison {
  /// Whether every value that satisfies this comparison satisfies the other.
  func implies(_ other: Comparison) -> Bool {
    switch (relation, other.relation) {
    case (.equal, _): other.holds(limit)
    case (.atLeast, .atLeast), (.above, .above), (.above, .atLeast): limit >= other.limit
    case (.atLeast, .above): limit > other.limit
    case (.atMost, .atMost), (.below, .below), (.below, .atMost): limit <= other.limit
    case (.atMost, .below): limit < other.limit
    default: false
    }
  }
}
