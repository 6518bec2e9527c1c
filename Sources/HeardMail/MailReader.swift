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
    // Only UTF-16 has NULs so near the beginning.
    let isWide = bytes.prefix(64).contains(0)
    let mark =
      TextDecoder.byteOrderMark(bytes)?.0 ?? (isWide ? TextDecoder.looksLikeUTF16(bytes) : nil)
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

/// Whether bytes are something else than text.
enum Binary {
  /// Many control characters, or the first bytes of a well-known kind of file.
  static func isBinary(_ bytes: [UInt8]) -> Bool {
    let kinds: [[UInt8]] = [
      [0x7F, 0x45, 0x4C, 0x46], [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], [0x50, 0x4B, 3, 4],
      [0x1F, 0x8B, 8], [0x25, 0x50, 0x44, 0x46, 0x2D], [0x47, 0x49, 0x46, 0x38],
    ]
    if kinds.contains(where: { bytes.starts(with: $0) }) { return true }
    let sample = bytes.prefix(4_096)
    guard scan(Array(sample)) & UInt32(HEARD_TEXT_CONTROL | HEARD_TEXT_NUL) != 0 else {
      return false
    }
    var controls = 0
    for byte in sample where byte < 0x09 || (byte > 0x0D && byte < 0x20 && byte != 0x1B) {
      controls += 1
    }
    // Even bytes, as of what is compressed or encrypted, have 27 in 256; text has next to none.
    return controls * 20 > sample.count
  }
}
