/// What `heard policy check` looks for.
public enum PolicyCheck: String, CaseIterable, Sendable {
  case invalid
  case neverHolds = "never-holds"
  case unreachableRule = "unreachable-rule"
  case deadQueue = "dead-queue"
  case brokenPromise = "broken-promise"
  case solveBeforeCooling = "solve-before-cooling"
  case unused
  case redundantPart = "redundant-part"
  case alwaysHolds = "always-holds"
  case tie
  case noStrategy = "no-strategy"
  case fallbackUnused = "fallback-unused"
  case undecided

  /// What it means, in a sentence.
  public var summary: String {
    switch self {
    case .invalid: "the policy cannot be used"
    case .neverHolds: "a condition that no message can meet: it contradicts itself"
    case .unreachableRule: "a rule that never decides: those before it take all of its messages"
    case .deadQueue: "a queue that no message can reach"
    case .brokenPromise: "a message exists for which a promise is not kept"
    case .solveBeforeCooling: "a rule that solves before it acknowledges or cools"
    case .unused: "a condition or variable that nothing uses"
    case .redundantPart: "a part of a condition that changes nothing"
    case .alwaysHolds: "a condition that every message meets"
    case .tie: "two rules of equal weight for one message, told apart by their order only (best)"
    case .noStrategy: "the policy does not say whether the first or the best rule decides"
    case .fallbackUnused: "the rules take every message, and the fallback none"
    case .undecided: "a question that was too large to be decided"
    }
  }
}
