internal import HeardSources

/// What recognises a mail that comes again.
///
/// A mail with a Message-ID is the same mail for ever. Without one, equal bytes may be two mails: a
/// form on a web site writes "call me back" each time in the same words. Such a mail is taken for
/// one that came before only as long as mail servers try, so its keys are those of a period.
struct MessageIdentity: Hashable, Sendable {
  /// Of a mail that nobody will look for.
  static let none = MessageIdentity(digest: "", hasID: true)

  /// Seconds for which mail servers try again: 5 days.
  static let retryTime: Int64 = 5 * 86_400

  /// The digest of the canonical message.
  let digest: String
  /// Whether it has a Message-ID.
  let hasID: Bool

  init(digest: String, hasID: Bool) {
    self.digest = digest
    self.hasID = hasID
  }

  /// The identity of a mail.
  init(_ message: [UInt8]) {
    let header = HeaderBlock(message)
    self.init(
      digest: CanonicalMessage.digest(of: message, header: header),
      hasID: !header.messageID(in: message).isEmpty)
  }

  /// The key that a record made now gets.
  ///
  /// - Parameter now: seconds since 1970.
  func key(recipient: String, now: Int64) -> String {
    hasID
      ? CanonicalMessage.key(digest: digest, recipient: recipient)
      : key(recipient: recipient, period: now / Self.retryTime)
  }

  /// The keys that a record of the same mail may have, the likeliest first.
  func keys(recipient: String, now: Int64) -> [String] {
    let known = CanonicalMessage.key(digest: digest, recipient: recipient)
    if hasID { return [known] }
    let period = now / Self.retryTime
    // Without a period: recorded before there were any.
    return [
      key(recipient: recipient, period: period), key(recipient: recipient, period: period - 1),
      known,
    ]
  }

  /// Whether a mail that comes now is the one that was received then, with one of these keys.
  func isRedelivery(of received: Int64, now: Int64) -> Bool {
    hasID || now - received < Self.retryTime
  }

  private func key(recipient: String, period: Int64) -> String {
    let known = CanonicalMessage.key(digest: digest, recipient: recipient)
    return SHA256.name(Array(known.utf8) + [0] + Array(String(period).utf8))
  }
}
