internal import Glibc
internal import HeardBatch
internal import Synchronization

/// A line on the terminal that says how far a run is.
final class Progress: Sendable {
  private let total: Int?
  private let isShown: Bool
  private let started = Progress.seconds()
  private let lastShown = Mutex(0.0)

  init(total: Int?, isShown: Bool) {
    self.total = total
    self.isShown = isShown
  }

  /// Shows the statistics, at most five times a second.
  func show(_ statistics: RunStatistics) {
    guard isShown else { return }
    let now = Progress.seconds()
    let isDue = lastShown.withLock { last in
      guard now - last >= 0.2 else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let elapsed = max(now - started, 0.001)
    let rate = Int(Double(statistics.records) / elapsed)
    var line = "\r\(statistics.records) messages, \(rate)/s"
    if let total, total > 0 {
      let share = Double(statistics.consumed) / Double(total)
      line += ", \(Int(share * 100)) %"
      if share > 0 { line += ", \(Int(elapsed / share - elapsed)) s left" }
    }
    line += ", \(statistics.complaints) complaints"
    if statistics.errors > 0 { line += ", \(statistics.errors) errors" }
    Terminal.fputs(line + "\u{1B}[K")
  }

  /// Wipes the line.
  func clear() {
    if isShown { Terminal.fputs("\r\u{1B}[K") }
  }

  private static func seconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
