internal import ArgumentParser
internal import Heard
internal import HeardBatch
internal import HeardInput
internal import Synchronization

/// Says how far a run is: a line on the terminal, or JSON lines for programs.
final class Progress: Sendable {
  /// How it is said.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    /// A line on a terminal, nothing elsewhere.
    case auto
    /// A line that is written over again and again.
    case line
    /// An object a line, every second and at the end.
    case json
    case none
  }

  private struct State {
    /// What was done before this run went on with it.
    var before: RunStatistics?
    var latest = RunStatistics()
    var shown = 0.0
  }

  private let form: Form
  private let total: Int?
  private let started = MonotonicClock.seconds()
  private let state = Mutex(State())

  /// Makes a progress report.
  ///
  /// - Parameters:
  ///   - total: bytes of the input; nil when they are not known.
  init(_ form: Form, total: Int?) {
    self.form = form == .auto ? (Terminal.errorIsTerminal ? .line : .none) : form
    self.total = total.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Takes the statistics and shows them, five times a second at most on a terminal.
  func show(_ statistics: RunStatistics) {
    guard form != .none else { return }
    let now = MonotonicClock.seconds()
    let due: RunStatistics? = state.withLock { state in
      state.latest = statistics
      guard let before = state.before else {
        state.before = statistics
        return nil
      }
      guard now - state.shown >= (form == .line ? 0.2 : 1) else { return nil }
      state.shown = now
      return before
    }
    if let due { write(statistics, since: due, now, isLast: false) }
  }

  /// Wipes the line, or writes the last object.
  func end() {
    switch form {
    case .line: Terminal.fputs("\r\u{1B}[K")
    case .json:
      let (latest, before) = state.withLock { ($0.latest, $0.before ?? RunStatistics()) }
      write(latest, since: before, MonotonicClock.seconds(), isLast: true)
    case .none, .auto: break
    }
  }

  private func write(
    _ statistics: RunStatistics, since before: RunStatistics, _ now: Double, isLast: Bool
  ) {
    let elapsed = max(now - started, 0.001)
    let rate = Double(statistics.records - before.records) / elapsed
    let share = total.map { min(1, Double(statistics.consumed) / Double($0)) }
    let speed = Double(statistics.consumed - before.consumed) / elapsed
    let left = total.flatMap {
      speed > 0 ? Double(max(0, $0 - statistics.consumed)) / speed : nil
    }
    if form == .json {
      Terminal.fputs(object(statistics, elapsed, rate, share, left, isLast: isLast))
    } else {
      Terminal.fputs(line(statistics, rate, share, left))
    }
  }

  private func line(
    _ statistics: RunStatistics, _ rate: Double, _ share: Double?, _ left: Double?
  ) -> String {
    var line = "\r\(statistics.records) messages, \(Int(rate))/s"
    if let share { line += ", \(Int(share * 100)) %" }
    if let left { line += ", \(Progress.duration(left)) left" }
    line += ", \(statistics.complaints) complaints"
    if statistics.errors > 0 { line += ", \(statistics.errors) errors" }
    return line + "\u{1B}[K"
  }

  private func object(
    _ statistics: RunStatistics, _ elapsed: Double, _ rate: Double, _ share: Double?,
    _ left: Double?, isLast: Bool
  ) -> String {
    var writer = JSONWriter()
    writer.openObject()
    for (name, number) in [
      ("records", statistics.records), ("errors", statistics.errors),
      ("complaints", statistics.complaints), ("bytes", statistics.consumed),
    ] {
      writer.key(name)
      writer.integer(number)
    }
    writer.key("total")
    if let total { writer.integer(total) } else { writer.null() }
    writer.key("done")
    if let share { writer.score(share) } else { writer.null() }
    writer.key("seconds")
    writer.fraction(elapsed)
    writer.key("rate")
    writer.fraction(rate)
    writer.key("left")
    if let left { writer.fraction(left) } else { writer.null() }
    writer.key("ended")
    writer.json((isLast ? "true" : "false").utf8)
    writer.closeObject()
    writer.endLine()
    return String(decoding: writer.finish(), as: UTF8.self)
  }

  /// Seconds as people say them: `42 s`, `3 min`, `2 h 05 min`.
  static func duration(_ seconds: Double) -> String {
    let seconds = Int(min(seconds, 1e9).rounded(.up))
    if seconds < 100 { return "\(seconds) s" }
    let minutes = (seconds + 59) / 60
    if minutes < 100 { return "\(minutes) min" }
    return "\(minutes / 60) h \(minutes % 60 < 10 ? "0" : "")\(minutes % 60) min"
  }
}
