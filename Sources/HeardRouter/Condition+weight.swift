extension Condition {
  /// How much the condition asks, for the strategy `best`.
  ///
  /// A single question counts 1, whatever it asks. Of `all` the counts are added; of `any` the
  /// smallest counts, for that is all a message must meet. `not` turns `all` into `any` and back
  /// (de Morgan); a named condition counts what it stands for.
  public var weight: Int { weight(negated: false) }

  private func weight(negated: Bool) -> Int {
    switch self {
    case .all(let parts): negated ? least(parts, negated) : sum(parts, negated)
    case .any(let parts): negated ? sum(parts, negated) : least(parts, negated)
    case .not(let part): part.weight(negated: !negated)
    case .named(_, let condition): condition.weight(negated: negated)
    default: 1
    }
  }

  private func sum(_ parts: [Condition], _ negated: Bool) -> Int {
    parts.reduce(0) { $0 + $1.weight(negated: negated) }
  }

  private func least(_ parts: [Condition], _ negated: Bool) -> Int {
    parts.map { $0.weight(negated: negated) }.min() ?? 0
  }
}
