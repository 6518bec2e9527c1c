internal import HeardMail
internal import HeardSources

/// The digests by which a message is known, none of which tells who wrote it without the key.
struct MessageKeys {
  /// Of the message itself: same id, sender and text give the same.
  let message: [UInt8]
  /// Of who wrote it; of no use for finding conversations alone.
  let sender: [UInt8]
  /// Lead to the message's own conversation from later ones.
  let own: [[UInt8]]
  /// Lead to its conversation, the surest first.
  let search: [[UInt8]]
  /// Lead to it only when it was written to in the last while: sender and subject.
  let recent: [UInt8]?

  init(_ message: Message, name: String, digest: KeyedDigest) {
    func key(_ kind: String, _ parts: [UInt8]...) -> [UInt8] {
      MessageKeys.key(kind, parts, digest)
    }
    let address = MessageKeys.normalised(message.sender?.address ?? "")
    sender = key("sender", address)
    let conversation = Conversation(of: message)
    let id = Array((message.id ?? name).utf8)
    var text: [UInt8] = []
    for part in message.parts { text += part.bytes + [0] }
    self.message = key("message", id, address, SHA256.digest(text))
    let named = message.id.map { key("id", Array($0.utf8)) }
    let references = conversation.references.map { key("id", Array($0.utf8)) }
    let tickets = conversation.subjectTickets.map { key("ticket", Array($0.utf8)) }
    // What stands in the text may be anybody's number: good for the same sender only.
    let ownTickets = (conversation.subjectTickets + conversation.textTickets)
      .map { key("own-ticket", Array($0.utf8), address) }
    let subject = conversation.subject
    recent =
      address.isEmpty || subject.utf8.count < 4 ? nil : key("subject", Array(subject.utf8), address)
    search = references + tickets + (address.isEmpty ? [] : ownTickets)
    // By what its record is called, where that is not the message's own id.
    let record = message.id == nil || message.id == name ? nil : MessageKeys.record(name, digest)
    own = [named].compactMap { $0 } + search + [recent, record].compactMap { $0 }
  }

  /// The digest of a record's id; nil for none.
  static func record(_ name: String, _ digest: KeyedDigest) -> [UInt8]? {
    name.isEmpty ? nil : key("record", [Array(name.utf8)], digest)
  }

  private static func key(_ kind: String, _ parts: [[UInt8]], _ digest: KeyedDigest) -> [UInt8] {
    // A length in front of each part: no two lists of parts are the same bytes.
    var bytes = Array("\(kind):".utf8)
    for part in parts { bytes += Array("\(part.count):".utf8) + part }
    return digest.digest(bytes)
  }

  /// The digest of a sender's address.
  static func sender(_ address: String, _ digest: KeyedDigest) -> [UInt8] {
    let normal = normalised(address)
    return digest.digest(Array("sender:\(normal.count):".utf8) + normal)
  }

  /// Lower case, without angle brackets and spaces around.
  private static func normalised(_ address: String) -> [UInt8] {
    Array(address.lowercased().utf8.filter { ![0x20, 0x3C, 0x3E].contains($0) })
  }
}
