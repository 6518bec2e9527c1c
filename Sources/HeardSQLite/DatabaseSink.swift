internal import GRDB
internal import Glibc
public import HeardBatch

/// Writes records into a SQLite file: a table of decisions, and one of hits where they are explained.
///
/// Every block is one transaction, synchronous, with a rollback journal: after a crash the file holds
/// whole blocks, and says how many (`user_version`, until it is published). The same records give
/// the same bytes, however often the run broke off.
public final class DatabaseSink: RecordSink {
  /// As errors name it.
  public let name: String
  /// Beside the file.
  public var checkpointPath: String? { "\(name).checkpoint" }
  private let facts: [(name: String, value: String)]
  private let hasHits: Bool
  private let partial: PartialFile
  private var database: DatabaseQueue?
  private var blocks = 0
  private var rows: Int64 = 0

  /// Prepares a file.
  ///
  /// - Parameters:
  ///   - facts: what is the same for all records, as the lexicon.
  ///   - hasHits: whether there is a table of hits.
  public init(_ path: String, facts: [(name: String, value: String)], hasHits: Bool) {
    name = path
    self.facts = facts
    self.hasHits = hasHits
    partial = PartialFile(path)
  }

  /// Makes the file, or opens the one that is there.
  public func begin(at mark: OutputMark?) throws(RunError) {
    let wanted = mark?.parts.first?.length
    if wanted == nil {
      partial.discard()
      unsafe unlink(partial.temporaryPath + "-journal")
    } else if !partial.isThere {
      throw .notResumable("\(name): what was written of it is gone; begin anew, without --resume")
    }
    do {
      let opened = try DatabaseFile.open(partial.temporaryPath)
      database = opened
      if let wanted {
        // Opening has rolled back what was half written.
        (blocks, rows) = try opened.read { database in
          (
            try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
            try Int64.fetchOne(database, sql: "SELECT max(id) FROM decisions") ?? 0
          )
        }
        guard blocks >= wanted else {
          throw RunError.notResumable(
            "\(name): holds less than its checkpoint says; begin anew, without --resume")
        }
      } else {
        try opened.write { try DatabaseFile.makeTables($0, facts, hasHits: hasHits) }
      }
    } catch let error as RunError {
      throw error
    } catch {
      throw DatabaseFile.failure(error, name, isCreation: true)
    }
  }

  /// Writes the records of a block, all or none.
  public func write(_ block: JudgedBlock) throws(RunError) {
    // A run that broke off between a transaction and its checkpoint has this block already.
    guard let database, block.index >= blocks else { return }
    do {
      var row = rows
      try database.write { database in
        for record in block.rows {
          row += 1
          try DatabaseFile.insert(record, row, hasHits: hasHits, into: database)
        }
        try database.execute(sql: "PRAGMA user_version = \(block.index + 1)")
      }
      rows = row
      blocks = block.index + 1
    } catch {
      throw DatabaseFile.failure(error, name, isCreation: false)
    }
  }

  /// Every transaction is on disk when it ends.
  public func synchronize() throws(RunError) -> OutputMark {
    OutputMark([.init(name: "blocks", length: blocks)])
  }

  /// Closes the file and moves it to its name.
  public func publish() throws(RunError) {
    do {
      try database?.close()
    } catch {
      throw DatabaseFile.failure(error, name, isCreation: false)
    }
    database = nil
    if partial.isThere { try DatabaseFile.forgetHistory(partial.temporaryPath) }
    try partial.publish()
  }

  /// Removes the file.
  public func discard() {
    database = nil
    partial.discard()
    unsafe unlink(partial.temporaryPath + "-journal")
  }
}
