public import HeardDeadlines
internal import HeardRouter

/// Something that is due in a case.
public struct DueItem: Hashable, Sendable {
  /// Number of the conversation.
  public var conversation: Int64
  /// Id of the message that started the clock; the handle of one that has none.
  public var message: String
  /// Names that message and no other in the account (``CaseStore/handle(of:)``); empty outside one.
  public var handle: String
  /// Where the message went.
  public var queue: String
  /// The regime.
  public var regime: String
  /// What is due.
  public var step: DeadlineClock.Step
  /// The last second in time, since 1970 in UTC; that of the extension when it is used.
  public var due: Int64
  /// What it would be with the extension, while that is not used; nil when there is none.
  public var extendable: Int64?
  /// Whose clocks, as `Europe/Warsaw`.
  public var zone: String
  /// `sent` or `received`.
  public var meetsBy: String
  /// What follows when nobody answers.
  public var onSilence: String
  /// When it was received.
  public var received: Int64
  /// Messages of the conversation.
  public var contacts: Int
  /// When it was to be reminded of, of the last time that has come; nil unless that was asked for.
  public var reminder: Int64?

  /// Makes an item of nothing, to be filled in by who reads one from elsewhere than a cases file.
  public init(regime: String) {
    conversation = 0
    message = ""
    handle = ""
    queue = ""
    self.regime = regime
    step = .answer
    due = 0
    zone = ""
    meetsBy = ""
    onSilence = ""
    received = 0
    contacts = 0
  }
}
