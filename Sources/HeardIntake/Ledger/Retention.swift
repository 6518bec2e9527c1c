/// How long records are kept.
public struct Retention: Hashable, Sendable {
  /// Days after which a record may go; at least 1.
  public var days = 400
  /// The newest records that stay however old they are: a clock that jumps ahead must not empty
  /// the ledger, which is what recognises a mail that comes twice.
  public var keptRecords = 10_000
  /// Records that stay at most; the oldest go first.
  public var mostRecords = 10_000_000

  /// Makes the default retention.
  public init() {}

  /// A record that may go: the oldest, and not pending.
  struct Candidate {
    var sequence: Int
    var digest: String
    var receivedAt: Int64
  }

  /// Where the chain is to begin; `anchor` when nothing goes.
  ///
  /// - Parameters:
  ///   - candidates: the oldest records, ascending.
  ///   - now: seconds since 1970.
  func cut(
    _ candidates: [Candidate], head: LedgerHead, anchor: LedgerHead, now: Int64
  ) -> LedgerHead {
    let oldest = now - Int64(max(1, days)) * 86_400
    let newest = head.sequence - max(0, keptRecords)
    let surplus = head.sequence - max(1, mostRecords)
    var last = anchor
    for candidate in candidates {
      let isOld = candidate.sequence <= newest && candidate.receivedAt < oldest
      // Only from the end: the rest of the chain stays one that can be verified.
      guard candidate.sequence == last.sequence + 1, isOld || candidate.sequence <= surplus else {
        break
      }
      last = LedgerHead(sequence: candidate.sequence, digest: candidate.digest)
    }
    return last
  }
}
