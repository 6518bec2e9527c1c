public import HeardClassifier
public import HeardMail

/// Everything a rule may look at: what was judged, and the headers of the message.
public struct Facts: Sendable {
  public var assessment: Assessment
  public var sender: String
  public var recipients: [String]
  public var headers: [HeaderField]
  public var automatic: AutomaticKind?

  /// Gathers the facts of a judged message.
  public init(assessment: Assessment, message: Message) {
    self.assessment = assessment
    sender = message.sender?.address ?? ""
    recipients = message.recipients.map(\.address)
    headers = message.headers
    automatic = message.automatic
  }
}
