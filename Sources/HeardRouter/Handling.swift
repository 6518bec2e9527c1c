public import HeardDeadlines
public import HeardStaff

/// What is known of a message's handling beside its decision, where somebody keeps directories,
/// deadlines or cases; every part is absent unless it was asked for.
public struct Handling: Hashable, Sendable {
  /// When it was received, seconds since 1970 in UTC.
  public var received: Int64?
  /// The conversation before this message; nil without one.
  public var thread: ThreadFacts?
  /// Staff named in it; nil without a directory.
  public var parties: [Party]?
  /// The clocks that run, the earliest first; nil without deadlines.
  public var due: [DeadlineClock]?

  /// Makes one of which nothing is known.
  public init() {}
}
