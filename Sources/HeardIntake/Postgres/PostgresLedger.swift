internal import Synchronization

/// A ledger in PostgreSQL, for several hosts that take mails in.
///
/// Each host files in its own Maildir; what one host has recorded, no other files again.
final class PostgresLedger: Ledger {
  /// The connection, made again when it was lost.
  private struct State {
    var connection: HeldConnection?
  }

  /// Not shared: only used while the lock is held.
  private struct HeldConnection: @unchecked Sendable {
    let connection: PostgresConnection
  }

  private let state: Mutex<State>
  private let url: String
  private let patience: Int
  /// What names the ledger in errors: the URL without a password.
  private let place: String

  /// Connects, and makes the tables when they are missing.
  ///
  /// - Parameter patience: milliseconds to wait for a lock.
  init(url: String, patience: Int) throws(IntakeError) {
    self.url = url
    self.patience = patience
    place = Self.withoutPassword(url)
    state = Mutex(State())
    try use { _ throws(PostgresConnection.Failure) in }
  }

  func find(key: String) throws(IntakeError) -> LedgerRecord? {
    try records("WHERE key = $1", [key]).first
  }

  func isPending(_ sequence: Int) throws(IntakeError) -> Bool {
    try use { connection throws(PostgresConnection.Failure) in
      try !connection.run("SELECT 1 FROM pending WHERE sequence = $1", ["\(sequence)"])
        .values.isEmpty
    }
  }

  func append(
    _ entry: LedgerEntry, message: [UInt8]?, fillsOutbox: Bool
  ) throws(IntakeError) -> LedgerOutcome {
    try change { connection throws(PostgresConnection.Failure) in
      let known = try connection.run(
        "SELECT \(PostgresSchema.columns) FROM record WHERE key = $1", [entry.key])
      if let row = known.values.first { return .known(try PostgresSchema.record(row)) }
      let record = LedgerChain.record(
        entry, after: try PostgresSchema.place("head", connection))
      try PostgresSchema.insert(record, connection)
      if !entry.file.isEmpty {
        try connection.run(
          "INSERT INTO pending (sequence, host) VALUES ($1, $2)",
          ["\(record.sequence)", entry.host])
      }
      if let message {
        try connection.run(
          """
          INSERT INTO queued (sequence, queue, body, due, attempts, token)
          VALUES ($1, $2, $3, 0, 0, '')
          """, ["\(record.sequence)", entry.queue, PostgresBytes.text(message)])
      }
      if fillsOutbox {
        try connection.run(
          """
          INSERT INTO outbox (sequence, digest, body, attempts, due, recorded_at)
          VALUES ($1, $2, $3, 0, 0, $4)
          """,
          [
            "\(record.sequence)", record.digest, OutboxBody.json(record), "\(entry.receivedAt)",
          ])
      }
      return .recorded(record)
    }
  }

  func settle(_ sequence: Int) throws(IntakeError) {
    try use { connection throws(PostgresConnection.Failure) in
      try connection.transaction { () throws(PostgresConnection.Failure) in
        // Forgotten in a power cut it is found out again, so nobody waits for the disk.
        try connection.run("SET LOCAL synchronous_commit = off")
        try connection.run("DELETE FROM pending WHERE sequence = $1", ["\(sequence)"])
      }
    }
  }

  func pending(host: String, maildir: String?) throws(IntakeError) -> [PendingFile] {
    try use { connection throws(PostgresConnection.Failure) in
      try connection.run(
        """
        SELECT sequence, pending.host, received_at, maildir, queue, file
        FROM pending JOIN record USING (sequence)
        WHERE pending.host = $1 OR maildir = $2 ORDER BY sequence LIMIT 10000
        """, [host, maildir]
      ).values.map { row throws(PostgresConnection.Failure) in
        PendingFile(
          sequence: try PostgresSchema.number(row[0]), host: row[1] ?? "",
          receivedAt: Int64(try PostgresSchema.number(row[2])), maildir: row[3] ?? "",
          queue: row[4] ?? "", file: row[5] ?? "")
      }
    }
  }

