/// Where a message goes and what is owed on the way.
///
/// Law 6: routing is total and single: there is always a decision and it names exactly one queue.
public struct Decision: Hashable, Sendable {
  /// The one queue.
  public var queue: String
  /// `urgent`, `high`, `normal` or `low`.
  public var priority: String
  /// Id of the rule that decided; `fallback` when none did.
  public var rule: String
  /// What to do first, in order, as `acknowledge`, `cool`, `solve`.
  public var steps: [String]
  /// What must not be left out, as `involve-staff-member`.
  public var obligations: [String]
  /// Why: the rule first, then the additions; filled when an explanation is asked for.
  public var reasons: [DecisionReason]
  /// Who has a part in it and what is due when; nil unless somebody keeps account of it.
  public var handling: Handling?

  /// Makes a decision.
  public init(
    queue: String, priority: String, rule: String, steps: [String], obligations: [String],
    reasons: [DecisionReason] = []
  ) {
    self.queue = queue
    self.priority = priority
    self.rule = rule
    self.steps = steps
    self.obligations = obligations
    self.reasons = reasons
  }
}
