// Raw bytes → Message.
//
// Steps: (1) what stands before the first header field goes (a mark, empty lines, mbox's "From ");
// (2) GMime reads the structure; (3) header fields are decoded; (4) the body's text is chosen and
// decoded; (5) its lines are given zones; (6) automatic mail is recognised. Start reading at
// `MailReader.read`.

internal import CHeardMail

/// Reads RFC 5322 mail.
///
/// Nearly nothing is refused: what is wrong is repaired and reported.
public struct MailReader: Sendable {
  /// How much is read.
  public var limits: Limits
  /// Has GMime read ordinary mail too, which gives the same; tests compare the two.
  package var usesOnlyGMime = false

  /// Makes a reader.
  public init(limits: Limits = .init()) { self.limits = limits }

  /// Reads one mail.
  ///
  /// Throws `empty`, `too-large` or `not-text`.
  public func read(_ bytes: [UInt8]) throws(MailError) -> Message {
    guard !bytes.isEmpty else {
      throw MailError(
        code: .empty, message: "the message has no bytes; check how it was handed over")
    }
    guard bytes.count <= limits.mailBytes else {
      throw MailError(
        code: .tooLarge,
        message: "the message has \(bytes.count) bytes, the limit is \(limits.mailBytes)",
        offset: limits.mailBytes)
    }
    var repairs = Repairs()
    let mail = try Self.prepared(bytes, repairs: &repairs)
    guard let tree = MailTree(mail, limits: limits, onlyGMime: usesOnlyGMime) else {
      var message = PlainText.message(text: mail, id: nil, limits: limits)
      repairs.note("no-headers", "no header field: read as plain text")
      repairs.add(message.repairs)
      message.repairs = repairs.all
      return message
    }
    var message = Message()
    var headers = HeaderReader(limits: limits, onlyGMime: usesOnlyGMime)
    headers.read(tree, into: &message)
    repairs.add(headers.repairs)
    repairs.add(tree.repairs)

    var body = BodyReader(tree: tree, limits: limits)
    body.read()
    message.attachments = body.attachments
    repairs.add(body.repairs.all)

    let subject = message.parts.first { $0.name == .subject }?.zones.first?.zone ?? .own
    let zones = Zoner.zones(of: body.text, subject: subject)
    message.parts.append(TextPart(name: .body, bytes: body.text.bytes, zones: zones))
    message.passOnSubject()
    message.automatic = AutomaticMail.kind(of: message, root: body.nodes.first?.type ?? "")
    message.repairs = repairs.all
    return message
  }

  /// Without what stands before the first header field, and as bytes that GMime can read.
  private static func prepared(
    _ bytes: [UInt8], repairs: inout Repairs
  ) throws(MailError) -> [UInt8] {
    var bytes = bytes
    let mark = Binary.wideCharset(bytes)
    if let mark, mark != "utf-8" {
      var decoder = TextDecoder()
      bytes = decoder.decode(bytes, label: mark)
      repairs.note("mail-in-\(mark)", "the whole mail was in \(mark)")
    } else if mark == nil, Binary.isBinary(bytes) {
      throw MailError(
        code: .notText, message: "these bytes are neither mail nor text; check the file's kind")
    }
    var from = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while from < bytes.count, isSpace(bytes[from]) { from += 1 }
    if bytes[from...].startsASCII("from "),
      let end = bytes[from...].prefix(1_000).firstIndex(where: { $0 == 0x0A || $0 == 0x0D })
    {
      from = end + 1
      while from < bytes.count, bytes[from] == 0x0A || bytes[from] == 0x0D { from += 1 }
    }
    if from > 0, bytes[0] != 0x46 {
      repairs.note("leading-bytes", "\(from) bytes before the first header")
    }
    if from > 0 { bytes.removeFirst(from) }
    return bytes
  }
}
