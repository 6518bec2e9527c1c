internal import Glibc
public import Heard
public import HeardCases

/// What an intake needs to know.
public struct IntakeConfiguration: Sendable {
  /// Makes the pipeline; asked once at the start.
  ///
  /// When it throws, messages are filed in the fallback queue until ``Intake/reload(_:)`` brings a pipeline.
  public var pipeline: @Sendable () throws -> Pipeline
  /// The Maildir whose folders are the queues, made when it is missing; nil: the queues are in the
  /// ledger's database.
  public var maildir: String?
  /// Where the ledger is: a path of a SQLite file, or a `postgresql:` URL.
  public var ledger: String
  /// The queue for what could not be judged, or not filed where it should be.
  public var fallbackQueue = "fallback"
  /// How long judging may take, milliseconds; nil: as long as it takes, in the calling thread.
  public var judgingLimit: Int?
  /// A folder of this machine for notes of what is being judged, made when it is missing; nil: none
  /// are taken, for processes that guard themselves another way.
  public var notes: String?
  /// How often a process may end while it judges a message; then it is filed without being judged.
  public var mostAttempts = 2
  /// How many entry ids `X-Heard-Evidence` names at most; 0 leaves it out.
  public var evidenceLimit = 12
  /// Whose fields are added besides `X-Heard-*`.
  public var ticketSystem = TicketSystem.generic
  /// Staff, deadlines and conversations that mails are handled with; nothing by default.
  public var handling = HandlingRules()
  /// What the ledger keeps.
  public var retention = Retention()
  /// Whether every record also goes to the outbox, from which webhooks are sent.
  public var fillsOutbox = false
  /// Seconds since 1970; tests have another.
  var clock: @Sendable () -> Int64 = { Int64(time(nil)) }
  /// Milliseconds to wait for a ledger that another process has locked.
  public var ledgerPatience = 10_000

  /// Makes the settings of an intake.
  ///
  /// - Parameter maildir: nil: the queues are in the ledger's database.
  public init(
    maildir: String?, ledger: String, pipeline: @escaping @Sendable () throws -> Pipeline
  ) {
    self.maildir = maildir
    self.ledger = ledger
    self.pipeline = pipeline
  }
}
