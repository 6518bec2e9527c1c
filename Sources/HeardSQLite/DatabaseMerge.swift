internal import GRDB
internal import Glibc
public import HeardBatch

/// Puts SQLite outputs of shards together, record by record, as one run would have written them.
public enum DatabaseMerge {
  /// Writes the decisions and hits of `inputs`, in that order, to `output`.
  public static func write(_ inputs: [String], to output: String) throws(RunError) {
    let partial = PartialFile(output)
    partial.discard()
    unsafe unlink(partial.temporaryPath + "-journal")
    var name = output
    do {
      let merged = try DatabaseFile.open(partial.temporaryPath)
      var row: Int64 = 0
      for (index, input) in inputs.enumerated() {
        name = input
        var reading = Configuration()
        reading.readonly = true
        let piece = try DatabaseQueue(path: input, configuration: reading)
        try piece.read { piece in
          try merged.write { merged in
            if index == 0 { try copyTables(piece, merged) }
            try copyRows(piece, merged, &row)
          }
        }
        try piece.close()
      }
      name = output
      try merged.close()
      try DatabaseFile.forgetHistory(partial.temporaryPath)
      try partial.publish()
    } catch let error as RunError {
      partial.discard()
      throw error
    } catch {
      partial.discard()
      unsafe unlink(partial.temporaryPath + "-journal")
      throw DatabaseFile.failure(error, name, isCreation: false)
    }
  }

  private static func copyTables(_ piece: Database, _ merged: Database) throws {
    let statements = try String.fetchAll(
      piece, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    for sql in statements { try merged.execute(sql: sql) }
    for row in try Row.fetchAll(piece, sql: "SELECT * FROM about ORDER BY rowid") {
      try merged.execute(
        sql: "INSERT INTO about VALUES (?, ?)", arguments: StatementArguments(row.databaseValues))
    }
  }

  private static func copyRows(
    _ piece: Database, _ merged: Database, _ row: inout Int64
  ) throws {
    let decisions = try Row.fetchCursor(piece, sql: "SELECT * FROM decisions ORDER BY id")
    let hasHits = try piece.tableExists("hits")
    let hits =
      hasHits
      ? try Row.fetchCursor(piece, sql: "SELECT * FROM hits ORDER BY decision, number") : nil
    var hit = try hits?.next()?.copy()
    var insert: Statement?
    while let decision = try decisions.next() {
      row += 1
      var values = Array(decision.databaseValues)
      let id: Int64 = decision[0]
      values[0] = row.databaseValue
      if insert == nil {
        let marks = values.map { _ in "?" }.joined(separator: ", ")
        insert = try merged.cachedStatement(sql: "INSERT INTO decisions VALUES (\(marks))")
      }
      try insert?.execute(arguments: StatementArguments(values))
      while let found = hit, found[0] as Int64 == id {
        var values = Array(found.databaseValues)
        values[0] = row.databaseValue
        let marks = values.map { _ in "?" }.joined(separator: ", ")
        try merged.cachedStatement(sql: "INSERT INTO hits VALUES (\(marks))")
          .execute(arguments: StatementArguments(values))
        hit = try hits?.next()?.copy()
      }
    }
  }
}
