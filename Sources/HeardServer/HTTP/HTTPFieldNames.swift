internal import HTTPTypes

extension HTTPField.Name {
  /// The id of a request, which a client may choose.
  static let requestID = constant("X-Request-Id")
  /// Trace context (W3C).
  static let traceParent = constant("traceparent")
  /// The digest of the lexicon that judged.
  static let heardLexicon = constant("X-Heard-Lexicon")
  /// MAIL FROM of a delivery.
  static let heardSender = constant("X-Heard-Sender")
  /// RCPT TO of a delivery.
  static let heardRecipient = constant("X-Heard-Recipient")

  private static func constant(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no field name") }
    return name
  }
}

extension HTTPResponse.Status {
  /// 503 and the like are faults of the server.
  var isServerFault: Bool { code >= 500 }
}
