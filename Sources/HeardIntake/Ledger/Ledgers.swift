internal import Glibc

/// Opens ledgers by what names them.
public enum Ledgers {
  /// Opens a ledger: a path is a SQLite file, `postgresql:` a database.
  ///
  /// - Parameters:
  ///   - creates: whether a ledger that is missing is made; otherwise it is an error.
  ///   - patience: milliseconds to wait for other processes.
  public static func open(
    _ name: String, creates: Bool = true, patience: Int = 10_000
  ) throws(IntakeError) -> any Ledger {
    if isPostgres(name) { return try PostgresLedger(url: name, patience: patience) }
    if !creates, unsafe access(name, F_OK) != 0 {
      throw IntakeError(
        .ledger, place: name, message: "there is no such ledger; name it with --ledger")
    }
    return try SQLiteLedger(path: name, patience: patience)
  }

  /// Whether a name is a URL of PostgreSQL, in either of its two spellings.
  static func isPostgres(_ name: String) -> Bool {
    name.hasPrefix("postgresql:") || name.hasPrefix("postgres:")
  }
}
