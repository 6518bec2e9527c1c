internal import GRDB
public import HeardBatch

/// Reads the databases that `heard run` wrote.
public enum DatabaseRecords {
  /// Hands every record of a database to `body`, in order.
  ///
  /// - Parameter wantsHits: whether hits are read too, where the database has them.
  public static func read(
    _ path: String, wantsHits: Bool = false, _ body: (borrowing JudgedRecord) -> Void
  ) throws(InputError) {
    var configuration = Configuration()
    configuration.readonly = true
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.read { try read($0, wantsHits: wantsHits, body) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
      throw InputError(.noInput, "\(path): cannot be opened; is it there, and may it be read?")
    } catch {
      let words = (error as? DatabaseError)?.message ?? "\(error)"
      throw InputError(
        .unknownForm, "\(path): is no database that `heard run` wrote: \(words)")
    }
  }

  private static func read(
    _ database: Database, wantsHits: Bool, _ body: (borrowing JudgedRecord) -> Void
  ) throws {
    let about = try Row.fetchAll(database, sql: "SELECT name, value FROM about")
    let facts = Dictionary(
      about.map { ($0[0] as String, $0[1] as String) }, uniquingKeysWith: { first, _ in first })
    let hasHits = try database.tableExists("hits")
    let hits =
      hasHits && wantsHits
      ? try Row.fetchCursor(
        database, sql: "SELECT decision, entry, form, zone FROM hits ORDER BY decision, number")
      : nil
    var hit = try hits?.next()?.copy()
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT id, message, status, language, class, tags, anger, signals, queue, time, sender, \
        error_code FROM decisions ORDER BY id
        """)
    while let row = try rows.next() {
      var record = JudgedRecord()
      let number: Int64 = row[0]
      record.id = row[1]
      record.language = row[3] ?? ""
      record.messageClass = row[4] ?? ""
      record.tags = words(row[5])
      record.anger = row[6] ?? 0
      record.signals = words(row[7])
      record.queue = row[8] ?? ""
      record.time = (row[9] as String?).flatMap { Timestamp.seconds(Array($0.utf8)) }
      record.sender = row[10]
      if (row[2] as String?) == "error" { record.errorCode = row[11] ?? "" }
      record.lexicon = facts["lexicon"] ?? ""
      record.policy = facts["policy"] ?? ""
      record.version = facts["version"] ?? ""
      record.hasHits = hasHits
      while let found = hit, (found[0] as Int64) == number {
        record.hits.append(
          JudgedRecord.Hit(entry: found[1], form: found[2] ?? "", zone: found[3] ?? ""))
        hit = try hits?.next()?.copy()
      }
      body(record)
    }
  }

  private static func words(_ text: String?) -> [String] {
    (text ?? "").split(separator: " ").map(String.init)
  }
}
