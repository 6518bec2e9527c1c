internal import GRDB
internal import Glibc
internal import Heard
internal import HeardBatch

/// The tables of a SQLite output, and what is done with its file.
enum DatabaseFile {
  /// The meaning of the tables; a change of it changes this number.
  static let version = 1

  static func open(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "heard"
    configuration.prepareDatabase { database in
      // No write-ahead log: the file is whole by itself. Every transaction reaches the disk.
      try database.execute(
        sql: """
          PRAGMA page_size = 4096;
          PRAGMA synchronous = FULL;
          """)
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private static let scores = FlatRecord.scoreNames.map {
    "score_" + $0.replacing("-", with: "_")
  }

  private static var columns: [(name: String, type: String)] {
    [
      ("id", "INTEGER PRIMARY KEY"), ("message", "TEXT"), ("status", "TEXT NOT NULL"),
      ("language", "TEXT"), ("class", "TEXT"), ("tags", "TEXT"), ("anger", "INTEGER"),
      ("signals", "TEXT"), ("sentiment", "REAL"),
    ] + scores.map { ($0, "REAL") } + [
      ("queue", "TEXT"), ("priority", "TEXT"), ("rule", "TEXT"), ("steps", "TEXT"),
      ("obligations", "TEXT"), ("repairs", "TEXT"), ("time", "TEXT"), ("sender", "TEXT"),
      ("error_code", "TEXT"), ("error_message", "TEXT"), ("error_where", "TEXT"),
    ]
  }

  static func makeTables(
    _ database: Database, _ facts: [(name: String, value: String)], hasHits: Bool
  ) throws {
    let list = columns.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
    try database.execute(sql: "CREATE TABLE decisions (\(list))")
    if hasHits {
      try database.execute(
        sql: """
          CREATE TABLE hits (decision INTEGER NOT NULL REFERENCES decisions (id), \
          number INTEGER NOT NULL, entry TEXT NOT NULL, tag TEXT NOT NULL, zone TEXT NOT NULL, \
          scopes TEXT NOT NULL, contribution REAL NOT NULL, part TEXT, form TEXT, start INTEGER, \
          "end" INTEGER, PRIMARY KEY (decision, number)) WITHOUT ROWID
          """)
    }
    try database.execute(sql: "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    for fact in facts {
      try database.execute(
        sql: "INSERT INTO about VALUES (?, ?)", arguments: [fact.name, fact.value])
    }
  }

  private static let insertDecision =
    "INSERT INTO decisions VALUES (" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
  private static let insertHit = "INSERT INTO hits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

  static func insert(
    _ record: FlatRecord, _ row: Int64, hasHits: Bool, into database: Database
  ) throws {
    let verdict = record.verdict
    var values: [(any DatabaseValueConvertible)?] = [
      row, record.id, record.error == nil ? "ok" : "error", verdict?.language,
      verdict?.messageClass, verdict.map { $0.tags.joined(separator: " ") }, verdict?.anger,
      verdict.map { $0.signals.joined(separator: " ") },
      verdict.map { ($0.sentiment * 1000).rounded() / 1000 + 0 },
    ]
    for index in FlatRecord.scoreNames.indices {
      values.append(verdict.map { ($0.scores[index] * 10_000).rounded() / 10_000 })
    }
    values += [
      verdict?.queue, verdict?.priority, verdict?.rule,
      verdict.map { $0.steps.joined(separator: "\n") },
      verdict.map { $0.obligations.joined(separator: "\n") },
      verdict.map { $0.repairs.joined(separator: " ") }, record.origin?.time,
      record.origin?.sender, record.error?.code, record.error?.message, record.error?.location,
    ]
    try database.cachedStatement(sql: insertDecision).execute(arguments: StatementArguments(values))
    guard hasHits, let hits = verdict?.hits else { return }
    for (number, hit) in hits.enumerated() {
      try database.cachedStatement(sql: insertHit).execute(arguments: [
        row, number + 1, hit.entry, hit.tag, hit.zone, hit.scopes, Double(hit.milli) / 1000,
        hit.place?.part, hit.place?.form, hit.place?.start, hit.place?.end,
      ])
    }
  }

  /// Makes a closed file say nothing of how it came about: SQLite counts transactions in its header,
  /// and `user_version` counted blocks. See https://www.sqlite.org/fileformat2.html#the_database_header
  static func forgetHistory(_ path: String) throws(RunError) {
    let file = unsafe Glibc.open(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { throw system(path) }
    defer { close(file) }
    // The change counter, the version of the tables, and the counter that the page count is valid
    // for, which must equal the first.
    for (place, value) in [(24, 1), (60, version), (92, 1)] {
      let bytes: [UInt8] = [0, 0, 0, UInt8(value)]
      let written = unsafe bytes.withUnsafeBytes {
        unsafe pwrite(file, $0.baseAddress, $0.count, off_t(place))
      }
      guard written == 4 else { throw system(path) }
    }
    guard fsync(file) == 0 else { throw system(path) }
  }

  private static func system(_ path: String) -> RunError {
    let number = errno
    let words = unsafe String(cString: strerror(number)).lowercased()
    return .outputFailed(
      number: number, isCreation: false, description: "\(path): cannot be written: \(words)")
  }

  /// An error of SQLite as one of a run.
  static func failure(_ error: any Error, _ name: String, isCreation: Bool) -> RunError {
    let code = (error as? DatabaseError)?.resultCode
    let (number, words): (Int32, String) =
      switch code {
      case ResultCode.SQLITE_FULL?: (ENOSPC, "no space left on device")
      case ResultCode.SQLITE_CANTOPEN?: (ENOENT, "the file cannot be made")
      case ResultCode.SQLITE_READONLY?: (EROFS, "the file cannot be written to")
      case ResultCode.SQLITE_NOTADB?, ResultCode.SQLITE_CORRUPT?: (EIO, "the file is damaged")
      default: (EIO, (error as? DatabaseError)?.message ?? "input/output error")
      }
    return .outputFailed(
      number: number, isCreation: isCreation, description: "\(name): cannot be written: \(words)")
  }
}
