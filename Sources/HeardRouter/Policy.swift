public import HeardDeadlines
public import HeardSources

/// One line of a policy: a condition, and where a message that meets it goes.
public struct Rule: Hashable, Sendable {
  /// Unique in the policy; recorded with every decision it makes.
  public var id: String
  /// When it holds.
  public var condition: Condition
  /// Where it sends a message; ``Policy/asBefore`` for where its conversation is.
  public var queue: String { didSet { isAsBefore = queue == Policy.asBefore } }
  /// Whether it sends a message where its conversation is.
  private(set) var isAsBefore: Bool
  /// How soon somebody should look.
  public var priority: Priority
  /// What to do first, in order.
  public var steps: [String]
  /// What must not be left out.
  public var obligations: [String]
  /// With ``Strategy/best``: the higher is taken.
  public var weight: Int
  /// Where it stands in the file.
  public var location: SourceLocation

  init(
    id: String, condition: Condition, queue: String, priority: Priority, steps: [String],
    obligations: [String], weight: Int = 0, location: SourceLocation
  ) {
    self.id = id
    self.condition = condition
    self.queue = queue
    isAsBefore = queue == Policy.asBefore
    self.priority = priority
    self.steps = steps
    self.obligations = obligations
    self.weight = weight
    self.location = location
  }
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

  init(
    id: String, condition: Condition, steps: [String], obligations: [String],
    location: SourceLocation
  ) {
    self.id = id
    self.condition = condition
    self.steps = steps
    self.obligations = obligations
    self.location = location
  }
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

/// Which rule decides when several hold.
public enum Strategy: String, CaseIterable, Sendable {
  /// The first in the order of the file.
  case first
  /// That of the highest `weight`; of those with the same, the most specific (``Condition/weight``);
  /// of those, the first in the order of the file.
  case best
}

/// Rules, tried one after another until one holds; a fallback makes the policy total.
///
/// Law 6: every message gets exactly one queue, and routing never drops a tag: the decision is
/// put beside the assessment, which it does not change.
public struct Policy: Sendable {
  /// As a rule's queue: back to the queue that the conversation's last message went to.
  public static let asBefore = "as-before"

  /// Every desk.
  public var queues: [Queue]
  /// Tried in this order; with ``Strategy/best`` it is not that of the file.
  public var rules: [Rule] { didSet { ruleProgram = ConditionProgram(rules.map(\.condition)) } }
  /// What comes wherever a message goes.
  public var additions: [Addition] {
    didSet { additionProgram = ConditionProgram(additions.map(\.condition)) }
  }
  /// Where a message goes that no rule takes.
  public var fallbackQueue: String
  /// How soon somebody should look there.
  public var fallbackPriority: Priority
  /// `sha256:…` of the file, and of those it includes.
  public var digest: String
  /// Which rule decides when several hold.
  public var strategy = Strategy.first
  /// What must be true of every decision; `heard policy check` proves it.
  public var promises: [Promise] = []
  /// What is written beside the rules; `heard policy test` tries it.
  public var examples: [PolicyExample] = []
  /// Named conditions, in the order of the files.
  public var conditions: [NamedCondition] = []
  /// Where the fallback stands.
  public var fallbackLocation = SourceLocation(file: "", line: 1, column: 1)
  /// The conditions of the rules, laid out.
  private var ruleProgram: ConditionProgram
  /// The conditions of the additions, laid out.
  private var additionProgram: ConditionProgram

  init(
    queues: [Queue], rules: [Rule], additions: [Addition], fallbackQueue: String,
    fallbackPriority: Priority, digest: String
  ) {
    self.queues = queues
    self.rules = rules
    self.additions = additions
    self.fallbackQueue = fallbackQueue
    self.fallbackPriority = fallbackPriority
    self.digest = digest
    ruleProgram = ConditionProgram(rules.map(\.condition))
    additionProgram = ConditionProgram(additions.map(\.condition))
  }

  /// Where the message goes.
  public func decide(_ facts: borrowing Facts) -> Decision {
    let bits = FactBits(facts)
    var decision: Decision
    if let index = ruleProgram.first(facts, bits) {
      let rule = rules[index]
      decision = Decision(
        queue: rule.queue, priority: rule.priority.rawValue, rule: rule.id, steps: rule.steps,
        obligations: rule.obligations)
      if rule.isAsBefore { decision.queue = facts.thread?.queue ?? fallbackQueue }
    } else {
      decision = Decision(
        queue: fallbackQueue, priority: fallbackPriority.rawValue, rule: "fallback", steps: [],
        obligations: [])
    }
    var next = additionProgram.first(facts, bits)
    while let index = next {
      append(additions[index].steps, to: &decision.steps)
      append(additions[index].obligations, to: &decision.obligations)
      next = additionProgram.first(from: index + 1, facts, bits)
    }
    return decision
  }

  private func append(_ more: [String], to list: inout [String]) {
    for item in more where !list.contains(item) { list.append(item) }
  }
}

/// A condition that rules use by its name.
public struct NamedCondition: Hashable, Sendable {
  /// Unique in the policy.
  public var name: String
  /// What it stands for.
  public var condition: Condition
  /// Where it stands in the file.
  public var location: SourceLocation
}

/// What holds for every message that meets a condition, whichever rule takes it.
public struct Promise: Hashable, Sendable {
  /// Unique in the policy.
  public var id: String
  /// For which messages.
  public var condition: Condition
  /// It goes to one of these; anywhere when empty.
  public var queues: [String]
  /// Its steps hold these, in this order.
  public var steps: [String]
  /// Its obligations hold these.
  public var obligations: [String]
  /// Where it stands in the file.
  public var location: SourceLocation
}
