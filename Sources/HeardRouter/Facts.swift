public import HeardClassifier
public import HeardMail

/// Everything a rule may look at: what was judged, and the headers of the message.
public struct Facts: Sendable {
  /// What the classifier said.
  public var assessment: Assessment
  /// Address of the From header; empty without one.
  public var sender: String
  /// Addresses of To, Cc and the like.
  public var recipients: [String]
  /// All header fields, decoded.
  public var headers: [HeaderField]
  /// Why no person wrote it, when none did.
  public var automatic: AutomaticKind?
  /// The conversation it belongs to, where somebody keeps account of it.
  public var thread: ThreadFacts?
  /// When it was received, in seconds since 1970-01-01T00:00:00Z; nil when nobody says.
  public var received: Int64?

  /// Gathers the facts of a judged message.
  public init(
    assessment: Assessment, message: Message, thread: ThreadFacts? = nil, received: Int64? = nil
  ) {
    self.assessment = assessment
    sender = message.sender?.address ?? ""
    recipients = message.recipients.isEmpty ? [] : message.recipients.map(\.address)
    headers = message.headers
    automatic = message.automatic
    self.thread = thread
    self.received = received
  }
}