  func identity() throws(IntakeError) -> String {
    try use(PostgresSchema.identity)
  }

  func names(file: String, queue: String) throws(IntakeError) -> Bool {
    try use { connection throws(PostgresConnection.Failure) in
      try !connection.run(
        "SELECT 1 FROM record WHERE file = $1 AND queue = $2 LIMIT 1", [file, queue]
      ).values.isEmpty
    }
  }

  func records(
    after sequence: Int, limit: Int
  ) throws(IntakeError) -> [LedgerRecord] {
    try records("WHERE sequence > $1 ORDER BY sequence LIMIT $2", ["\(sequence)", "\(limit)"])
  }

  private func records(_ clause: String, _ values: [String]) throws(IntakeError) -> [LedgerRecord] {
    try use { connection throws(PostgresConnection.Failure) in
      try connection.run("SELECT \(PostgresSchema.columns) FROM record \(clause)", values)
        .values.map(PostgresSchema.record)
    }
  }

  func head() throws(IntakeError) -> LedgerHead {
    try use { connection throws(PostgresConnection.Failure) in
      try PostgresSchema.place("head", connection)
    }
  }

  func anchor() throws(IntakeError) -> LedgerHead {
    try use { connection throws(PostgresConnection.Failure) in
      try PostgresSchema.place("anchor", connection)
    }
  }

  func prune(
    _ retention: Retention, now: Int64, limit: Int
  ) throws(IntakeError) -> Int {
    try change { connection throws(PostgresConnection.Failure) in
      let head = try PostgresSchema.place("head", connection)
      let anchor = try PostgresSchema.place("anchor", connection)
      let rows = try connection.run(
        """
        SELECT sequence, digest, received_at FROM record WHERE sequence > $1
        AND NOT EXISTS (SELECT 1 FROM pending WHERE pending.sequence = record.sequence)
        AND NOT EXISTS (SELECT 1 FROM queued WHERE queued.sequence = record.sequence)
        ORDER BY sequence LIMIT $2
        """, ["\(anchor.sequence)", "\(limit)"]
      ).values.map { row throws(PostgresConnection.Failure) in
        Retention.Candidate(
          sequence: try PostgresSchema.number(row[0]), digest: row[1] ?? "",
          receivedAt: Int64(try PostgresSchema.number(row[2])))
      }
      let last = retention.cut(rows, head: head, anchor: anchor, now: now)
      guard last.sequence > anchor.sequence else { return 0 }
      try connection.run(
        "UPDATE anchor SET sequence = $1, digest = $2", ["\(last.sequence)", last.digest])
      try connection.run("DELETE FROM record WHERE sequence <= $1", ["\(last.sequence)"])
      return last.sequence - anchor.sequence
    }
  }

  func forget(_ whom: LedgerSubject) throws(IntakeError) -> Int {
    let (condition, value) =
      switch whom {
      case .messageID(let id): ("message_id = $1", id)
      case .sender(let address): ("lower(sender) = lower($1)", address)
      case .recipient(let address): ("lower(recipient) = lower($1)", address)
      }
    return try change { connection throws(PostgresConnection.Failure) in
      try connection.run(
        """
        UPDATE record SET sender = NULL, recipient = NULL, message_id = NULL, salt = ''
        WHERE \(condition)
        """, [value]
      ).changed
    }
  }

  // MARK: Outbox

