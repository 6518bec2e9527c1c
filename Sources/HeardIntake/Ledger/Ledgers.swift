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
    if let scheme = name.firstRange(of: "://") {
      throw IntakeError(
        .configuration, place: String(name[..<scheme.upperBound]),
        message: "a ledger is a file or a postgresql: URL, in small letters")
    }
    if !creates, unsafe access(name, F_OK) != 0 {
      throw IntakeError(.noLedger, place: name, message: "there is no such file")
    }
    return try SQLiteLedger(path: name, patience: patience)
  }

  /// The ledger of a Maildir when none is named: a file in it, which heard and heardd share.
  ///
  /// - Throws: when there is one of heardd's former name besides: each recognises other mails, and
  ///   which is meant only the operator knows.
  public static func path(inMaildir maildir: String) throws(IntakeError) -> String {
    let (path, former) = ("\(maildir)/heard-ledger.sqlite", "\(maildir)/ledger.sqlite")
    guard unsafe access(former, F_OK) == 0 else { return path }
    guard unsafe access(path, F_OK) != 0 else {
      throw IntakeError(
        .configuration, place: maildir,
        message: "two ledgers are here, heard-ledger.sqlite and ledger.sqlite; name the one to go"
          + " on with, or put the other aside")
    }
    return former
  }

  /// Whether a name is a URL of PostgreSQL, in either of its two spellings.
  static func isPostgres(_ name: String) -> Bool {
    name.hasPrefix("postgresql:") || name.hasPrefix("postgres:")
  }
}
