extension Policy {
  /// Whether a rule of the policy itself says when a reply goes back (`queue: as-before`).
  ///
  /// Such a policy is obeyed; ``ThreadRouting`` is for those that say nothing of conversations.
  public var routesConversations: Bool { rules.contains { $0.isAsBefore } }

  /// Whether a message may be put into a queue by something else than a rule: the policy has it, and
  /// no promise of the policy is broken.
  public func allows(_ queue: String, for facts: Facts) -> Bool {
    queues.contains { $0.name == queue }
      && promises.allSatisfy {
        $0.queues.isEmpty || $0.queues.contains(queue) || !$0.condition.holds(facts)
      }
  }
}

extension Decision {
  /// The decision with another queue, and the reason for it in front of the others.
  func moved(to queue: String, by rule: String, because fact: String) -> Decision {
    var decision = self
    decision.queue = queue
    decision.rule = rule
    if !reasons.isEmpty {
      decision.reasons.insert(
        DecisionReason(
          id: rule, isAddition: false, steps: [], obligations: [], facts: [FactReason(fact)]),
        at: 0)
    }
    return decision
  }
}
