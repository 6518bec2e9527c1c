/// The tables of a ledger in PostgreSQL, in a schema `heard`, and rows to records and back.
enum PostgresSchema {
  private typealias Failure = PostgresConnection.Failure

  /// Columns of a record, in the order of ``insert(_:_:)``.
  static let columns = """
    sequence, previous, digest, personal_digest, salt, key, message, size, received_at, status, \
    queue, file, maildir, host, lexicon, policy, version, decision, sender, recipient, message_id
    """

  /// The form of the tables.
  static let version = 2

  /// Settles how to work on a connection, and makes what is missing.
  ///
  /// - Parameter patience: milliseconds to wait for a lock.
  static func prepare(
    _ connection: PostgresConnection, patience: Int
  ) throws(PostgresConnection.Failure) {
    try connection.run("SET search_path = heard")
    try connection.run("SET lock_timeout = \(max(1, patience))")
    try connection.run("SET statement_timeout = \(max(1, patience) + 20_000)")
    // Never less than the disk, whatever the server's default.
    try connection.run("SET synchronous_commit = on")
    try connection.run("SET client_encoding = 'UTF8'")
    try connection.run("SET bytea_output = 'hex'")
    if try version(connection) == version { return }
    try connection.transaction { () throws(PostgresConnection.Failure) in
      // Two hosts that start at the same time make the tables once.
      try connection.run("SELECT pg_advisory_xact_lock(4738291)")
      let found = try version(connection)
      guard (0...version).contains(found) else {
        throw PostgresConnection.Failure(
          state: "0A000",
          message: "its form is \(found), and this version of heard knows \(version)")
      }
      if found < 1 { for statement in tables { try connection.run(statement) } }
      if found < 2 { for statement in queueTables { try connection.run(statement) } }
    }
  }

  /// The form of the tables; 0 when there are none.
  private static func version(
    _ connection: PostgresConnection
  ) throws(PostgresConnection.Failure) -> Int {
    let exists = try connection.run("SELECT to_regclass('heard.form')").values
    guard exists.first?.first != .some(nil) else { return 0 }
    return try number(connection.run("SELECT version FROM form").values.first?.first ?? nil)
  }

  private static let tables = [
    "CREATE SCHEMA IF NOT EXISTS heard",
    """
    CREATE TABLE record (
      sequence bigint PRIMARY KEY, previous text NOT NULL, digest text NOT NULL,
      personal_digest text NOT NULL, salt text NOT NULL, key text NOT NULL UNIQUE,
      message text NOT NULL, size bigint NOT NULL, received_at bigint NOT NULL,
      status text NOT NULL, queue text NOT NULL, file text NOT NULL, maildir text NOT NULL,
      host text NOT NULL, lexicon text NOT NULL, policy text NOT NULL, version text NOT NULL,
      decision text NOT NULL, sender text, recipient text, message_id text)
    """,
    "CREATE INDEX record_file ON record (file)",
    "CREATE INDEX record_message_id ON record (message_id)",
    "CREATE TABLE pending (sequence bigint PRIMARY KEY, host text NOT NULL)",
    """
    CREATE TABLE outbox (
      sequence bigint PRIMARY KEY, digest text NOT NULL, body text NOT NULL,
      attempts bigint NOT NULL, due bigint NOT NULL, recorded_at bigint NOT NULL)
    """,
    "CREATE TABLE anchor (sequence bigint NOT NULL, digest text NOT NULL)",
    "INSERT INTO anchor VALUES (0, '')",
    "CREATE TABLE head (sequence bigint NOT NULL, digest text NOT NULL)",
    "INSERT INTO head VALUES (0, '')",
    """
    CREATE FUNCTION record_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN RAISE EXCEPTION 'records do not change'; END $body$
    """,
    """
    CREATE TRIGGER record_is_immutable BEFORE UPDATE OF
      sequence, previous, digest, personal_digest, key, message, size, received_at, status, queue,
      file, maildir, host, lexicon, policy, version, decision ON record
      FOR EACH ROW EXECUTE FUNCTION record_is_immutable()
    """,
    """
    CREATE FUNCTION record_goes_from_the_end() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
      IF OLD.sequence > (SELECT sequence FROM heard.anchor) THEN
        RAISE EXCEPTION 'records go from the oldest end';
      END IF;
      RETURN OLD;
    END $body$
    """,
    """
    CREATE TRIGGER record_goes_from_the_end BEFORE DELETE ON record
      FOR EACH ROW EXECUTE FUNCTION record_goes_from_the_end()
    """,
    "CREATE TABLE form (version bigint NOT NULL)",
    "INSERT INTO form VALUES (1)",
  ]

