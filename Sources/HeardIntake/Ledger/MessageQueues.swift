/// Queues of whole mails beside a ledger, for sites where several hosts take mails in or out.
///
/// A mail enters its queue in the transaction that makes its record (``Ledger/append(_:message:fillsOutbox:)``),
/// so that neither is ever there without the other. It is taken for a time, the lease, and leaves
/// when whoever took it says that it is done.
///
/// Laws: a mail is in the hands of one at a time; who is killed with a mail in hand, or takes longer
/// than the lease, loses it to the next, and nothing else is lost; mails are taken oldest first.
public protocol MessageQueues: Sendable {
  /// Takes mails of a queue that nobody has in hand.
  ///
  /// - Parameters:
  ///   - limit: how many at most.
  ///   - bytes: no further one when those taken are as large together.
  ///   - now: seconds since 1970; nil for the clock of the database, which all hosts share.
  ///   - lease: seconds after which others may take what is not acknowledged.
  func take(
    _ limit: Int, bytes: Int, from queue: String, now: Int64?, lease: Int64
  ) throws(IntakeError) -> [TakenMessage]
  /// Removes a mail that is done; false when it is not in hand any more: somebody else has it now.
  func acknowledge(_ ticket: QueueTicket) throws(IntakeError) -> Bool
  /// Gives a mail back, to be taken again from `due`, seconds since 1970 (0: at once); false when
  /// it is not in hand any more.
  func release(_ ticket: QueueTicket, until due: Int64) throws(IntakeError) -> Bool
  /// How full the queues are, by name; queues without a mail are left out.
  ///
  /// - Parameter now: as in ``take(_:from:now:lease:)``.
  func queueDepths(now: Int64?) throws(IntakeError) -> [QueueDepth]
}

/// What shows that a mail is in hand.
public struct QueueTicket: Hashable, Sendable, CustomStringConvertible {
  /// The number of the mail's ledger record.
  public let sequence: Int
  /// Random; another each time the mail is taken.
  let token: String

  init(sequence: Int, token: String) {
    self.sequence = sequence
    self.token = token
  }

  /// Reads what ``description`` wrote; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let sequence = Int(parts[0]), sequence > 0, parts[1].utf8.count == 32,
      parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 })
    else { return nil }
    self.init(sequence: sequence, token: String(parts[1]))
  }

  /// Number and token, as `17-0f3c…`.
  public var description: String { "\(sequence)-\(token)" }

  /// A token that nobody can guess: 128 random bits.
  static func makeToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

/// A mail in hand.
public struct TakenMessage: Hashable, Sendable {
  /// With which it is acknowledged or given back.
  public var ticket: QueueTicket
  /// Its record, with the decision.
  public var record: LedgerRecord
  /// How often it was taken before.
  public var attempts: Int
  /// The mail with its `X-Heard-*` fields.
  public var message: [UInt8]
}

/// How full a queue is.
public struct QueueDepth: Hashable, Sendable {
  /// The queue.
  public var queue: String
  /// Mails that can be taken.
  public var waiting: Int
  /// Mails that somebody has in hand, or that were given back for later.
  public var taken: Int
  /// When the oldest was received, seconds since 1970.
  public var oldest: Int64
}

extension MessageQueues {
  /// Takes mails of a queue however large they are.
  public func take(
    _ limit: Int, from queue: String, now: Int64?, lease: Int64
  ) throws(IntakeError) -> [TakenMessage] {
    try take(limit, bytes: .max, from: queue, now: now, lease: lease)
  }
}

extension Ledger {
  /// Records an entry whose mail is filed elsewhere.
  public func append(
    _ entry: LedgerEntry, fillsOutbox: Bool
  ) throws(IntakeError) -> LedgerOutcome {
    try append(entry, message: nil, fillsOutbox: fillsOutbox)
  }
}
