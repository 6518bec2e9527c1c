public import Heard

/// What a webhook tells: a record of the ledger without its personal part.
enum OutboxBody {
  /// The body as JSON.
  static func json(_ record: LedgerRecord) -> String {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("schema")
    writer.string("heard-webhook/1")
    LedgerJSON.write(record, includingPersonal: false, into: &writer)
    writer.closeObject()
    return String(decoding: writer.finish(), as: UTF8.self)
  }
}

/// A record of the ledger as JSON, for export and webhooks.
public enum LedgerJSON {
  /// Appends a line with one record.
  public static func write(line record: LedgerRecord, into writer: inout JSONWriter) {
    writer.openObject()
    write(record, includingPersonal: true, into: &writer)
    writer.closeObject()
    writer.endLine()
  }

  static func write(
    _ record: LedgerRecord, includingPersonal: Bool, into writer: inout JSONWriter
  ) {
    func member(_ name: String, _ value: String) {
      writer.key(name)
      writer.string(value)
    }
    func number(_ name: String, _ value: Int) {
      writer.key(name)
      writer.integer(value)
    }
    let entry = record.entry
    number("sequence", record.sequence)
    member("digest", record.digest)
    member("previous", record.previous)
    number("receivedAt", Int(entry.receivedAt))
    member("message", entry.message)
    number("size", entry.size)
    member("status", entry.status.rawValue)
    member("queue", entry.queue)
    member("file", entry.file)
    member("host", entry.host)
    if includingPersonal {
      member("key", entry.key)
      member("maildir", entry.maildir)
      member("personalDigest", record.personalDigest)
      member("salt", record.salt)
      writer.key("personal")
      if let personal = entry.personal {
        writer.openObject()
        member("sender", personal.sender)
        member("recipient", personal.recipient)
        member("messageID", personal.messageID)
        writer.closeObject()
      } else {
        writer.null()
      }
    }
    member("lexicon", entry.lexicon)
    member("policy", entry.policy)
    member("version", entry.version)
    writer.key("decision")
    writer.json(entry.decision.utf8)
  }
}
