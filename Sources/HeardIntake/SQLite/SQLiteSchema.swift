internal import GRDB

/// The tables of a SQLite ledger, and rows to records and back.
enum SQLiteSchema {
  /// The version in `user_version`.
  static let version = 2

  /// Columns of a record, in the order of ``insert(_:_:)``.
  static let columns = """
    sequence, previous, digest, personal_digest, salt, key, message, size, received_at, status, \
    queue, file, maildir, host, lexicon, policy, version, decision, sender, recipient, message_id
    """

  /// Switches to the write-ahead log and makes what is missing.
  static func prepare(_ db: Database) throws {
    let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
    if mode != "wal" {
      let now = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
      guard now == "wal" else {
        throw DatabaseError(
          resultCode: .SQLITE_CANTOPEN, message: "the write-ahead log cannot be used here")
      }
    }
    if try userVersion(db) == version { return }
    try db.inTransaction(.immediate) {
      let found = try userVersion(db)
      guard (0...version).contains(found) else {
        throw DatabaseError(
          resultCode: .SQLITE_MISMATCH,
          message: "its form is \(found), and this version of heard knows \(version)")
      }
      if found < 1 { try db.execute(sql: tables) }
      if found < 2 { try db.execute(sql: queueTables) }
      return .commit
    }
  }

  private static func userVersion(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
  }

  private static let tables = """
    CREATE TABLE record (
      sequence INTEGER PRIMARY KEY, previous TEXT NOT NULL, digest TEXT NOT NULL,
      personal_digest TEXT NOT NULL, salt TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
      message TEXT NOT NULL, size INTEGER NOT NULL, received_at INTEGER NOT NULL,
      status TEXT NOT NULL, queue TEXT NOT NULL, file TEXT NOT NULL, maildir TEXT NOT NULL,
      host TEXT NOT NULL, lexicon TEXT NOT NULL, policy TEXT NOT NULL, version TEXT NOT NULL,
      decision TEXT NOT NULL, sender TEXT, recipient TEXT, message_id TEXT) STRICT;
    CREATE INDEX record_file ON record (file);
    CREATE INDEX record_message_id ON record (message_id);
    CREATE TABLE pending (sequence INTEGER PRIMARY KEY, host TEXT NOT NULL) STRICT;
    CREATE TABLE outbox (
      sequence INTEGER PRIMARY KEY, digest TEXT NOT NULL, body TEXT NOT NULL,
      attempts INTEGER NOT NULL, due INTEGER NOT NULL, recorded_at INTEGER NOT NULL) STRICT;
    CREATE TABLE anchor (
      one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, digest TEXT NOT NULL)
      STRICT;
    INSERT INTO anchor VALUES (1, 0, '');
    CREATE TABLE head (
      one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, digest TEXT NOT NULL)
      STRICT;
    INSERT INTO head VALUES (1, 0, '');
    CREATE TRIGGER record_is_immutable BEFORE UPDATE OF
      sequence, previous, digest, personal_digest, key, message, size, received_at, status, queue,
      file, maildir, host, lexicon, policy, version, decision ON record
      BEGIN SELECT RAISE(ABORT, 'records do not change'); END;
    CREATE TRIGGER record_goes_from_the_end BEFORE DELETE ON record
      WHEN OLD.sequence > (SELECT sequence FROM anchor)
      BEGIN SELECT RAISE(ABORT, 'records go from the oldest end'); END;
    """

  /// What form 2 has besides: mails in queues, and messages on which processes ended.
  private static let queueTables = """
    CREATE TABLE queued (
      sequence INTEGER PRIMARY KEY, queue TEXT NOT NULL, body BLOB NOT NULL, due INTEGER NOT NULL,
      attempts INTEGER NOT NULL, token TEXT NOT NULL) STRICT;
    CREATE INDEX queued_queue ON queued (queue, sequence);
    CREATE TABLE attempt (
      message TEXT PRIMARY KEY, count INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
    PRAGMA user_version = 2;
    """

  static func insert(_ record: LedgerRecord, _ db: Database) throws {
    let entry = record.entry
    let marks = Array(repeating: "?", count: 21).joined(separator: ", ")
    try db.execute(
      sql: "INSERT INTO record (\(columns)) VALUES (\(marks))",
      arguments: [
        record.sequence, record.previous, record.digest, record.personalDigest, record.salt,
        entry.key, entry.message, entry.size, entry.receivedAt, entry.status.rawValue,
        entry.queue, entry.file, entry.maildir, entry.host, entry.lexicon, entry.policy,
        entry.version, entry.decision, entry.personal?.sender, entry.personal?.recipient,
        entry.personal?.messageID,
      ])
    try db.execute(
      sql: "UPDATE head SET sequence = ?, digest = ?", arguments: [record.sequence, record.digest])
  }

  /// A row as a record; a status that is none is damage.
  static func record(_ row: Row) throws -> LedgerRecord {
    guard let status = MessageStatus(rawValue: row["status"]) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a record has an unknown status")
    }
    var personal: LedgerEntry.Personal?
    if let sender: String = row["sender"], let recipient: String = row["recipient"],
      let messageID: String = row["message_id"]
    {
      personal = LedgerEntry.Personal(sender: sender, recipient: recipient, messageID: messageID)
    }
    return LedgerRecord(
      sequence: row["sequence"], previous: row["previous"], digest: row["digest"],
      personalDigest: row["personal_digest"], salt: row["salt"],
      entry: LedgerEntry(
        key: row["key"], message: row["message"], size: row["size"],
        receivedAt: row["received_at"], status: status, queue: row["queue"], file: row["file"],
        maildir: row["maildir"], host: row["host"], lexicon: row["lexicon"],
        policy: row["policy"], version: row["version"], decision: row["decision"],
        personal: personal))
  }

  static func head(_ db: Database) throws -> LedgerHead {
    try place("SELECT sequence, digest FROM head", db)
  }

  static func anchor(_ db: Database) throws -> LedgerHead {
    try place("SELECT sequence, digest FROM anchor", db)
  }

  private static func place(_ sql: String, _ db: Database) throws -> LedgerHead {
    guard let row = try Row.fetchOne(db, sql: sql) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the ends of the chain are missing")
    }
    return LedgerHead(sequence: row["sequence"], digest: row["digest"])
  }

  /// What tells the ledger from others; nil when nobody has asked yet.
  static func identity(_ db: Database) throws -> String? {
    let isThere = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'identity')")
    guard isThere == true else { return nil }
    return try String.fetchOne(db, sql: "SELECT id FROM identity")
  }

  /// Gives the ledger an identity, unless another process was first.
  ///
  /// A table of its own: versions of heard that do not know it go on with the ledger.
  static func makeIdentity(_ db: Database) throws -> String {
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS identity (
          one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT
        """)
    try db.execute(
      sql: "INSERT OR IGNORE INTO identity VALUES (1, ?)", arguments: [LedgerChain.makeIdentity()])
    guard let identity = try identity(db) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the ledger's identity is missing")
    }
    return identity
  }

  /// Removes records up to `last`, which the chain begins behind from now on.
  static func cut(to last: LedgerHead, _ db: Database) throws {
    try db.execute(
      sql: "UPDATE anchor SET sequence = ?, digest = ?", arguments: [last.sequence, last.digest])
    try db.execute(sql: "DELETE FROM record WHERE sequence <= ?", arguments: [last.sequence])
  }
}
