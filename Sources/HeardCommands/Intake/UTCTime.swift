internal import Glibc

/// Points in time as the ledger has them: seconds since 1970.
enum UTCTime {
  /// Now.
  static func now() -> Int64 { Int64(time(nil)) }

  /// As `2026-11-21T10:00:00Z`.
  static func text(_ seconds: Int64) -> String {
    var time = time_t(seconds)
    var parts = unsafe tm()
    guard unsafe gmtime_r(&time, &parts) != nil else { return String(seconds) }
    func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let day = unsafe (parts.tm_year + 1900, two(parts.tm_mon + 1), two(parts.tm_mday))
    let clock = unsafe (two(parts.tm_hour), two(parts.tm_min), two(parts.tm_sec))
    return "\(day.0)-\(day.1)-\(day.2)T\(clock.0):\(clock.1):\(clock.2)Z"
  }
}
