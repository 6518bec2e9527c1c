import HeardLexicon

/// What the entries that match the same tokens have said of each kind so far.
///
/// The same words are evidence of a kind once, whoever wrote them down: an entry adds only what it
/// says more strongly than those before it (`docs/decisions/0024-same-words-count-once.md`).
struct SharedWords {
  /// The tokens that are spoken of; −1 for none.
  private var first = -1
  private var last = -1
  /// The strongest for and against, by `EvidenceKind.index`.
  private var most = Scorer.Sums(repeating: 0)
  private var least = Scorer.Sums(repeating: 0)

  /// Begins anew, for another stretch of tokens.
  mutating func forget() {
    first = -1
    last = -1
  }

  /// What a value adds to those before it: all of it, or what it is stronger by.
  mutating func rest(of value: Int32, kind: Int, _ hit: Hit) -> Int32 {
    if hit.first != first || hit.last != last {
      first = hit.first
      last = hit.last
      most = Scorer.Sums(repeating: 0)
      least = Scorer.Sums(repeating: 0)
    }
    let said = value > 0 ? most[kind] : least[kind]
    if value.magnitude <= said.magnitude { return 0 }
    if value > 0 { most[kind] = value } else { least[kind] = value }
    return value - said
  }
}
