internal import HeardRouter
internal import HeardSources

/// Promises: what every message that meets a condition gets, whichever rule takes it.
extension PolicyChecker {
  /// Whether the promise is kept for every message; notes the ways in which it is not.
  mutating func check(_ promise: Promise) -> Bool {
    let asked = space.diagram.and(space.possible, space.set(promise.condition))
    var isKept = true
    for obligation in promise.obligations {
      let given = given { $0.contains(obligation) }
      isKept =
        note(
          promise, space.diagram.less(asked, given), "without the obligation '\(obligation)'",
          "add it to the rules, or to 'also' with the condition of the promise") && isKept
    }
    if !promise.queues.isEmpty {
      isKept =
        note(
          promise, space.diagram.less(asked, led(to: promise.queues)),
          "to another queue than \(promise.queues.joined(separator: " or "))",
          "correct the rule that takes it") && isKept
    }
    if !promise.steps.isEmpty {
      isKept =
        note(
          promise, space.diagram.and(asked, without(promise.steps)),
          "without the steps \(promise.steps.joined(separator: ", ")) in this order",
          "write them in the rule that takes it") && isKept
    }
    return isKept
  }

  private mutating func note(
    _ promise: Promise, _ broken: DecisionDiagram.Node, _ what: String, _ hint: String
  ) -> Bool {
    var worst: (cost: Int, facts: String, taker: String)?
    let takers = policy.rules.map { "the rule '\($0.id)'" } + ["the fallback"]
    for (taker, taken) in zip(takers, decided + [rest]) {
      let both = space.diagram.and(broken, taken)
      // The plainest message shows best what is wrong.
      if let one = plainest(of: both), one.cost < worst?.cost ?? .max {
        worst = (one.cost, one.text, taker)
      }
    }
    guard let worst else { return true }
    add(
      .brokenPromise, .error, promise.location,
      "the promise '\(promise.id)' is not kept: \(worst.taker) sends "
        + "e.g. \(worst.facts) \(what)", hint)
    return false
  }

  /// What gets an obligation from its rule or from an addition.
  private mutating func given(
    _ holds: ([String]) -> Bool
  ) -> DecisionDiagram.Node {
    var result = DecisionDiagram.none
    for (place, rule) in policy.rules.enumerated() where holds(rule.obligations) {
      result = space.diagram.or(result, decided[place])
    }
    for addition in policy.additions where holds(addition.obligations) {
      result = space.diagram.or(result, space.set(addition.condition))
    }
    return result
  }

  /// What goes to one of the queues.
  private mutating func led(to queues: [String]) -> DecisionDiagram.Node {
    var result = queues.contains(policy.fallbackQueue) ? rest : DecisionDiagram.none
    for (place, rule) in policy.rules.enumerated() {
      if queues.contains(rule.queue) {
        result = space.diagram.or(result, decided[place])
      } else if rule.queue == Policy.asBefore {
        let before = space.diagram.and(decided[place], space.set(.threadQueue(Set(queues))))
        result = space.diagram.or(result, before)
      }
    }
    return result
  }

  /// What is taken by a rule that lacks the steps, or has them in another order.
  ///
  /// Additions put their steps behind those of the rule and never move one, so the rule's own steps
  /// must have them.
  private mutating func without(_ steps: [String]) -> DecisionDiagram.Node {
    var result = rest
    for (place, rule) in policy.rules.enumerated() {
      var rest = steps[...]
      for step in rule.steps where step == rest.first { rest = rest.dropFirst() }
      if !rest.isEmpty { result = space.diagram.or(result, decided[place]) }
    }
    return result
  }
}
