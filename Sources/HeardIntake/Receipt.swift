public import HeardClassifier
public import HeardRouter

/// What `X-Heard-Status` says of a message.
public enum MessageStatus: String, CaseIterable, Sendable {
  /// Judged, and in the queue that the policy named.
  case ok
  /// Judged, but its queue could not be written: it is in the fallback queue.
  case fallback
  /// Not judged, through a fault of heard: it is in the fallback queue.
  case error
}

/// That a message is durable, in one queue, with its record.
public struct Receipt: Sendable {
  /// How it went.
  public var status: MessageStatus
  /// Whether the message was here before: nothing was filed now.
  public var isDuplicate: Bool
  /// The queue it is in.
  public var queue: String
  /// The name of its file, which readers may extend; empty when no file was made.
  public var file: String
  /// The number of its ledger record.
  public var sequence: Int
  /// The digest of its ledger record.
  public var digest: String
  /// What went wrong, when `status` is not `ok` and it was filed now; without customer text.
  public var fault: String?
  /// The assessment, when it was judged now.
  public var assessment: Assessment?
  /// The decision, when it was judged now.
  public var decision: Decision?
  /// How long judging took, when it was judged now; for all recipients of the message together.
  public var judgingTime: Duration?
}
