internal import HeardRouter
internal import HeardSources

/// Asks the questions of ``PolicyCheck``; start at ``run()``.
struct PolicyChecker {
  let policy: Policy
  var space: FactSpace
  private var problems: [PolicyProblem] = []
  /// What each rule may meet, possible facts only.
  private(set) var met: [DecisionDiagram.Node] = []
  /// What each rule decides: what it meets less what those before it take.
  private(set) var decided: [DecisionDiagram.Node] = []
  /// What no rule takes.
  private(set) var rest = DecisionDiagram.none

  init(_ policy: Policy) {
    self.policy = policy
    space = FactSpace(policy)
    rest = space.possible
    for rule in policy.rules {
      let node = space.diagram.and(space.possible, space.set(rule.condition))
      met.append(node)
      decided.append(space.diagram.and(node, rest))
      rest = space.diagram.less(rest, node)
    }
  }

  mutating func run() -> PolicyReport {
    var kept: [String] = []
    conditions()
    reachability()
    queues()
    ties()
    steps()
    for promise in policy.promises where check(promise) { kept.append(promise.id) }
    if space.diagram.isExhausted {
      // What is empty may be so for lack of room only.
      problems = problems.filter { $0.check == .solveBeforeCooling }
      add(
        .undecided, .note, policy.fallbackLocation,
        "the conditions are too entangled to be decided in bounded memory",
        "the policy works; split lists of patterns, or ask less in one rule")
      kept = []
    }
    let order = PolicyProblem.Severity.allCases
    let sorted = problems.enumerated().sorted { left, right in
      let one = order.firstIndex(of: left.element.severity) ?? 0
      let two = order.firstIndex(of: right.element.severity) ?? 0
      return one == two ? left.offset < right.offset : one > two
    }
    return PolicyReport(
      problems: sorted.map(\.element), fallbackExample: example(of: rest), kept: kept)
  }

  // MARK: Questions

  private mutating func conditions() {
    let all =
      policy.conditions.map { ("condition", $0.name, $0.condition, $0.location) }
      + policy.rules.map { ("rule", $0.id, $0.condition, $0.location) }
      + policy.additions.map { ("addition", $0.id, $0.condition, $0.location) }
      + policy.promises.map { ("promise", $0.id, $0.condition, $0.location) }
    for (what, name, condition, location) in all {
      let node = space.diagram.and(space.possible, space.set(condition))
      if node == DecisionDiagram.none {
        add(
          .neverHolds, .warning, location, "no message can meet the \(what) '\(name)'",
          "its parts contradict each other; correct or remove it")
      } else if node == space.possible, what != "promise" {
        add(
          .alwaysHolds, .note, location, "every message meets the \(what) '\(name)'",
          what == "rule" ? "it does the work of the fallback" : "narrow it, or leave it")
      }
      redundant(condition, what, name, location)
    }
  }

  /// Alternatives that another one has in it.
  private mutating func redundant(
    _ condition: Condition, _ what: String, _ name: String, _ location: SourceLocation
  ) {
    switch condition {
    case .all(let parts): for part in parts { redundant(part, what, name, location) }
    case .not(let part): redundant(part, what, name, location)
    case .any(let parts):
      for (place, part) in parts.enumerated() {
        redundant(part, what, name, location)
        var others = DecisionDiagram.none
        for (other, part) in parts.enumerated() where other != place {
          others = space.diagram.or(others, space.set(part))
        }
        let extra = space.diagram.less(
          space.diagram.and(space.possible, space.set(part)), others)
        if extra == DecisionDiagram.none {
          add(
            .redundantPart, .note, location,
            "alternative \(place + 1) of an 'any' in the \(what) '\(name)' changes nothing",
            "the others have it in them; leave it out")
        }
      }
    // A named condition is looked at where it stands.
    default: return
    }
  }

