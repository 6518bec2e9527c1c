internal import CHeardPostgres
internal import Glibc
internal import HeardSources

/// A connection to PostgreSQL, for one thread at a time.
@safe final class PostgresConnection {
  /// What a statement gave: rows of values as text.
  struct Rows {
    var values: [[String?]]
    var changed: Int
  }

  /// Why a statement failed; holds none of its values.
  struct Failure: Error {
    /// SQLSTATE; empty when the connection was lost.
    var state: String
    var message: String
  }

  private let connection: OpaquePointer

  /// Connects.
  init(_ url: String) throws(Failure) {
    var reason = [CChar](repeating: 0, count: 500)
    guard
      let opened = unsafe reason.withUnsafeMutableBufferPointer({ buffer in
        unsafe heard_postgres_open(url, buffer.baseAddress, buffer.count)
      })
    else {
      let text = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw Failure(state: "", message: String(decoding: text, as: UTF8.self))
    }
    unsafe connection = opened
  }

  deinit { unsafe heard_postgres_close(connection) }

  /// Whether it is of no use any more.
  var isLost: Bool { unsafe heard_postgres_is_lost(connection) != 0 }

  /// Runs a statement.
  @discardableResult
  func run(_ statement: String, _ values: [String?] = []) throws(Failure) -> Rows {
    let texts = unsafe values.map { value -> UnsafeMutablePointer<CChar>? in
      // A NUL would end the text; no value of ours may hold one.
      unsafe value.flatMap { unsafe strdup($0.replacing(scalar: "\0", with: "\u{FFFD}")) }
    }
    defer { for index in unsafe texts.indices { unsafe free(texts[index]) } }
    let pointers = unsafe texts.map { unsafe UnsafePointer($0) }
    let succeeded = unsafe pointers.withUnsafeBufferPointer { list in
      unsafe heard_postgres_run(connection, statement, Int32(list.count), list.baseAddress)
    }
    guard succeeded != 0 else {
      throw Failure(
        state: unsafe String(cString: heard_postgres_state(connection)),
        message: unsafe String(cString: heard_postgres_message(connection)))
    }
    return Rows(values: rows(), changed: unsafe Int(heard_postgres_changed(connection)))
  }

  private func rows() -> [[String?]] {
    let count = unsafe heard_postgres_rows(connection)
    guard count > 0 else { return [] }
    return (0..<count).map { row in
      (0..<columnCount).map { column in
        unsafe heard_postgres_value(connection, row, column).map { unsafe String(cString: $0) }
      }
    }
  }

  private var columnCount: Int32 { unsafe heard_postgres_columns(connection) }

  /// Runs a body in a transaction, which is undone when the body throws.
  func transaction<Value>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    try run("BEGIN")
    do throws(Failure) {
      let value = try body()
      try run("COMMIT")
      return value
    } catch {
      if !isLost { _ = try? run("ROLLBACK") }
      throw error
    }
  }
}
