/// Opens ledgers by what names them.
public enum Ledgers {
  /// Opens a ledger: a path is a SQLite file.
  ///
  /// - Parameter patience: milliseconds to wait for other processes.
  public static func open(
    _ name: String, patience: Int = 10_000
  ) throws(IntakeError) -> any Ledger {
    try SQLiteLedger(path: name, patience: patience)
  }
}