  /// What form 2 has besides: mails in queues, and messages on which processes ended.
  private static let queueTables = [
    """
    CREATE TABLE queued (
      sequence bigint PRIMARY KEY, queue text NOT NULL, body bytea NOT NULL, due bigint NOT NULL,
      attempts bigint NOT NULL, token text NOT NULL)
    """,
    "CREATE INDEX queued_queue ON queued (queue, sequence)",
    "CREATE TABLE attempt (message text PRIMARY KEY, count bigint NOT NULL, last bigint NOT NULL)",
    "UPDATE form SET version = 2",
  ]

  /// What tells the ledger from others; made when nobody has asked yet.
  ///
  /// A table of its own: versions of heard that do not know it go on with the ledger.
  static func identity(
    _ connection: PostgresConnection
  ) throws(PostgresConnection.Failure) -> String {
    func stored() throws(PostgresConnection.Failure) -> String? {
      let exists = try connection.run("SELECT to_regclass('heard.identity')").values
      guard exists.first?.first != .some(nil) else { return nil }
      return try connection.run("SELECT id FROM identity").values.first?.first ?? nil
    }
    if let identity = try stored() { return identity }
    return try connection.transaction { () throws(PostgresConnection.Failure) in
      try connection.run("SELECT pg_advisory_xact_lock(4738291)")
      if let identity = try stored() { return identity }
      let identity = LedgerChain.makeIdentity()
      try connection.run("CREATE TABLE IF NOT EXISTS identity (id text NOT NULL)")
      try connection.run("INSERT INTO identity VALUES ($1)", [identity])
      return identity
    }
  }

  static func insert(
    _ record: LedgerRecord, _ connection: PostgresConnection
  ) throws(PostgresConnection.Failure) {
    let entry = record.entry
    let marks = (1...21).map { "$\($0)" }.joined(separator: ", ")
    try connection.run(
      "INSERT INTO record (\(columns)) VALUES (\(marks))",
      [
        "\(record.sequence)", record.previous, record.digest, record.personalDigest, record.salt,
        entry.key, entry.message, "\(entry.size)", "\(entry.receivedAt)", entry.status.rawValue,
        entry.queue, entry.file, entry.maildir, entry.host, entry.lexicon, entry.policy,
        entry.version, entry.decision, entry.personal?.sender, entry.personal?.recipient,
        entry.personal?.messageID,
      ])
    try connection.run(
      "UPDATE head SET sequence = $1, digest = $2", ["\(record.sequence)", record.digest])
  }

  /// A row as a record.
  static func record(_ row: [String?]) throws(PostgresConnection.Failure) -> LedgerRecord {
    guard row.count == 21, let status = row[9].flatMap(MessageStatus.init(rawValue:)) else {
      throw PostgresConnection.Failure(state: "XX001", message: "a record is damaged")
    }
    func text(_ column: Int) -> String { row[column] ?? "" }
    var personal: LedgerEntry.Personal?
    if let sender = row[18], let recipient = row[19], let messageID = row[20] {
      personal = LedgerEntry.Personal(sender: sender, recipient: recipient, messageID: messageID)
    }
    return LedgerRecord(
      sequence: try number(row[0]), previous: text(1), digest: text(2), personalDigest: text(3),
      salt: text(4),
      entry: LedgerEntry(
        key: text(5), message: text(6), size: try number(row[7]),
        receivedAt: Int64(try number(row[8])), status: status, queue: text(10), file: text(11),
        maildir: text(12), host: text(13), lexicon: text(14), policy: text(15),
        version: text(16), decision: text(17), personal: personal))
  }

  /// An end of the chain.
  static func place(
    _ table: String, _ connection: PostgresConnection
  ) throws(PostgresConnection.Failure) -> LedgerHead {
    guard let row = try connection.run("SELECT sequence, digest FROM \(table)").values.first else {
      throw PostgresConnection.Failure(
        state: "XX001", message: "the ends of the chain are missing")
    }
    return LedgerHead(sequence: try number(row[0]), digest: row[1] ?? "")
  }

  static func number(_ text: String?) throws(PostgresConnection.Failure) -> Int {
    guard let number = text.flatMap({ Int($0) }) else {
      throw PostgresConnection.Failure(state: "XX001", message: "a number is missing")
    }
    return number
  }
}