  private mutating func reachability() {
    for (place, rule) in policy.rules.enumerated()
    where decided[place] == DecisionDiagram.none && met[place] != DecisionDiagram.none {
      var takers = Array(0..<place).filter {
        space.diagram.and(met[$0], met[place]) != DecisionDiagram.none
      }
      // Leave out those that are not needed for taking all of it.
      for taker in takers {
        let others = takers.filter { $0 != taker }.map { met[$0] }
        let left = space.diagram.less(met[place], space.diagram.or(others))
        if left == DecisionDiagram.none { takers.removeAll { $0 == taker } }
      }
      let names = takers.map { "'\(policy.rules[$0].id)'" }.joined(separator: " and ")
      let verb = takers.count == 1 ? "takes" : "together take"
      let place = policy.strategy == .first ? "above" : "before it"
      add(
        .unreachableRule, .warning, rule.location,
        "the rule '\(rule.id)' is never reached: \(names) \(place) \(verb) all of it",
        policy.strategy == .first
          ? "move it up or narrow \(names)" : "give it a higher weight or narrow \(names)")
    }
    if rest == DecisionDiagram.none {
      add(
        .fallbackUnused, .note, policy.fallbackLocation,
        "the rules take every message, and the fallback none", "nothing need be done")
    }
  }

  private mutating func queues() {
    for queue in policy.queues {
      let places = policy.rules.indices.filter { policy.rules[$0].queue == queue.name }
      let isFallback = policy.fallbackQueue == queue.name
      if places.isEmpty, !isFallback {
        add(
          .deadQueue, .warning, queue.location, "no rule leads to the queue '\(queue.name)'",
          "add a rule or remove the queue")
      } else if places.allSatisfy({ decided[$0] == DecisionDiagram.none }),
        !isFallback || rest == DecisionDiagram.none
      {
        add(
          .deadQueue, .warning, queue.location,
          "no message can reach the queue '\(queue.name)'",
          "the rules that lead to it never decide")
      }
    }
  }

  private mutating func ties() {
    guard policy.strategy == .best else { return }
    for (place, rule) in policy.rules.enumerated() {
      for (earlier, other) in policy.rules[..<place].enumerated()
      where other.weight == rule.weight && other.condition.weight == rule.condition.weight
        && other.queue != rule.queue
      {
        let both = space.diagram.and(decided[earlier], met[place])
        guard let facts = example(of: both) else { continue }
        add(
          .tie, .note, rule.location,
          "'\(other.id)' and '\(rule.id)' weigh the same, and \(facts) meets both; "
            + "'\(other.id)' is taken, as it comes first",
          "give one of them a weight")
      }
    }
  }

  /// Cool heads solve problems: what is solved before it is acknowledged is not heard.
  private mutating func steps() {
    for rule in policy.rules {
      guard let solve = rule.steps.firstIndex(of: "solve") else { continue }
      for step in ["acknowledge", "cool"] {
        guard let place = rule.steps.firstIndex(of: step), place > solve else { continue }
        add(
          .solveBeforeCooling, .warning, rule.location,
          "the rule '\(rule.id)' says 'solve' before '\(step)'", "put '\(step)' first")
      }
    }
  }

  mutating func add(
    _ check: PolicyCheck, _ severity: PolicyProblem.Severity, _ location: SourceLocation,
    _ message: String, _ hint: String
  ) {
    problems.append(
      PolicyProblem(
        check: check, severity: severity, location: location, message: message, hint: hint))
  }

  /// The plainest member of a set, as what is not plain in it; nil for the empty set.
  func example(of node: DecisionDiagram.Node) -> String? { plainest(of: node)?.text }

  /// The same, with how far it is from a plain message.
  func plainest(of node: DecisionDiagram.Node) -> (cost: Int, text: String)? {
    let plain = space.place(ExampleFacts().facts)
    guard
      let found = space.diagram.nearest(
        node, cost: { $1 == plain[$0] ? 0 : 1000 + abs($1 - plain[$0]) })
    else { return nil }
    let texts = found.cells.sorted { $0.key < $1.key }
      .filter { space.variables[$0.key] == .messageClass || $0.value != plain[$0.key] }
      .map { space.cells[$0.key][$0.value].text }
    return (found.cost, texts.isEmpty ? "a plain message" : texts.joined(separator: ", "))
  }
}
