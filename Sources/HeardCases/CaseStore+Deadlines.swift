internal import Foundation
internal import GRDB
public import HeardRouter

extension CaseStore {
  /// What is open and due at a time or before, the earliest first.
  ///
  /// - Parameter before: seconds since 1970, UTC; nil for everything open.
  public func due(before limit: Int64? = nil) throws(CaseError) -> [DueItem] {
    try perform { db in
      try CaseStore.items(
        "deadline.isDone = 0 AND iif(deadline.isExtended, deadline.extended, deadline.due) <= ?",
        [limit ?? .max], db)
    }
  }

  /// Says that something was done: nothing of it is due any more.
  ///
  /// - Parameters:
  ///   - message: id of the message, or of any of its conversation.
  ///   - step: what was done; an answer also settles the acknowledgement.
  /// - Returns: how many clocks stopped.
  @discardableResult
  public func finish(
    _ message: String, step: DeadlineClock.Step
  ) throws(CaseError) -> Int {
    try perform { db in
      let steps = step == .answer ? "'answer', 'acknowledge'" : "'acknowledge'"
      try db.execute(
        sql: """
          UPDATE deadline SET isDone = 1 WHERE isDone = 0 AND step IN (\(steps))
            AND message IN (\(CaseStore.sameConversation))
          """, arguments: [message])
      return db.changesCount
    }
  }

  /// Says that the customer was told of an extension: the answer is due by its end.
  ///
  /// - Returns: how many clocks have an extension and now run by it.
  @discardableResult
  public func extend(_ message: String) throws(CaseError) -> Int {
    try perform { db in
      try db.execute(
        sql: """
          UPDATE deadline SET isExtended = 1 WHERE isDone = 0 AND isExtended = 0
            AND extended IS NOT NULL AND message IN (\(CaseStore.sameConversation))
          """, arguments: [message])
      let count = db.changesCount
      return count
    }
  }

  /// Hands over reminders whose time has come; each once, even when several processes ask.
  ///
  /// - Parameters:
  ///   - now: seconds since 1970, UTC.
  ///   - deliver: is given them; when it throws, all of them come again next time.
  /// - Returns: how many there were.
  @discardableResult
  public func remind(
    now: Int64, _ deliver: @Sendable ([DueItem]) throws -> Void
  ) throws(CaseError) -> Int {
    try perform { db in
      let items = try CaseStore.items(CaseStore.isToBeReminded, [now], db)
      if !items.isEmpty { try deliver(items) }
      try db.execute(
        sql: "UPDATE reminder SET isSent = 1 WHERE at <= ? AND isSent = 0", arguments: [now])
      return items.count
    }
  }

  /// Reminders whose time has come, without handing them over.
  public func pendingReminders(now: Int64) throws(CaseError) -> [DueItem] {
    try perform { db in try CaseStore.items(CaseStore.isToBeReminded, [now], db) }
  }

  // MARK: SQL

  private static let isToBeReminded = """
    deadline.isDone = 0 AND EXISTS (SELECT 1 FROM reminder WHERE reminder.message = deadline.message
      AND reminder.regime = deadline.regime AND reminder.step = deadline.step
      AND reminder.isSent = 0 AND reminder.at <= ?)
    """

  private static let sameConversation = """
    SELECT digest FROM message WHERE conversation IN
      (SELECT conversation FROM message WHERE name = ?)
    """

  static func insert(_ clocks: [DeadlineClock], of message: [UInt8], _ db: Database) throws {
    for clock in clocks {
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO deadline (message, regime, step, due, extended, zone, meetsBy, onSilence)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          Data(message), clock.regime, clock.step.rawValue, clock.due, clock.extended,
          clock.clock.zone, clock.meetsBy.rawValue, clock.onSilence,
        ])
      for time in clock.reminders {
        try db.execute(
          sql: "INSERT OR IGNORE INTO reminder (message, regime, step, at) VALUES (?, ?, ?, ?)",
          arguments: [Data(message), clock.regime, clock.step.rawValue, time])
      }
    }
  }

  private static func items(
    _ condition: String, _ arguments: StatementArguments, _ db: Database
  ) throws -> [DueItem] {
    try GRDB.Row.fetchAll(
      db,
      sql: """
        SELECT message.conversation, message.name, message.queue, message.received, deadline.*,
          iif(deadline.isExtended, deadline.extended, deadline.due) AS last, conversation.contacts
        FROM deadline JOIN message ON message.digest = deadline.message
          JOIN conversation ON conversation.id = message.conversation
        WHERE \(condition) ORDER BY last, message.name, deadline.regime, deadline.step
        """, arguments: arguments
    ).map { row in
      var item = DueItem(regime: row["regime"])
      item.conversation = row["conversation"]
      item.message = row["name"]
      item.queue = row["queue"]
      item.step = DeadlineClock.Step(rawValue: row["step"]) ?? .answer
      item.due = row["last"]
      item.extendable = row["isExtended"] == true ? nil : row["extended"]
      item.zone = row["zone"]
      item.meetsBy = row["meetsBy"]
      item.onSilence = row["onSilence"]
      item.received = row["received"]
      item.contacts = row["contacts"]
      return item
    }
  }
}
