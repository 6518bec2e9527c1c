internal import GRDB

/// The tables.
///
/// Senders, subjects, ticket numbers and earlier messages are there as keyed digests only. In plain
/// are a message's own id, by which a person finds the mail, and what heard decided.
enum CaseSchema {
  /// Marks the file as ours: `HRDC`.
  static let applicationID: Int32 = 0x4852_4443

  /// The version of the tables.
  static let version: Int32 = 1

  /// What the file is: one look at all of it, in a transaction of the caller's.
  enum State {
    case empty
    case ready
    case newer
    case foreign
  }

  static func state(_ db: Database) throws -> State {
    let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    if id == applicationID { return version > self.version ? .newer : .ready }
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    return id == 0 && version == 0 && tables == 0 ? .empty : .foreign
  }

  /// Makes the tables; both numbers are part of the transaction, as the tables are.
  static func create(_ db: Database) throws {
    try db.execute(
      sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version); \(tables)")
  }

  private static let tables = """
    CREATE TABLE setting (name TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL) WITHOUT ROWID;

    CREATE TABLE conversation (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      queue TEXT NOT NULL,
      anger INTEGER NOT NULL,
      contacts INTEGER NOT NULL,
      handOvers INTEGER NOT NULL,
      last INTEGER NOT NULL);

    -- `before…` is what was known before the message: a redelivery is answered from it.
    CREATE TABLE message (
      digest BLOB PRIMARY KEY NOT NULL,
      conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
      sender BLOB NOT NULL,
      name TEXT NOT NULL,
      received INTEGER NOT NULL,
      queue TEXT NOT NULL,
      anger INTEGER NOT NULL,
      beforeContacts INTEGER,
      beforeQueue TEXT,
      beforeTrend TEXT,
      beforeHandOvers INTEGER) WITHOUT ROWID;
    CREATE INDEX messageByConversation ON message (conversation, received);
    CREATE INDEX messageBySender ON message (sender);
    CREATE INDEX messageByTime ON message (received);
    CREATE INDEX messageByName ON message (name);

    -- What leads to a conversation: digests of message ids, tickets, subject and sender, and of the
    -- names of records.
    CREATE TABLE link (
      key BLOB NOT NULL,
      message BLOB NOT NULL REFERENCES message ON DELETE CASCADE,
      conversation INTEGER NOT NULL,
      PRIMARY KEY (key, message)) WITHOUT ROWID;
    CREATE INDEX linkByMessage ON link (message);

    CREATE TABLE deadline (
      message BLOB NOT NULL REFERENCES message ON DELETE CASCADE,
      regime TEXT NOT NULL,
      step TEXT NOT NULL,
      due INTEGER NOT NULL,
      extended INTEGER,
      zone TEXT NOT NULL,
      meetsBy TEXT NOT NULL,
      onSilence TEXT NOT NULL,
      isExtended INTEGER NOT NULL DEFAULT 0,
      isDone INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (message, regime, step)) WITHOUT ROWID;
    CREATE INDEX deadlineByTime ON deadline (isDone, due);

    CREATE TABLE reminder (
      message BLOB NOT NULL,
      regime TEXT NOT NULL,
      step TEXT NOT NULL,
      at INTEGER NOT NULL,
      isSent INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (message, regime, step, at),
      FOREIGN KEY (message, regime, step) REFERENCES deadline ON DELETE CASCADE)
      WITHOUT ROWID;
    CREATE INDEX reminderByTime ON reminder (isSent, at);
    """
}