  func claim(
    _ limit: Int, now: Int64, lease: Int64
  ) throws(IntakeError) -> [OutboxRow] {
    // Rows that another host is taking are passed over rather than waited for.
    try use { connection throws(PostgresConnection.Failure) in
      try connection.run(
        """
        WITH free AS MATERIALIZED
          (SELECT sequence FROM outbox WHERE due <= $2 ORDER BY sequence LIMIT $3
           FOR UPDATE SKIP LOCKED)
        UPDATE outbox SET due = $1, attempts = attempts + 1 WHERE sequence IN
          (SELECT sequence FROM free)
        RETURNING sequence, digest, body, attempts - 1, recorded_at
        """, ["\(now + lease)", "\(now)", "\(limit)"]
      ).values.map { row throws(PostgresConnection.Failure) in
        OutboxRow(
          sequence: try PostgresSchema.number(row[0]), idempotencyKey: row[1] ?? "",
          body: row[2] ?? "", attempts: try PostgresSchema.number(row[3]),
          recordedAt: Int64(try PostgresSchema.number(row[4])))
      }
      .sorted { $0.sequence < $1.sequence }
    }
  }

  func complete(_ row: OutboxRow) throws(IntakeError) {
    _ = try use { connection throws(PostgresConnection.Failure) in
      try connection.run("DELETE FROM outbox WHERE sequence = $1", ["\(row.sequence)"])
    }
  }

  func postpone(_ row: OutboxRow, until due: Int64) throws(IntakeError) {
    _ = try use { connection throws(PostgresConnection.Failure) in
      try connection.run(
        "UPDATE outbox SET due = $1 WHERE sequence = $2", ["\(due)", "\(row.sequence)"])
    }
  }

  func outboxDepth() throws(IntakeError) -> Int {
    try use { connection throws(PostgresConnection.Failure) in
      try PostgresSchema.number(
        connection.run("SELECT count(*) FROM outbox").values.first?.first ?? nil)
    }
  }

  // MARK: Access

  /// A transaction that no other changes the chain beside.
  private func change<Value>(
    _ body: (PostgresConnection) throws(PostgresConnection.Failure) -> Value
  ) throws(IntakeError) -> Value {
    try use { connection throws(PostgresConnection.Failure) in
      try connection.transaction { () throws(PostgresConnection.Failure) in
        try connection.run("SELECT sequence FROM head FOR UPDATE")
        return try body(connection)
      }
    }
  }

  func use<Value>(
    _ body: (PostgresConnection) throws(PostgresConnection.Failure) -> Value
  ) throws(IntakeError) -> Value {
    do throws(PostgresConnection.Failure) {
      return try state.withLock { state throws(PostgresConnection.Failure) -> Unsent<Value> in
        let connection: PostgresConnection
        if let held = state.connection?.connection, !held.isLost {
          connection = held
        } else {
          state.connection = nil
          connection = try PostgresConnection(url)
          try PostgresSchema.prepare(connection, patience: patience)
          state.connection = HeldConnection(connection: connection)
        }
        return Unsent(value: try body(connection))
      }.value
    } catch {
      let help =
        switch error.state {
        case "55P03", "57014": "another process holds it; try again"
        case "53100", "53200", "53300": "its server lacks room; make some"
        case "": "check its URL, and that its server runs and takes connections"
        default: "check the rights of its user"
        }
      throw IntakeError(
        .ledger, place: place,
        message: "the ledger cannot be used: \(error.message) [\(error.state)]; \(help)")
    }
  }

  /// Takes a value out of the lock; it was made there and is not shared.
  private struct Unsent<Value>: @unchecked Sendable {
    let value: Value
  }

  /// The URL without user, password and query; of one that is not as it should be, what it begins
  /// with.
  static func withoutPassword(_ url: String) -> String {
    let scheme = url.prefix { $0 != ":" }
    let base = url.dropFirst(scheme.count).prefix { $0 != "?" }
    guard base.hasPrefix("://") else { return "\(scheme):" }
    let place = base.dropFirst(3)
    if let at = place.lastIndex(of: "@") {
      return "\(scheme)://\(place[place.index(after: at)...])"
    }
    let port = place.prefix { $0 != "/" }.drop { $0 != ":" }.dropFirst()
    // What is no port may be a password whose URL lacks an @, or has it elsewhere.
    let isPlain = port.allSatisfy(\.isNumber) && !url.contains("@")
    return isPlain ? "\(scheme)://\(place)" : "\(scheme):"
  }
}
