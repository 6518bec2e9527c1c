extension Policy {
  /// Where the message goes, and why: the same decision with its reasons.
  public func explain(_ facts: Facts) -> Decision {
    var decision = decide(facts)
    decision.reasons = reasons(facts)
    return decision
  }

  /// Why a message goes where it goes: the rule that decides, then the additions.
  ///
  /// Every step and every obligation of the decision is in the reason that gave it.
  public func reasons(_ facts: Facts) -> [DecisionReason] {
    let rule = rules.first { $0.condition.holds(facts) }
    let first = DecisionReason(
      id: rule?.id ?? "fallback", isAddition: false, steps: rule?.steps ?? [],
      obligations: rule?.obligations ?? [], facts: rule?.condition.reasons(facts) ?? [])
    let more = additions.filter { $0.condition.holds(facts) }.map {
      DecisionReason(
        id: $0.id, isAddition: true, steps: $0.steps, obligations: $0.obligations,
        facts: $0.condition.reasons(facts))
    }
    return [first] + more
  }

  /// The rules that were tried in vain, and for each what kept it from holding.
  public func passedOver(_ facts: Facts) -> [(rule: Rule, because: [FactReason])] {
    rules.prefix { !$0.condition.holds(facts) }.map { ($0, $0.condition.obstacles(facts)) }
  }
}
