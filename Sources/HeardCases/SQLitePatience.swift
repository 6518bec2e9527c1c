internal import GRDB
internal import Glibc

/// Opening a database that several processes may be making at the same time.
package enum SQLitePatience {
  /// Tries again while another process holds the file.
  ///
  /// SQLite waits by itself for a lock, and for switching to the write-ahead log it does not.
  ///
  /// - Parameter milliseconds: how long to try.
  package static func run<Value>(
    milliseconds: Int, _ body: () throws -> Value
  ) throws -> Value {
    var waited = 0
    while true {
      do {
        return try body()
      } catch let error as DatabaseError
        where error.resultCode == .SQLITE_BUSY && waited < milliseconds
      {
        usleep(20_000)
        waited += 20
      }
    }
  }
}
