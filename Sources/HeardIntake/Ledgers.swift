internal import Glibc

/// Opens ledgers by what names them.
public enum Ledgers {
  /// Opens a ledger: a path is a SQLite file.
  ///
  /// - Parameters:
  ///   - creates: whether a ledger that is missing is made; otherwise it is an error.
  ///   - patience: milliseconds to wait for other processes.
  public static func open(
    _ name: String, creates: Bool = true, patience: Int = 10_000
  ) throws(IntakeError) -> any Ledger {
    if !creates, unsafe access(name, F_OK) != 0 {
      throw IntakeError(
        .ledger, place: name, message: "there is no such ledger; name it with --ledger")
    }
    return try SQLiteLedger(path: name, patience: patience)
  }
}
