// The account of conversations: one SQLite file, several processes at a time.
//
// `facts` says what is known before a message is routed, `record` takes it in. Both know a message
// that came before and answer as they did then. Start reading at `CaseStore.record`.

internal import Foundation
internal import GRDB
internal import Glibc
public import HeardClassifier
public import HeardDeadlines
internal import HeardLexicon
public import HeardMail
public import HeardRouter
internal import HeardSources

/// Conversations and what is due in them, in a file that forgets.
///
/// Safe for several processes (write-ahead log, waiting for locks). A message that comes twice
/// changes nothing the second time. What is older than the retention goes, unless something open is
/// still due in it; forgotten rows are overwritten on disk.
public final class CaseStore: Sendable {
  /// Path of the file.
  public let path: String
  /// Seconds that a message is remembered.
  public let retention: Int64
  private let queue: DatabaseQueue
  private let digest: KeyedDigest
  /// Seconds that a message is remembered when nobody has said how long: 90 days.
  public static let usualRetention: Int64 = 90 * 86_400

  /// Subjects of the same sender belong together when they come within so many seconds: 30 days.
  static let subjectWindow: Int64 = 30 * 86_400
  /// Least length of a key, in bytes.
  public static let leastKeyLength = 16
  /// Milliseconds to wait for other processes.
  private static let patience = 20_000

