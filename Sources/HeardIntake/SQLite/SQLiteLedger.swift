internal import FoundationEssentials
internal import GRDB
internal import Glibc
internal import HeardCases
internal import HeardInput

/// A ledger in a SQLite file, for one host: many processes and threads may use it at a time.
///
/// Write-ahead log with `synchronous=FULL`: a record that was made survives a power cut. What need
/// not survive one (that a file was published, which the file itself shows) is not waited for.
final class SQLiteLedger: Ledger {
  private let queue: DatabaseQueue
  private let path: String

  /// Opens a ledger, making it when it is missing.
  ///
  /// - Parameter patience: milliseconds to wait for other processes.
  init(path: String, patience: Int = 10_000) throws(IntakeError) {
    self.path = path
    // Made first, so that nobody can read it for a moment who may not read the mails: it has
    // addresses, and mails where it has queues. What goes wrong SQLite will say.
    if unsafe access(path, F_OK) != 0 { _ = try? FileDescriptor(creating: path) }
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(patience) / 1000)
    configuration.label = "heard.ledger"
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      // A ledger has no use for what SQLite does for other programs' files.
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    do {
      queue = try SQLitePatience.run(milliseconds: patience) {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction(SQLiteSchema.prepare)
        return queue
      }
    } catch let error as IntakeError {
      throw error
    } catch {
      throw Self.failure(path, error)
    }
  }

  func find(key: String) throws(IntakeError) -> LedgerRecord? {
    try read { db in
      try Row.fetchOne(
        db, sql: "SELECT \(SQLiteSchema.columns) FROM record WHERE key = ?", arguments: [key]
      )
      .map(SQLiteSchema.record)
    }
  }

  func isPending(_ sequence: Int) throws(IntakeError) -> Bool {
    try read { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM pending WHERE sequence = ?)", arguments: [sequence]
      ) ?? false
    }
  }

  func append(
    _ entry: LedgerEntry, message: [UInt8]?, fillsOutbox: Bool
  ) throws(IntakeError) -> LedgerOutcome {
    try write { db in
      if let known = try Row.fetchOne(
        db, sql: "SELECT \(SQLiteSchema.columns) FROM record WHERE key = ?", arguments: [entry.key])
      {
        return .known(try SQLiteSchema.record(known))
      }
      let record = LedgerChain.record(entry, after: try SQLiteSchema.head(db))
      try SQLiteSchema.insert(record, db)
      if !entry.file.isEmpty {
        try db.execute(
          sql: "INSERT INTO pending (sequence, host) VALUES (?, ?)",
          arguments: [record.sequence, entry.host])
      }
      if let message {
        try db.execute(
          sql: """
            INSERT INTO queued (sequence, queue, body, due, attempts, token)
            VALUES (?, ?, ?, 0, 0, '')
            """,
          arguments: [record.sequence, entry.queue, Data(message)])
      }
      if fillsOutbox {
        try db.execute(
          sql: """
            INSERT INTO outbox (sequence, digest, body, attempts, due, recorded_at)
            VALUES (?, ?, ?, 0, 0, ?)
            """,
          arguments: [
            record.sequence, record.digest, OutboxBody.json(record), entry.receivedAt,
          ])
      }
      return .recorded(record)
    }
  }

  func settle(_ sequence: Int) throws(IntakeError) {
    try run { queue in
      try queue.writeWithoutTransaction { db in
        // Forgotten in a power cut it is found out again, so nobody waits for the disk.
        try db.execute(sql: "PRAGMA synchronous = NORMAL")
        defer { try? db.execute(sql: "PRAGMA synchronous = FULL") }
        try db.execute(sql: "DELETE FROM pending WHERE sequence = ?", arguments: [sequence])
      }
    }
  }

  func pending(host: String, maildir: String?) throws(IntakeError) -> [PendingFile] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT sequence, pending.host AS host, received_at, maildir, queue, file
          FROM pending JOIN record USING (sequence)
          WHERE pending.host = ? OR maildir = ? ORDER BY sequence LIMIT 10000
          """, arguments: [host, maildir]
      ).map { row in
        PendingFile(
          sequence: row["sequence"], host: row["host"], receivedAt: row["received_at"],
          maildir: row["maildir"], queue: row["queue"], file: row["file"])
      }
    }
  }

  func identity() throws(IntakeError) -> String {
    if let identity = try read(SQLiteSchema.identity) { return identity }
    return try write(SQLiteSchema.makeIdentity)
  }

  func names(file: String, queue: String) throws(IntakeError) -> Bool {
    try read { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM record WHERE file = ? AND queue = ?)",
        arguments: [file, queue]) ?? false
    }
  }

  func records(
    after sequence: Int, limit: Int
  ) throws(IntakeError) -> [LedgerRecord] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT \(SQLiteSchema.columns) FROM record WHERE sequence > ? ORDER BY sequence LIMIT ?
          """, arguments: [sequence, limit]
      ).map(SQLiteSchema.record)
    }
  }

  func head() throws(IntakeError) -> LedgerHead {
    try read(SQLiteSchema.head)
  }

  func anchor() throws(IntakeError) -> LedgerHead {
    try read(SQLiteSchema.anchor)
  }

  func prune(
    _ retention: Retention, now: Int64, limit: Int
  ) throws(IntakeError) -> Int {
    try write { db in
      let head = try SQLiteSchema.head(db)
      let anchor = try SQLiteSchema.anchor(db)
      let candidates = try Row.fetchAll(
        db,
        sql: """
          SELECT sequence, digest, received_at FROM record WHERE sequence > ?
          AND NOT EXISTS (SELECT 1 FROM pending WHERE pending.sequence = record.sequence)
          AND NOT EXISTS (SELECT 1 FROM queued WHERE queued.sequence = record.sequence)
          ORDER BY sequence LIMIT ?
          """, arguments: [anchor.sequence, limit]
      ).map { row in
        Retention.Candidate(
          sequence: row["sequence"], digest: row["digest"], receivedAt: row["received_at"])
      }
      let last = retention.cut(candidates, head: head, anchor: anchor, now: now)
      if last.sequence > anchor.sequence { try SQLiteSchema.cut(to: last, db) }
      return last.sequence - anchor.sequence
    }
  }

  func forget(_ whom: LedgerSubject) throws(IntakeError) -> Int {
    let (condition, value) =
      switch whom {
      case .messageID(let id): ("message_id = ?", id)
      case .sender(let address): ("lower(sender) = lower(?)", address)
      case .recipient(let address): ("lower(recipient) = lower(?)", address)
      }
    return try write { db in
      try db.execute(
        sql: """
          UPDATE record SET sender = NULL, recipient = NULL, message_id = NULL, salt = ''
          WHERE \(condition)
          """, arguments: [value])
      return db.changesCount
    }
  }

  // MARK: Outbox

  func claim(
    _ limit: Int, now: Int64, lease: Int64
  ) throws(IntakeError) -> [OutboxRow] {
    try write { db in
      try Row.fetchAll(
        db,
        sql: """
          UPDATE outbox SET due = ?, attempts = attempts + 1 WHERE sequence IN
          (SELECT sequence FROM outbox WHERE due <= ? ORDER BY sequence LIMIT ?)
          RETURNING sequence, digest, body, attempts - 1 AS attempts, recorded_at
          """, arguments: [now + lease, now, limit]
      ).map { row in
        OutboxRow(
          sequence: row["sequence"], idempotencyKey: row["digest"], body: row["body"],
          attempts: row["attempts"], recordedAt: row["recorded_at"])
      }
      .sorted { $0.sequence < $1.sequence }
    }
  }

  func complete(_ row: OutboxRow) throws(IntakeError) {
    try write { db in
      try db.execute(sql: "DELETE FROM outbox WHERE sequence = ?", arguments: [row.sequence])
    }
  }

  func postpone(_ row: OutboxRow, until due: Int64) throws(IntakeError) {
    try write { db in
      try db.execute(
        sql: "UPDATE outbox SET due = ? WHERE sequence = ?", arguments: [due, row.sequence])
    }
  }

  func outboxDepth() throws(IntakeError) -> Int {
    try read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM outbox") ?? 0 }
  }

  // MARK: Access

  func read<Value>(_ body: (Database) throws -> Value) throws(IntakeError) -> Value {
    try run { queue in try queue.read(body) }
  }

  /// A transaction that takes the write lock at its beginning: read first and locked later, two
  /// processes would each wait for the other.
  func write<Value>(_ body: (Database) throws -> Value) throws(IntakeError) -> Value {
    try run { queue in
      try queue.writeWithoutTransaction { db in
        var value: Value?
        try db.inTransaction(.immediate) {
          value = try body(db)
          return .commit
        }
        guard let value else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
        return value
      }
    }
  }

  private func run<Value>(
    _ body: (DatabaseQueue) throws -> Value
  ) throws(IntakeError) -> Value {
    do {
      return try body(queue)
    } catch let error as IntakeError {
      throw error
    } catch {
      throw Self.failure(path, error)
    }
  }

  private static func failure(_ path: String, _ error: any Error) -> IntakeError {
    guard let error = error as? DatabaseError else {
      return IntakeError(.ledger, place: path, message: "the ledger cannot be used: \(error)")
    }
    // Not the statement and its arguments, which hold addresses.
    let help =
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: "another process holds it; try again"
      case .SQLITE_FULL: "its disk is full; make room"
      case .SQLITE_CORRUPT, .SQLITE_NOTADB:
        "it is damaged; put it aside with its -wal file and start a new one"
      default: "check its permissions, its folder's and its disk"
      }
    return IntakeError(
      .ledger, place: path,
      message: "the ledger cannot be used: \(error.message ?? "error \(error.resultCode)"); \(help)"
    )
  }
}
