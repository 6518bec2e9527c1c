internal import Heard
internal import HeardSources

/// How records are chained: what a digest is made of.
///
/// `digest` covers the record, the digest of its personal part, and the digest of the record before.
/// Whoever changes, removes or inserts a record anywhere but at the end must change all that follow.
enum LedgerChain {
  /// The record that follows `head`.
  static func record(_ entry: LedgerEntry, after head: LedgerHead) -> LedgerRecord {
    var generator = SystemRandomNumberGenerator()
    let salt = (0..<2).map { _ in String(generator.next() as UInt64, radix: 16) }.joined()
    var record = LedgerRecord(
      sequence: head.sequence + 1, previous: head.digest, digest: "", personalDigest: "",
      salt: salt, entry: entry)
    record.personalDigest = personalDigest(entry.personal, salt: salt)
    record.digest = digest(record)
    return record
  }

  /// The digest of the personal part.
  ///
  /// Salted, so that an address that was forgotten cannot be guessed and tried.
  static func personalDigest(_ personal: LedgerEntry.Personal?, salt: String) -> String {
    guard let personal else { return "" }
    var writer = JSONWriter()
    writer.strings([salt, personal.sender, personal.recipient, personal.messageID])
    return SHA256.name(writer.finish())
  }

  /// The digest of a record.
  static func digest(_ record: LedgerRecord) -> String {
    var writer = JSONWriter()
    let entry = record.entry
    writer.strings([
      "heard-ledger/1", String(record.sequence), record.previous, entry.key, entry.message,
      String(entry.size), String(entry.receivedAt), entry.status.rawValue, entry.queue, entry.file,
      entry.maildir, entry.host, entry.lexicon, entry.policy, entry.version, entry.decision,
      record.personalDigest,
    ])
    return SHA256.name(writer.finish())
  }
}

extension LedgerChain {
  /// A new identity: 12 digits, for it is part of every file's name.
  static func makeIdentity() -> String { String(QueueTicket.makeToken().prefix(12)) }
}

/// What is wrong with a ledger.
public struct LedgerFault: Hashable, Sendable, CustomStringConvertible {
  /// The number of the record.
  public var sequence: Int
  /// What is wrong with it.
  public var problem: String

  /// Number and problem on one line.
  public var description: String { "record \(sequence): \(problem)" }
}

/// Reads a ledger from its beginning to its end and says what is wrong.
public struct LedgerVerification: Sendable {
  /// Records that were read.
  public private(set) var count = 0
  /// Records whose personal part was forgotten.
  public private(set) var forgotten = 0
  /// What is wrong; at most a hundred.
  public private(set) var faults: [LedgerFault] = []
  /// The last record.
  public private(set) var head: LedgerHead

  /// Verifies a whole ledger.
  ///
  /// - Parameter known: a digest that `verify` printed before; it must still be in the chain, which
  ///   shows that nothing was cut off the end and made anew since.
  public init(_ ledger: any Ledger, known: String? = nil) throws(IntakeError) {
    // Before the anchor and after the head a running intake may change things.
    let end = try ledger.head()
    head = try ledger.anchor()
    var isKnown = known == nil || known == head.digest
    while head.sequence < end.sequence {
      let batch = try ledger.records(after: head.sequence, limit: 500)
      guard !batch.isEmpty else { break }
      for record in batch {
        check(record)
        if record.digest == known { isKnown = true }
        head = LedgerHead(sequence: record.sequence, digest: record.digest)
        count += 1
        if record.entry.personal == nil { forgotten += 1 }
      }
    }
    if head.sequence < end.sequence || head.digest != end.digest && head.sequence == end.sequence {
      add(end.sequence, "the ledger says that it ends here, and it ends at \(head.sequence)")
    }
    if !isKnown, let known {
      add(head.sequence, "no record has the digest \(known), which was known before")
    }
  }

  private mutating func check(_ record: LedgerRecord) {
    if record.sequence != head.sequence + 1 {
      add(head.sequence + 1, "missing; the next is \(record.sequence)")
    } else if record.previous != head.digest {
      add(record.sequence, "does not follow the record before it")
    }
    if record.digest != LedgerChain.digest(record) {
      add(record.sequence, "was changed after it was made")
    }
    if let personal = record.entry.personal,
      record.personalDigest != LedgerChain.personalDigest(personal, salt: record.salt)
    {
      add(record.sequence, "its personal part was changed after it was made")
    }
  }

  private mutating func add(_ sequence: Int, _ problem: String) {
    if faults.count < 100 { faults.append(LedgerFault(sequence: sequence, problem: problem)) }
  }
}
