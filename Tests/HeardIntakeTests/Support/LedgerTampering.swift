import GRDB

@testable import HeardIntake

/// Changes a ledger behind its back, as somebody would who can write to the database.
enum LedgerTampering {
  case sqlite(String)
  case postgres(String)

  init(sqlite path: String) { self = .sqlite(path) }
  init(postgres url: String) { self = .postgres(url) }

  /// Runs statements with the triggers out of the way.
  func apply(_ statements: [String]) throws {
    switch self {
    case .sqlite(let path):
      let queue = try DatabaseQueue(path: path)
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "DROP TRIGGER record_is_immutable")
        try db.execute(sql: "DROP TRIGGER record_goes_from_the_end")
        for statement in statements { try db.execute(sql: statement) }
      }
      try queue.close()
    case .postgres(let url):
      let connection = try PostgresConnection(url)
      try connection.run("SET search_path = heard")
      try connection.run("ALTER TABLE record DISABLE TRIGGER ALL")
      for statement in statements { try connection.run(statement) }
    }
  }

  /// Runs a statement as any program would.
  func applyWithTriggers(_ statement: String) throws {
    switch self {
    case .sqlite(let path):
      let queue = try DatabaseQueue(path: path)
      try queue.writeWithoutTransaction { try $0.execute(sql: statement) }
    case .postgres(let url):
      let connection = try PostgresConnection(url)
      try connection.run("SET search_path = heard")
      try connection.run(statement)
    }
  }
}