  /// Opens the file, or makes it (readable by its owner alone).
  ///
  /// - Parameters:
  ///   - key: of the digests, ``leastKeyLength`` bytes or more; not kept in the file.
  ///   - retain: seconds that a message is remembered, at least a day; the file keeps it. Nil: what
  ///     the file says, ``usualRetention`` for a new one.
  public init(path: String, key: [UInt8], retain: Int64? = nil) throws(CaseError) {
    self.path = path
    guard key.count >= CaseStore.leastKeyLength else {
      throw CaseError(
        code: .wrongKey, path: path,
        message: "a key of \(key.count) bytes; \(CaseStore.leastKeyLength) or more are needed")
    }
    digest = KeyedDigest(key: key)
    // Made first, so that nobody else can read it for a moment.
    let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      let reason = unsafe String(cString: strerror(errno)).lowercased()
      throw CaseError(
        code: .unreadable, path: path, message: "the file cannot be opened: \(reason)")
    }
    close(file)
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(CaseStore.patience) / 1000)
    configuration.prepareDatabase { db in
      try db.execute(
        sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON")
    }
    do {
      let check = digest.digest(Array("heard".utf8))
      (queue, retention) = try SQLitePatience.run(milliseconds: CaseStore.patience) {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        return (queue, try CaseStore.prepare(queue, check: check, retain: retain, path: path))
      }
    } catch {
      throw CaseStore.failure(error, path: path)
    }
  }

  /// Makes the tables when there are none, and checks that the file is ours and the key its own.
  ///
  /// - Returns: seconds that the file keeps a message.
  private static func prepare(
    _ queue: DatabaseQueue, check: [UInt8], retain: Int64?, path: String
  ) throws -> Int64 {
    func refuse(_ code: CaseError.Code, _ message: String) -> CaseError {
      CaseError(code: code, path: path, message: message)
    }
    return try queue.writeWithoutTransaction { db in
      var retention = usualRetention
      // One transaction that nobody writes beside: two processes may begin a file together.
      try db.inTransaction(.immediate) {
        switch try CaseSchema.state(db) {
        case .foreign:
          throw refuse(.unknownFile, "a database of another program; name another file")
        case .newer:
          throw refuse(.unknownFile, "made by a newer version of heard; use that one")
        case .empty: try CaseSchema.create(db)
        case .ready: break
        }
        try db.execute(
          sql: "INSERT OR IGNORE INTO setting (name, value) VALUES ('key', ?)",
          arguments: [Data(check)])
        let stored = try Data.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'key'")
        guard stored == Data(check) else {
          throw refuse(
            .wrongKey, "made with another key; name that key, or begin a new file")
        }
        retention = try keep(retain, db)
        return .commit
      }
      return retention
    }
  }

  /// The retention of a file; one that is given takes the place of the file's own.
  private static func keep(_ retain: Int64?, _ db: Database) throws -> Int64 {
    let kept = try Int64.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'retention'")
    guard let retain = retain.map({ max(86_400, $0) }) else { return kept ?? usualRetention }
    if retain != kept {
      try db.execute(
        sql: "INSERT OR REPLACE INTO setting (name, value) VALUES ('retention', ?)",
        arguments: [retain])
    }
    return retain
  }

  /// The digest of a record's id.
  func recordKey(_ name: String) -> [UInt8]? { MessageKeys.record(name, digest) }

  // MARK: Conversations

  /// What is known of the conversation that a message belongs to; nil when it begins one.
  ///
  /// - Parameters:
  ///   - name: what to know a message by that has no id of its own.
  ///   - anger: of this message, 0 to 3.
  ///   - received: seconds since 1970, UTC.
  public func facts(
    for message: Message, name: String, anger: Int, received: Int64
  ) throws(CaseError) -> ThreadFacts? {
    let keys = MessageKeys(message, name: name, digest: digest)
    return try perform { db in
      if let known = try CaseStore.known(keys, db) { return known.facts }
      return try CaseStore.find(keys, received: received, db).map {
        CaseStore.facts($0, anger: anger)
      }
    }
  }

  /// Takes a judged message in, with the clocks that it started.
  ///
  /// Automatic mail is no contact and is not taken in. A message that came before changes nothing.
  ///
  /// - Returns: whether it was new.
  @discardableResult
  public func record(
    _ message: Message, name: String, _ decision: Decision, _ assessment: Assessment,
    received: Int64, clocks: [DeadlineClock] = []
  ) throws(CaseError) -> Bool {
    guard message.automatic == nil, assessment.messageClass != .auto else { return false }
    let keys = MessageKeys(message, name: name, digest: digest)
    let shown = message.id ?? name
    return try perform { db in
      guard try CaseStore.known(keys, db) == nil else { return false }
      let found = try CaseStore.find(keys, received: received, db)
      let before = found.map { CaseStore.facts($0, anger: assessment.anger) }
      let conversation = try CaseStore.grow(found, decision.queue, assessment.anger, received, db)
      try db.execute(
        sql: """
          INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          Data(keys.message), conversation, Data(keys.sender), shown, received, decision.queue,
          assessment.anger, before?.contacts, before?.queue, before?.trend.rawValue,
          before?.handOvers,
        ])
      for key in keys.own {
        try db.execute(
          sql: "INSERT OR IGNORE INTO link VALUES (?, ?, ?)",
          arguments: [Data(key), Data(keys.message), conversation])
      }
      try CaseStore.insert(clocks, of: keys.message, db)
      return true
    }
  }

  /// Forgets everything that a sender wrote, and conversations of which nothing is left.
  ///
  /// - Returns: how many messages were forgotten.
  @discardableResult
  public func forget(_ sender: String) throws(CaseError) -> Int {
    let key = MessageKeys.sender(sender, digest)
    let count = try perform { db in
      try CaseStore.delete("sender = ?", [Data(key)], db)
    }
    truncateLog()
    return count
  }

  /// Forgets what is older than the retention.
  ///
  /// While something open is still to come a message stays, and when nobody stopped its clock as
  /// long again behind the day that was missed: nobody loses sight of it by being late.
  ///
  /// - Parameters:
  ///   - now: seconds since 1970, UTC.
  ///   - unanswered: is told how many clocks are forgotten that ran out and were never stopped.
  /// - Returns: how many messages were forgotten.
  @discardableResult
  public func expire(
    now: Int64, unanswered: (Int) -> Void = { _ in }
  ) throws(CaseError) -> Int {
    let limit = now - retention
    let (count, clocks) = try perform { db in
      let condition = """
        received < ? AND NOT EXISTS (SELECT 1 FROM deadline WHERE message = message.digest
          AND isDone = 0 AND iif(isExtended, extended, due) >= ?)
        """
      let clocks = try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM deadline WHERE isDone = 0
            AND message IN (SELECT digest FROM message WHERE \(condition))
          """, arguments: [limit, limit])
      return (try CaseStore.delete(condition, [limit, limit], db), clocks ?? 0)
    }
    if count > 0 { truncateLog() }
    if clocks > 0 { unanswered(clocks) }
    return count
  }

  /// Messages remembered now.
  public func count() throws(CaseError) -> Int {
    try perform { try Int.fetchOne($0, sql: "SELECT count(*) FROM message") ?? 0 }
  }

  // MARK: Helpers

  /// Runs a body in one transaction that nobody else can write beside.
  func perform<Result: Sendable>(
    _ body: @Sendable (Database) throws -> Result
  ) throws(CaseError) -> Result {
    do {
      return try queue.writeWithoutTransaction { db in
        var result: Result?
        try db.inTransaction(.immediate) {
          result = try body(db)
          return .commit
        }
        guard let result else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
        return result
      }
    } catch {
      throw CaseStore.failure(error, path: path)
    }
  }

  /// Writes the log back into the file, so that what was forgotten is in neither.
  private func truncateLog() {
    // Somebody reading keeps a part of it until later, which is no failure.
    _ = queue.writeWithoutTransaction { try? $0.checkpoint(.truncate) }
  }

  private static func failure(_ error: any Error, path: String) -> CaseError {
    if let error = error as? CaseError { return error }
    guard let error = error as? DatabaseError else {
      return CaseError(code: .unavailable, path: path, message: "nothing was changed: \(error)")
    }
    let reason = error.resultCode.description
    switch error.resultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      return CaseError(
        code: .unknownFile, path: path,
        message: "no database of heard, or a damaged one (\(reason))")
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
      return CaseError(
        code: .unreadable, path: path,
        message: "the database cannot be opened for writing (\(reason)); check the folder's rights")
    default:
      return CaseError(
        code: .unavailable, path: path, message: "the database cannot be used now (\(reason))")
    }
  }
}
