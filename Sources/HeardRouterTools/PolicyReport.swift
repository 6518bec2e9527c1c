public import HeardRouter
public import HeardSources

/// What a policy was found to be.
public struct PolicyReport: Sendable {
  /// Worst first, then in the order of the files.
  public var problems: [PolicyProblem]
  /// A message that no rule takes, as its facts; nil when the rules take every message.
  public var fallbackExample: String?
  /// Promises that are kept for every message, by their ids.
  public var kept: [String]
}

extension Policy {
  /// Looks for what is surely not meant: see ``PolicyCheck``.
  ///
  /// Every "never" is proved over all messages there can be, by ``FactSpace``; what it cannot prove
  /// is not claimed. That every message gets exactly one queue needs no proof: the fallback sees to it.
  public func check() -> PolicyReport {
    var checker = PolicyChecker(self)
    return checker.run()
  }
}
