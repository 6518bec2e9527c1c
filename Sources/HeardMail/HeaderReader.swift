internal import HeardText

/// The header fields that are read, by their names.
private enum HeaderName {
  case subject
  case from
  case sender
  case replyTo
  case messageID
  case date
  /// Names recipients.
  case recipient

  /// Nil for any other; case does not matter.
  init?(_ name: String) {
    let name = name.utf8
    func its(_ word: StaticString) -> Bool {
      name.count == word.utf8CodeUnitCount
        && word.withUTF8Buffer { unsafe name.elementsEqual($0) { lower($0) == $1 } }
    }
    // The first letter and the length leave one name each.
    switch name.first.map(lower) {
    case UInt8(ascii: "s") where its("subject"): self = .subject
    case UInt8(ascii: "s") where its("sender"): self = .sender
    case UInt8(ascii: "f") where its("from"): self = .from
    case UInt8(ascii: "r") where its("reply-to"): self = .replyTo
    case UInt8(ascii: "m") where its("message-id"): self = .messageID
    case UInt8(ascii: "d") where its("date"): self = .date
    case UInt8(ascii: "t") where its("to"), UInt8(ascii: "c") where its("cc"),
      UInt8(ascii: "b") where its("bcc"), UInt8(ascii: "d") where its("delivered-to"),
      UInt8(ascii: "x") where its("x-original-to"), UInt8(ascii: "e") where its("envelope-to"),
      UInt8(ascii: "r") where its("resent-to"):
      self = .recipient
    default: return nil
    }
  }
}

/// Header fields of a mail → `Message`.
struct HeaderReader {
  private let limits: Limits
  private var decoder: HeaderDecoder

  init(limits: Limits, onlyGMime: Bool) {
    self.limits = limits
    decoder = HeaderDecoder(limit: limits.headerValueBytes, onlyGMime: onlyGMime)
  }

  /// What was wrong with the values.
  var repairs: [Repair] { decoder.repairs.all }

  /// Reads all fields: the message's headers, sender, recipients, date, id and subject.
  mutating func read(_ tree: MailTree, into message: inout Message) {
    message.headers.reserveCapacity(tree.headerCount)
    var from: Mailbox?
    var sender: Mailbox?
    var replyTo: Mailbox?
    var subject: [UInt8]?
    unsafe tree.forEachHeader { name, raw in
      let value = unsafe decoder.unfolded(raw)
      let decoded = decoder.decoded(value)
      message.headers.append(
        HeaderField(name: name, value: String(decoding: decoded, as: UTF8.self)))
      switch HeaderName(name) {
      case .subject: if subject == nil { subject = decoded }
      case .from: if from == nil { from = decoder.mailboxes(value, limit: 1).first }
      case .sender: if sender == nil { sender = decoder.mailboxes(value, limit: 1).first }
      case .replyTo: if replyTo == nil { replyTo = decoder.mailboxes(value, limit: 1).first }
      case .messageID: if message.id == nil { message.id = Self.withoutBrackets(decoded) }
      case .date: if message.date == nil { message.date = decoder.date(value) }
      case .recipient:
        let room = limits.recipients - message.recipients.count
        if room > 0 {
          for mailbox in decoder.mailboxes(value, limit: room)
          where !message.recipients.contains(where: { $0.address == mailbox.address }) {
            message.recipients.append(mailbox)
          }
        } else {
          decoder.repairs.note("too-many-recipients", "only \(limits.recipients) are kept")
        }
      case nil: break
      }
    }
    message.sender = from ?? sender ?? replyTo
    if let subject {
      let end = UInt32(subject.count)
      let zone = SubjectLine.zone(of: subject)
      let zones = end > 0 ? [ZoneSpan(zone: zone, range: ByteRange(0, end))] : []
      message.parts.append(TextPart(name: .subject, bytes: subject, zones: zones))
    }
  }

  private static func withoutBrackets(_ value: [UInt8]) -> String? {
    var id = value.trimmed()
    if id.first == 0x3C { id = id.dropFirst() }
    if let close = id.firstIndex(of: 0x3E) { id = id[..<close] }
    return id.isEmpty ? nil : String(decoding: id, as: UTF8.self)
  }
}
