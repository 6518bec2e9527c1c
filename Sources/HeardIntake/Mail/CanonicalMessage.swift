internal import HeardSources

/// What stays the same when a mail is delivered a second time.
///
/// Every hop adds fields on top and may change line ends. The canonical message is the mail without
/// `X-Heard-*` and without the fields that deliveries add, with `\n` as line ends, without the
/// `From ` line of an mbox, and without line ends at its end.
public enum CanonicalMessage {
  /// Fields that a delivery adds; lower case.
  static let traceFields: Set<String> = [
    "received", "return-path", "delivered-to", "x-original-to", "envelope-to", "delivery-date",
    "authentication-results", "received-spf",
  ]

  /// The canonical bytes of a mail.
  public static func bytes(of message: [UInt8]) -> [UInt8] {
    bytes(of: message, header: HeaderBlock(message))
  }

  private static func bytes(of message: [UInt8], header: HeaderBlock) -> [UInt8] {
    // First as it came: fields of ours leave no trace, whatever they stand beside.
    if header.fields.contains(where: { $0.name.hasPrefix(HeaderWriter.prefix) }) {
      let bare = header.ranges(of: message) { $0.name.hasPrefix(HeaderWriter.prefix) }
        .flatMap { message[$0] }
      return bytes(of: bare, header: HeaderBlock(bare, hasMboxLine: false))
    }
    var kept: [UInt8] = []
    kept.reserveCapacity(message.count)
    for range in header.ranges(of: message, without: { traceFields.contains($0.name) }) {
      appendLines(message[range], to: &kept)
    }
    while kept.last == 0x0A { kept.removeLast() }
    return kept
  }

  /// The digest of the canonical bytes, as `sha256:…`.
  public static func digest(of message: [UInt8]) -> String {
    SHA256.name(bytes(of: message))
  }

  static func digest(of message: [UInt8], header: HeaderBlock) -> String {
    SHA256.name(bytes(of: message, header: header))
  }

  /// What recognises a redelivery: the digest of a canonical message and its recipient.
  ///
  /// The domain of an address has no case (RFC 5321); the part before it may have.
  static func key(digest: String, recipient: String) -> String {
    var recipient = recipient
    if let at = recipient.lastIndex(of: "@") {
      recipient = recipient[..<at] + recipient[at...].lowercased()
    }
    return SHA256.name(Array(digest.utf8) + [0] + Array(recipient.utf8))
  }

  private static func appendLines(_ piece: ArraySlice<UInt8>, to kept: inout [UInt8]) {
    var at = piece.startIndex
    while let carriage = piece[at...].firstIndex(of: 0x0D) {
      kept.append(contentsOf: piece[at..<carriage])
      at = carriage + 1
      // A carriage return alone ends a line as well; before a line feed it is part of it.
      if at == piece.endIndex || piece[at] != 0x0A { kept.append(0x0A) }
    }
    kept.append(contentsOf: piece[at...])
  }
}
