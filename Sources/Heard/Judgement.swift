public import HeardClassifier
public import HeardMail
public import HeardRouter

/// The id of a message as it came: a JSON string or number is written back unchanged.
public enum MessageID: Hashable, Sendable {
  case text(String)
  /// A scalar of the input, as JSON.
  case json([UInt8])
  case none
}

/// Why a message could not be judged; holds no text of the customer.
public struct RecordError: Hashable, Sendable {
  /// A stable word, as `invalid-json`, `too-large`, `empty`.
  public var code: String
  /// What is wrong and what to do.
  public var message: String
  /// Where: a file, a line, a byte offset.
  public var location: String

  /// Makes an error.
  public init(code: String, message: String, location: String) {
    self.code = code
    self.message = message
    self.location = location
  }
}

/// What heard says of one message.
public struct Judgement: Sendable {
  /// The id of the message.
  public var id: MessageID
  /// What came of it.
  public var outcome: Outcome

  /// Judged, or the reason why not.
  ///
  /// Kept in a place of its own: what is judged is handed on several times, and a copy of it all is
  /// a count of references for each of its thirty parts.
  public indirect enum Outcome: Sendable {
    case judged(Message, Assessment, Decision)
    case failed(RecordError)
  }

  /// Makes a judgement.
  public init(id: MessageID, outcome: Outcome) {
    self.id = id
    self.outcome = outcome
  }
}

/// When a message was sent and by whom, as records carry it when asked to.
public struct MessageOrigin: Hashable, Sendable {
  /// In UTC, as `2026-01-31T08:15:00Z`; nil when the message does not say.
  public var time: String?
  /// A pseudonym of the sender, the same for the same sender and key; nil when nobody is named.
  public var sender: String?

  /// Makes an origin.
  public init(time: String?, sender: String?) {
    self.time = time
    self.sender = sender
  }
}
