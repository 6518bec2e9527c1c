/// What the ledger says of one message, before it is a record.
public struct LedgerEntry: Hashable, Sendable {
  /// Recognises a redelivery: digest of ``message`` and the recipient.
  public var key: String
  /// Digest of the canonical message (``CanonicalMessage``).
  public var message: String
  /// Bytes of the message as it came.
  public var size: Int
  /// Seconds since 1970; a wall clock's, which may jump.
  public var receivedAt: Int64
  /// How it went.
  public var status: MessageStatus
  /// The queue it was filed in.
  public var queue: String
  /// Its file in the queue; empty when no file was made.
  public var file: String
  /// The Maildir with the queue, on this host.
  public var maildir: String
  /// The host that filed it.
  public var host: String
  /// Digest of the lexicon; empty when it was not judged.
  public var lexicon: String
  /// Digest of the policy; empty when it was not judged.
  public var policy: String
  /// Version of heard.
  public var version: String
  /// The record of the judgement (`docs/record.schema.json`), or what went wrong; JSON.
  public var decision: String
  /// What a person can be found by; nil in a record from which it was forgotten.
  public var personal: Personal?

  /// What a person can be found by.
  public struct Personal: Hashable, Sendable {
    /// The envelope's sender.
    public var sender: String
    /// The envelope's recipient.
    public var recipient: String
    /// The Message-ID without brackets; empty when there is none.
    public var messageID: String

    /// Gathers what a person can be found by.
    public init(sender: String, recipient: String, messageID: String) {
      self.sender = sender
      self.recipient = recipient
      self.messageID = messageID
    }
  }
}

/// An immutable record of the ledger, chained to the one before.
public struct LedgerRecord: Hashable, Sendable {
  /// 1 for the first, ascending without gaps.
  public var sequence: Int
  /// Digest of the record before; that of the first names nothing.
  public var previous: String
  /// Digest of this record and `previous`.
  public var digest: String
  /// Digest of the personal part with `salt`; what remains when that is forgotten.
  public var personalDigest: String
  /// Random; empty when the personal part was forgotten.
  public var salt: String
  /// What it says.
  public var entry: LedgerEntry
}

/// What became of an entry that should be recorded.
public enum LedgerOutcome: Sendable {
  /// It is recorded, and awaits ``Ledger/settle(_:)``.
  case recorded(LedgerRecord)
  /// The key was there before.
  case known(LedgerRecord)
}

/// A file that was recorded and perhaps not yet published.
public struct PendingFile: Hashable, Sendable {
  /// The number of the record.
  public var sequence: Int
  /// The host that filed it, by the name it had then.
  public var host: String
  /// Seconds since 1970.
  public var receivedAt: Int64
  /// The Maildir.
  public var maildir: String
  /// The queue.
  public var queue: String
  /// The file in the queue.
  public var file: String
}

/// The newest record, or the place where retention cut the chain when there is none.
public struct LedgerHead: Hashable, Sendable {
  /// The number of the record; 0 for a new ledger.
  public var sequence: Int
  /// Its digest.
  public var digest: String

  /// The head of a new ledger.
  public static let empty = LedgerHead(sequence: 0, digest: "")
}

/// A hash-chained, append-only list of what was decided.
///
/// Laws: what ``append(_:fillsOutbox:)`` returned is on disk; a key is recorded once, however many
/// processes try at the same time; records never change, but for the personal part that can be
/// forgotten, and go only from the oldest end.
public protocol Ledger: MessageQueues {
  /// The record of a key.
  func find(key: String) throws(IntakeError) -> LedgerRecord?
  /// Whether the file of a record may not be published yet.
  func isPending(_ sequence: Int) throws(IntakeError) -> Bool
  /// Records an entry, unless its key is known; pending when it has a file.
  ///
  /// - Parameter message: the mail, which enters the entry's queue in the same transaction; nil when
  ///   it is filed elsewhere.
  func append(
    _ entry: LedgerEntry, message: [UInt8]?, fillsOutbox: Bool
  ) throws(IntakeError) -> LedgerOutcome
  /// Notes that a process ended while it judged these messages, by the digests of ``LedgerEntry/message``.
  ///
  /// - Parameter now: seconds since 1970.
  func addAttempts(_ messages: [String], now: Int64) throws(IntakeError)
  /// How often a process ended while it judged a message.
  func attempts(of message: String) throws(IntakeError) -> Int
  /// Forgets attempts: those of a message that could be judged after all.
  func clearAttempts(of message: String) throws(IntakeError)
  /// Forgets attempts of which the last is older than a time, seconds since 1970.
  func clearAttempts(before time: Int64) throws(IntakeError)
  /// Says that the file of a record is published.
  func settle(_ sequence: Int) throws(IntakeError)
  /// Files that may not be published yet, of this host or in a Maildir of this path, the oldest
  /// first.
  func pending(host: String, maildir: String?) throws(IntakeError) -> [PendingFile]
  /// Random, and the same as long as the ledger lives: what tells it from another.
  func identity() throws(IntakeError) -> String
  /// Whether a record names this file.
  func names(file: String, queue: String) throws(IntakeError) -> Bool
  /// Records behind a number, ascending, `limit` at most.
  func records(after sequence: Int, limit: Int) throws(IntakeError) -> [LedgerRecord]
  /// The newest record.
  func head() throws(IntakeError) -> LedgerHead
  /// Where the chain begins: the newest record that retention removed.
  func anchor() throws(IntakeError) -> LedgerHead
  /// Removes records from the oldest end by retention, `limit` at most; returns how many.
  func prune(_ retention: Retention, now: Int64, limit: Int) throws(IntakeError) -> Int
  /// Forgets the personal part of records that match; returns how many did.
  func forget(_ whom: LedgerSubject) throws(IntakeError) -> Int
  /// Takes rows of the outbox that are due and nobody has taken, for `lease` seconds.
  func claim(_ limit: Int, now: Int64, lease: Int64) throws(IntakeError) -> [OutboxRow]
  /// Removes a row that was sent.
  func complete(_ row: OutboxRow) throws(IntakeError)
  /// Gives a row back, to be tried again from `due`.
  func postpone(_ row: OutboxRow, until due: Int64) throws(IntakeError)
  /// How many rows the outbox has.
  func outboxDepth() throws(IntakeError) -> Int
}

/// Whose records are meant.
public enum LedgerSubject: Hashable, Sendable {
  /// Exactly this Message-ID, without brackets.
  case messageID(String)
  /// Exactly this address as the envelope's sender, any case.
  case sender(String)
  /// Exactly this address as the envelope's recipient, any case.
  case recipient(String)
}

/// A webhook that is to be sent.
public struct OutboxRow: Hashable, Sendable {
  /// The number of the ledger record it tells of.
  public var sequence: Int
  /// The same whenever it is sent: the digest of the record.
  public var idempotencyKey: String
  /// JSON: record number, digest, time, queue, status, and the decision; no customer text.
  public var body: String
  /// How often it was taken before.
  public var attempts: Int
  /// Seconds since 1970 when it was recorded.
  public var recordedAt: Int64
}
