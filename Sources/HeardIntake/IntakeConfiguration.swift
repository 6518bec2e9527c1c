public import Heard

/// What an intake needs to know.
public struct IntakeConfiguration: Sendable {
  /// Makes the pipeline; asked once at the start.
  ///
  /// When it throws, messages are filed in the fallback queue until ``Intake/reload(_:)`` brings a pipeline.
  public var pipeline: @Sendable () throws -> Pipeline
  /// The Maildir whose folders are the queues; made when it is missing.
  public var maildir: String
  /// Where the ledger is: a path of a SQLite file, or a `postgresql:` URL.
  public var ledger: String
  /// The queue for what could not be judged, or not filed where it should be.
  public var fallbackQueue = "fallback"
  /// How long judging may take, milliseconds; nil: as long as it takes, in the calling thread.
  public var judgingLimit: Int?
  /// How many entry ids `X-Heard-Evidence` names at most; 0 leaves it out.
  public var evidenceLimit = 12
  /// What the ledger keeps.
  public var retention = Retention()
  /// Whether every record also goes to the outbox, from which webhooks are sent.
  public var fillsOutbox = false
  /// Milliseconds to wait for a ledger that another process has locked.
  public var ledgerPatience = 10_000

  /// Makes the settings of an intake.
  public init(
    maildir: String, ledger: String, pipeline: @escaping @Sendable () throws -> Pipeline
  ) {
    self.maildir = maildir
    self.ledger = ledger
    self.pipeline = pipeline
  }
}
