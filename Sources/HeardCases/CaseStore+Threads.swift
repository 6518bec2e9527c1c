internal import Foundation
internal import GRDB
internal import HeardRouter

extension CaseStore {
  /// A conversation as it stands in the file.
  struct Row: Sendable {
    var id: Int64
    var queue: String
    var anger: Int
    var contacts: Int
    var handOvers: Int
  }

  /// What was known before a message that came in earlier.
  struct Known: Sendable {
    var facts: ThreadFacts?
  }

  static func known(_ keys: MessageKeys, _ db: Database) throws -> Known? {
    let row = try GRDB.Row.fetchOne(
      db,
      sql: """
        SELECT beforeContacts, beforeQueue, beforeTrend, beforeHandOvers FROM message
        WHERE digest = ?
        """, arguments: [Data(keys.message)])
    guard let row else { return nil }
    guard let contacts = row["beforeContacts"] as Int? else { return Known(facts: nil) }
    let trend = (row["beforeTrend"] as String?).flatMap(ThreadFacts.AngerTrend.init)
    return Known(
      facts: ThreadFacts(
        contacts: contacts, queue: row["beforeQueue"], trend: trend ?? .steady,
        handOvers: row["beforeHandOvers"] ?? 0))
  }

  /// The conversation that a message belongs to: the surest link decides, the newest among equals.
  static func find(_ keys: MessageKeys, received: Int64, _ db: Database) throws -> Row? {
    for key in keys.search {
      if let row = try conversation(key, since: nil, received, db) { return row }
    }
    guard let recent = keys.recent else { return nil }
    return try conversation(recent, since: received - subjectWindow, received, db)
  }

  private static func conversation(
    _ key: [UInt8], since: Int64?, _ received: Int64, _ db: Database
  ) throws -> Row? {
    try GRDB.Row.fetchOne(
      db,
      sql: """
        SELECT conversation.* FROM link JOIN conversation ON conversation.id = link.conversation
        WHERE link.key = ? AND conversation.last >= ?
        ORDER BY conversation.last DESC, conversation.id DESC LIMIT 1
        """, arguments: [Data(key), since ?? Int64.min]
    ).map {
      Row(
        id: $0["id"], queue: $0["queue"], anger: $0["anger"], contacts: $0["contacts"],
        handOvers: $0["handOvers"])
    }
  }

  static func facts(_ row: Row, anger: Int) -> ThreadFacts {
    ThreadFacts(
      contacts: row.contacts, queue: row.queue,
      trend: anger > row.anger ? .rising : anger < row.anger ? .cooling : .steady,
      handOvers: row.handOvers)
  }

  /// Takes one more message into its conversation, or begins one; its id.
  static func grow(
    _ row: Row?, _ queue: String, _ anger: Int, _ received: Int64, _ db: Database
  ) throws -> Int64 {
    guard let row else {
      try db.execute(
        sql: """
          INSERT INTO conversation (queue, anger, contacts, handOvers, last) VALUES (?, ?, 1, 0, ?)
          """, arguments: [queue, anger, received])
      return db.lastInsertedRowID
    }
    try db.execute(
      sql: """
        UPDATE conversation SET queue = ?, anger = ?, contacts = contacts + 1,
          handOvers = handOvers + ?, last = max(last, ?) WHERE id = ?
        """, arguments: [queue, anger, queue == row.queue ? 0 : 1, received, row.id])
    return row.id
  }

  /// Deletes messages, and counts again what is left of their conversations.
  static func delete(
    _ condition: String, _ arguments: StatementArguments, _ db: Database
  ) throws -> Int {
    let touched = try Int64.fetchAll(
      db, sql: "SELECT DISTINCT conversation FROM message WHERE \(condition)", arguments: arguments)
    try db.execute(sql: "DELETE FROM message WHERE \(condition)", arguments: arguments)
    let count = db.changesCount
    for id in touched {
      let left = try GRDB.Row.fetchAll(
        db,
        sql: "SELECT queue, anger, received FROM message WHERE conversation = ? ORDER BY received",
        arguments: [id])
      guard let last = left.last else {
        try db.execute(sql: "DELETE FROM conversation WHERE id = ?", arguments: [id])
        continue
      }
      let queues = left.map { $0["queue"] as String }
      let changes = zip(queues, queues.dropFirst()).filter { $0 != $1 }.count
      try db.execute(
        sql: """
          UPDATE conversation SET contacts = ?, handOvers = ?, queue = ?, anger = ?, last = ?
          WHERE id = ?
          """,
        arguments: [
          left.count, changes, last["queue"] as String, last["anger"] as Int,
          last["received"] as Int64, id,
        ])
    }
    return count
  }
}
