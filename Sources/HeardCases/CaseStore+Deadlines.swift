internal import Foundation
internal import GRDB
public import HeardDeadlines
internal import HeardRouter

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
  ///   - message: id or handle of the message, or of any of its conversation.
  ///   - step: what was done; an answer also settles the acknowledgement.
  /// - Returns: how many clocks stopped; none when messages of several conversations are called so.
  @discardableResult
  public func finish(
    _ message: String, step: DeadlineClock.Step
  ) throws(CaseError) -> Int {
    try perform { db in
      guard let conversation = try self.conversation(of: message, db) else { return 0 }
      let steps = step == .answer ? "'answer', 'acknowledge'" : "'acknowledge'"
      try db.execute(
        sql: """
          UPDATE deadline SET isDone = 1 WHERE isDone = 0 AND step IN (\(steps))
            AND message IN (SELECT digest FROM message WHERE conversation = ?)
          """, arguments: [conversation])
      return db.changesCount
    }
  }

  /// Says that the customer was told of an extension: the answer is due by its end.
  ///
  /// - Parameter message: id or handle of the message, or of any of its conversation.
  /// - Returns: how many clocks have an extension and now run by it; none when messages of several
  ///   conversations are called so.
  @discardableResult
  public func extend(_ message: String) throws(CaseError) -> Int {
    try perform { db in
      guard let conversation = try self.conversation(of: message, db) else { return 0 }
      try db.execute(
        sql: """
          UPDATE deadline SET isExtended = 1 WHERE isDone = 0 AND isExtended = 0
            AND extended IS NOT NULL
            AND message IN (SELECT digest FROM message WHERE conversation = ?)
          """, arguments: [conversation])
      return db.changesCount
    }
  }

  /// The handles of the messages that an id stands for, one of each conversation; more than one when
  /// several customers' mails are called the same.
  public func handles(of message: String) throws(CaseError) -> [String] {
    try perform { db in
      try self.messages(called: message, db).map { CaseStore.handle(of: $0.digest) }
    }
  }

  /// Names a message of the account, also one without an id: letters that no other message has.
  static func handle(of digest: Data) -> String {
    handleStart
      + digest.prefix(handleBytes).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
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
      let items = try CaseStore.items(CaseStore.isToBeReminded, [now], db, reminding: now)
      if !items.isEmpty { try deliver(items) }
      try db.execute(
        sql: "UPDATE reminder SET isSent = 1 WHERE at <= ? AND isSent = 0", arguments: [now])
      return items.count
    }
  }

  /// Reminders whose time has come, without handing them over.
  public func pendingReminders(now: Int64) throws(CaseError) -> [DueItem] {
    try perform { db in
      try CaseStore.items(CaseStore.isToBeReminded, [now], db, reminding: now)
    }
  }

  // MARK: SQL

  private static let isToBeReminded = """
    deadline.isDone = 0 AND EXISTS (SELECT 1 FROM reminder WHERE reminder.message = deadline.message
      AND reminder.regime = deadline.regime AND reminder.step = deadline.step
      AND reminder.isSent = 0 AND reminder.at <= ?)
    """

  private static let handleStart = "message-"
  private static let handleBytes = 12

  /// The conversation of a message; nil when there is none or more than one.
  private func conversation(of message: String, _ db: Database) throws -> Int64? {
    let found = try messages(called: message, db)
    return found.count == 1 ? found.first?.conversation : nil
  }

  /// The messages of a handle, of an id of their own, or of their records: one a conversation.
  private func messages(
    called name: String, _ db: Database
  ) throws -> [(digest: Data, conversation: Int64)] {
    let rows: [GRDB.Row]
    if let start = CaseStore.digestStart(name) {
      let last = start + [UInt8](repeating: 0xFF, count: 32 - start.count)
      rows = try GRDB.Row.fetchAll(
        db, sql: "SELECT digest, conversation FROM message WHERE digest BETWEEN ? AND ?",
        arguments: [Data(start), Data(last)])
    } else if name.isEmpty {
      // Whoever has no id has the same name as all others without one.
      return []
    } else {
      rows = try GRDB.Row.fetchAll(
        db,
        sql: """
          SELECT min(digest) AS digest, conversation FROM message
          WHERE name = ? OR digest IN (SELECT message FROM link WHERE key = ?)
          GROUP BY conversation ORDER BY conversation
          """, arguments: [name, recordKey(name).map { Data($0) }])
    }
    return rows.map { ($0["digest"] as Data, $0["conversation"] as Int64) }
  }

  /// The bytes that a handle stands for; nil for any other name.
  private static func digestStart(_ name: String) -> [UInt8]? {
    guard name.hasPrefix(handleStart) else { return nil }
    let digits = Array(name.dropFirst(handleStart.count))
    guard digits.count == 2 * handleBytes else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(digits[place...place + 1]), radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

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
    _ condition: String, _ arguments: StatementArguments, _ db: Database,
    reminding now: Int64? = nil
  ) throws -> [DueItem] {
    let first: StatementArguments = [now]
    return try GRDB.Row.fetchAll(
      db,
      sql: """
        SELECT message.conversation, message.name, message.queue, message.received, deadline.*,
          iif(deadline.isExtended, deadline.extended, deadline.due) AS last, conversation.contacts,
          (SELECT max(at) FROM reminder WHERE reminder.message = deadline.message
            AND reminder.regime = deadline.regime AND reminder.step = deadline.step
            AND reminder.isSent = 0 AND reminder.at <= ?) AS reminded
        FROM deadline JOIN message ON message.digest = deadline.message
          JOIN conversation ON conversation.id = message.conversation
        WHERE \(condition) ORDER BY last, message.name, deadline.regime, deadline.step
        """, arguments: first + arguments
    ).map { row in
      var item = DueItem(regime: row["regime"])
      item.conversation = row["conversation"]
      item.handle = CaseStore.handle(of: row["message"])
      let name: String = row["name"]
      item.message = name.isEmpty ? item.handle : name
      item.reminder = row["reminded"]
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
