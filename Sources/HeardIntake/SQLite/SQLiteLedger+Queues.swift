internal import FoundationEssentials
internal import GRDB
internal import Glibc

/// Mails in queues, and messages on which processes ended.
extension SQLiteLedger {
  func take(
    _ limit: Int, bytes: Int, from queue: String, now: Int64?, lease: Int64
  ) throws(IntakeError) -> [TakenMessage] {
    let now = now ?? Int64(time(nil))
    let token = QueueTicket.makeToken()
    return try write { db in
      let numbers = try Int.fetchAll(
        db,
        sql: """
          UPDATE queued SET due = ?, attempts = attempts + 1, token = ? WHERE sequence IN
          (SELECT sequence FROM
            (SELECT sequence, sum(length(body)) OVER (ORDER BY sequence) - length(body) AS before
             FROM queued WHERE queue = ? AND due <= ? ORDER BY sequence LIMIT ?)
           WHERE before < ?)
          RETURNING sequence
          """, arguments: [now + lease, token, queue, now, limit, bytes])
      return try numbers.sorted().compactMap { sequence in
        guard
          let row = try Row.fetchOne(
            db,
            sql: """
              SELECT \(SQLiteSchema.columns) FROM record WHERE sequence = ?
              """, arguments: [sequence]),
          let mail = try Row.fetchOne(
            db, sql: "SELECT body, attempts FROM queued WHERE sequence = ?", arguments: [sequence])
        else { return nil }
        let body: Data = mail["body"]
        let attempts: Int = mail["attempts"]
        return TakenMessage(
          ticket: QueueTicket(sequence: sequence, token: token),
          record: try SQLiteSchema.record(row), attempts: attempts - 1, message: Array(body))
      }
    }
  }

  func acknowledge(_ ticket: QueueTicket) throws(IntakeError) -> Bool {
    try write { db in
      try db.execute(
        sql: "DELETE FROM queued WHERE sequence = ? AND token = ?",
        arguments: [ticket.sequence, ticket.token])
      return db.changesCount > 0
    }
  }

  func release(_ ticket: QueueTicket, until due: Int64) throws(IntakeError) -> Bool {
    try write { db in
      try db.execute(
        sql: "UPDATE queued SET due = ?, token = '' WHERE sequence = ? AND token = ?",
        arguments: [due, ticket.sequence, ticket.token])
      return db.changesCount > 0
    }
  }

  func queueDepths(now: Int64?) throws(IntakeError) -> [QueueDepth] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT queued.queue AS name, sum(due <= ?) AS waiting, count(*) AS total,
            min(received_at) AS oldest
          FROM queued JOIN record USING (sequence) GROUP BY queued.queue ORDER BY queued.queue
          """, arguments: [now ?? Int64(time(nil))]
      ).map { row in
        let waiting: Int = row["waiting"]
        let total: Int = row["total"]
        return QueueDepth(
          queue: row["name"], waiting: waiting, taken: total - waiting, oldest: row["oldest"])
      }
    }
  }

  // MARK: Attempts

  func addAttempts(_ messages: [String], now: Int64) throws(IntakeError) {
    try write { db in
      for message in messages {
        try db.execute(
          sql: """
            INSERT INTO attempt (message, count, last) VALUES (?, 1, ?)
            ON CONFLICT (message) DO UPDATE SET count = count + 1, last = excluded.last
            """, arguments: [message, now])
      }
    }
  }

  func attempts(of message: String) throws(IntakeError) -> Int {
    try read { db in
      try Int.fetchOne(
        db, sql: "SELECT count FROM attempt WHERE message = ?", arguments: [message]) ?? 0
    }
  }

  func clearAttempts(of message: String) throws(IntakeError) {
    try write { db in
      try db.execute(sql: "DELETE FROM attempt WHERE message = ?", arguments: [message])
    }
  }

  func clearAttempts(before time: Int64) throws(IntakeError) {
    try write { db in
      try db.execute(sql: "DELETE FROM attempt WHERE last < ?", arguments: [time])
    }
  }
}
