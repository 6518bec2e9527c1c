/// Who sent a message to whom, as the transport says (RFC 5321), not as its headers do.
public struct Envelope: Hashable, Sendable {
  /// MAIL FROM without brackets; empty for a bounce or when it is not known.
  public var sender: String
  /// RCPT TO without brackets; empty when it is not known.
  ///
  /// One envelope has one recipient: a mail for two is accepted twice.
  public var recipient: String

  /// Makes an envelope.
  public init(sender: String = "", recipient: String = "") {
    self.sender = sender
    self.recipient = recipient
  }
}
