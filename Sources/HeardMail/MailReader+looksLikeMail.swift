extension MailReader {
  /// Field names of which two make a mail; lower case.
  private static let fields: Set<String> = [
    "received", "message-id", "date", "from", "to", "subject", "mime-version", "return-path",
    "content-type", "delivered-to", "reply-to", "sender", "cc", "content-transfer-encoding",
    "dkim-signature", "references", "in-reply-to", "list-id", "x-mailer", "user-agent",
  ]

  /// Whether bytes look like a mail: they begin with header fields, of which two are of mail.
  ///
  /// For telling a file of mail from a file of text; `read` itself takes both.
  public static func looksLikeMail(_ bytes: [UInt8]) -> Bool {
    let sample = Array(bytes.prefix(64 << 10))
    var at = sample.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while at < sample.count, isSpace(sample[at]) { at += 1 }
    var known: Set<String> = []
    var lines = 0
    while at < sample.count, lines < 200 {
      let end = sample[at...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? sample.count
      let line = sample[at..<end]
      at = end + 1
      if end + 1 < sample.count, sample[end] == 0x0D, sample[end + 1] == 0x0A { at = end + 2 }
      if line.isEmpty { break }
      lines += 1
      if lines == 1, line.startsASCII("from "), line.contains(0x40) { continue }
      if line[line.startIndex] == 0x20 || line[line.startIndex] == 0x09 { continue }
      guard let colon = line.firstIndex(of: 0x3A) else { break }
      let name = line[..<colon]
      guard !name.isEmpty, name.count <= 76, name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
        break
      }
      let key = String(decoding: name.map(lower), as: UTF8.self)
      if fields.contains(key) { known.insert(key) }
      if known.count == 2 { return true }
    }
    return false
  }
}
