/// Mails in queues, and messages on which processes ended.
extension PostgresLedger {
  func take(
    _ limit: Int, bytes: Int, from queue: String, now: Int64?, lease: Int64
  ) throws(IntakeError) -> [TakenMessage] {
    let token = QueueTicket.makeToken()
    let columns = PostgresSchema.columns.split(separator: ",")
      .map { "record.\($0.filter { $0 != " " && $0 != "\n" })" }.joined(separator: ", ")
    // Mails that another is taking are passed over rather than waited for; what is free is found
    // once, so that the limit holds whatever plan the server makes.
    return try use { connection throws(PostgresConnection.Failure) in
      let now = try Self.clock(now, connection)
      return try connection.run(
        """
        WITH free AS MATERIALIZED
          (SELECT sequence, length(body) AS size FROM queued WHERE queue = $1 AND due <= $2
           ORDER BY sequence LIMIT $3 FOR UPDATE SKIP LOCKED),
        chosen AS MATERIALIZED
          (SELECT sequence, sum(size) OVER (ORDER BY sequence) - size AS before FROM free),
        taken AS
          (UPDATE queued SET due = $4, attempts = attempts + 1, token = $5
           WHERE sequence IN (SELECT sequence FROM chosen WHERE before < $6)
           RETURNING sequence, attempts, body)
        SELECT \(columns), taken.attempts, taken.body FROM taken JOIN record USING (sequence)
        ORDER BY record.sequence
        """, [queue, "\(now)", "\(limit)", "\(now + lease)", token, "\(bytes)"]
      ).values.map { row throws(PostgresConnection.Failure) in
        guard row.count == 23, let body = row[22].flatMap(PostgresBytes.bytes) else {
          throw PostgresConnection.Failure(state: "XX001", message: "a mail is damaged")
        }
        let record = try PostgresSchema.record(Array(row[..<21]))
        return TakenMessage(
          ticket: QueueTicket(sequence: record.sequence, token: token), record: record,
          attempts: try PostgresSchema.number(row[21]) - 1, message: body)
      }
    }
  }

  func acknowledge(_ ticket: QueueTicket) throws(IntakeError) -> Bool {
    try use { connection throws(PostgresConnection.Failure) in
      try connection.run(
        "DELETE FROM queued WHERE sequence = $1 AND token = $2",
        ["\(ticket.sequence)", ticket.token]
      ).changed > 0
    }
  }

  func release(_ ticket: QueueTicket, until due: Int64) throws(IntakeError) -> Bool {
    try use { connection throws(PostgresConnection.Failure) in
      try connection.run(
        "UPDATE queued SET due = $3, token = '' WHERE sequence = $1 AND token = $2",
        ["\(ticket.sequence)", ticket.token, "\(due)"]
      ).changed > 0
    }
  }

  func queueDepths(now: Int64?) throws(IntakeError) -> [QueueDepth] {
    try use { connection throws(PostgresConnection.Failure) in
      let now = try Self.clock(now, connection)
      return try connection.run(
        """
        SELECT queued.queue, count(*) FILTER (WHERE due <= $1), count(*), min(received_at)
        FROM queued JOIN record USING (sequence) GROUP BY queued.queue ORDER BY queued.queue
        """, ["\(now)"]
      ).values.map { row throws(PostgresConnection.Failure) in
        let waiting = try PostgresSchema.number(row[1])
        return QueueDepth(
          queue: row[0] ?? "", waiting: waiting,
          taken: try PostgresSchema.number(row[2]) - waiting,
          oldest: Int64(try PostgresSchema.number(row[3])))
      }
    }
  }

  /// The time that was given, or that of the server: hosts' clocks differ.
  private static func clock(
    _ given: Int64?, _ connection: PostgresConnection
  ) throws(PostgresConnection.Failure) -> Int64 {
    if let given { return given }
    let answer = try connection.run("SELECT floor(extract(epoch FROM clock_timestamp()))::bigint")
    return Int64(try PostgresSchema.number(answer.values.first?.first ?? nil))
  }

  // MARK: Attempts

  func addAttempts(_ messages: [String], now: Int64) throws(IntakeError) {
    _ = try use { connection throws(PostgresConnection.Failure) in
      try connection.transaction { () throws(PostgresConnection.Failure) in
        // In one order everywhere: two hosts that start would wait for each other otherwise.
        for message in messages.sorted() {
          try connection.run(
            """
            INSERT INTO attempt (message, count, last) VALUES ($1, 1, $2)
            ON CONFLICT (message) DO UPDATE SET count = attempt.count + 1, last = excluded.last
            """, [message, "\(now)"])
        }
      }
    }
  }

  func attempts(of message: String) throws(IntakeError) -> Int {
    try use { connection throws(PostgresConnection.Failure) in
      let rows = try connection.run("SELECT count FROM attempt WHERE message = $1", [message])
      return try rows.values.first.map { row throws(PostgresConnection.Failure) in
        try PostgresSchema.number(row[0])
      } ?? 0
    }
  }

  func clearAttempts(of message: String) throws(IntakeError) {
    _ = try use { connection throws(PostgresConnection.Failure) in
      try connection.run("DELETE FROM attempt WHERE message = $1", [message])
    }
  }

  func clearAttempts(before time: Int64) throws(IntakeError) {
    _ = try use { connection throws(PostgresConnection.Failure) in
      try connection.run("DELETE FROM attempt WHERE last < $1", ["\(time)"])
    }
  }
}
