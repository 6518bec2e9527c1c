import Dispatch
import Testing

@testable import HeardIntake

/// What does not end is left alone, and not without limit.
@Suite struct JudgingThreadTests {
  @Test func valuesComeBack() {
    let threads = JudgingThread()
    for number in 0..<50 {
      guard case .done(let value) = threads.run(limit: 60_000, { number * 2 }) else {
        Issue.record("no value")
        return
      }
      #expect(value == number * 2)
    }
  }

  @Test func theStackIsThatOfAMainThread() {
    @Sendable func depth(_ left: Int) -> Int { left == 0 ? 0 : 1 + depth(left - 1) }
    guard case .done(let value) = JudgingThread().run(limit: 60_000, { depth(20_000) }) else {
      Issue.record("no value")
      return
    }
    #expect(value == 20_000)
  }

  @Test func whatDoesNotEndIsLeftAlone() {
    let threads = JudgingThread()
    let door = DispatchSemaphore(value: 0)
    for _ in 0..<8 {
      guard case .timeIsUp = threads.run(limit: 1, { door.wait() }) else {
        Issue.record("it ended")
        return
      }
    }
    guard case .tooManyLeft = threads.run(limit: 60_000, { 1 }) else {
      Issue.record("a ninth was tried")
      return
    }
    for _ in 0..<8 { door.signal() }
    // They end when they get round to it.
    while true {
      if case .done = threads.run(limit: 60_000, { 1 }) { return }
    }
  }
}
