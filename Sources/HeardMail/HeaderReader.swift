internal import HeardText

/// Header fields of a mail → `Message`.
struct HeaderReader {
  private let limits: Limits
  private var decoder: HeaderDecoder

  init(limits: Limits) {
    self.limits = limits
    decoder = HeaderDecoder(limit: limits.headerValueBytes)
  }

  /// What was wrong with the values, each once.
  var repairs: [Repair] {
    var found: [Repair] = []
    for repair in decoder.repairs where !found.contains(repair) { found.append(repair) }
    return found
  }

  /// Fields that name recipients.
  private static let recipientFields: Set<String> = [
    "to", "cc", "bcc", "delivered-to", "x-original-to", "envelope-to", "resent-to",
  ]

  /// Reads all fields: the message's headers, sender, recipients, date, id and subject.
  mutating func read(_ tree: MailTree, into message: inout Message) {
    message.headers.reserveCapacity(tree.headerCount)
    var senders: [String: Mailbox] = [:]
    var subject: [UInt8]?
    unsafe tree.forEachHeader { name, raw in
      let value = unsafe decoder.unfolded(raw)
      let decoded = decoder.decoded(value)
      message.headers.append(
        HeaderField(name: name, value: String(decoding: decoded, as: UTF8.self)))
      let key = String(decoding: name.utf8.map(lower), as: UTF8.self)
      switch key {
      case "subject": if subject == nil { subject = decoded }
      case "from", "sender", "reply-to":
        if senders[key] == nil { senders[key] = decoder.mailboxes(value, limit: 1).first }
      case "message-id": if message.id == nil { message.id = Self.withoutBrackets(decoded) }
      case "date": if message.date == nil { message.date = decoder.date(value) }
      case _ where Self.recipientFields.contains(key):
        let room = limits.recipients - message.recipients.count
        if room > 0 {
          for mailbox in decoder.mailboxes(value, limit: room)
          where !message.recipients.contains(where: { $0.address == mailbox.address }) {
            message.recipients.append(mailbox)
          }
        } else if !decoder.repairs.contains(where: { $0.code == "too-many-recipients" }) {
          decoder.repairs.append(
            Repair(code: "too-many-recipients", detail: "only \(limits.recipients) are kept"))
        }
      default: break
      }
    }
    message.sender = senders["from"] ?? senders["sender"] ?? senders["reply-to"]
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
