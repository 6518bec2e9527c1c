internal import GRDB
public import HeardBatch
public import HeardInput

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
      // Other errors quote the row.
      let words = (error as? DatabaseError)?.message ?? "a column holds something else"
      throw InputError(
        .unknownForm, "\(path): is no database that `heard run` wrote: \(words)")
    }
  }

  private static func read(
    _ database: Database, wantsHits: Bool, _ body: (borrowing JudgedRecord) -> Void
  ) throws {
    let about = try Row.fetchAll(database, sql: "SELECT name, value FROM about")
    let facts = Dictionary(
      try about.map { (try $0.decode(String.self, atIndex: 0), try text($0, 1) ?? "") },
      uniquingKeysWith: { first, _ in first })
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
      let number = try row.decode(Int64.self, atIndex: 0)
      record.id = try text(row, 1)
      record.language = try text(row, 3) ?? ""
      record.messageClass = try text(row, 4) ?? ""
      record.tags = words(try text(row, 5))
      record.anger = JudgedRecord.level(try row.decode(Int?.self, atIndex: 6))
      record.signals = words(try text(row, 7))
      record.queue = try text(row, 8) ?? ""
      record.time = try text(row, 9).flatMap { Timestamp.seconds(Array($0.utf8)) }
      record.sender = try text(row, 10)
      if try text(row, 2) == "error" { record.errorCode = try text(row, 11) ?? "" }
      record.lexicon = facts["lexicon"] ?? ""
      record.policy = facts["policy"] ?? ""
      record.version = facts["version"] ?? ""
      record.hasHits = hasHits
      while let found = hit, try found.decode(Int64.self, atIndex: 0) == number {
        record.hits.append(
          JudgedRecord.Hit(
            entry: try text(found, 1) ?? "", form: try text(found, 2) ?? "",
            zone: try text(found, 3) ?? ""))
        hit = try hits?.next()?.copy()
      }
      body(record)
    }
  }

  /// A text; throws where subscripts of rows would end the process.
  private static func text(_ row: Row, _ column: Int) throws -> String? {
    try row.decode(String?.self, atIndex: column)
  }

  private static func words(_ text: String?) -> [String] {
    (text ?? "").split(separator: " ").map(String.init)
  }
}
