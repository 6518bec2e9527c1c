import HeardCases
import HeardDeadlines
import HeardRouter
import Testing

/// How long a file keeps messages.
@Suite struct RetentionTests {
  @Test func theFileKeepsHowLong() throws {
    let fixture = try CaseFixture()
    func retention(_ retain: Int64?) throws -> Int64 {
      try CaseStore(path: fixture.path, key: CaseFixture.key, retain: retain).retention
    }
    #expect(try retention(nil) == CaseStore.usualRetention)
    #expect(try retention(400 * 86_400) == 400 * 86_400)
    #expect(try retention(nil) == 400 * 86_400, "whoever only looks changes nothing")
    #expect(try retention(30 * 86_400) == 30 * 86_400)
  }

  /// What is overdue stays in sight as long again, and does not go in silence.
  @Test func whatWasMissedIsNotForgottenInSilence() throws {
    let fixture = try CaseFixture()
    let store = try fixture.store(retain: 90 * 86_400)
    let clock = try clocks(days: 14)
    try store.record(
      mail("a@a"), name: "", decision("q"), judged(), received: CaseFixture.start, clocks: clock)
    var unanswered = 0
    #expect(
      try store.expire(now: CaseFixture.start + 91 * 86_400) { unanswered += $0 } == 0)
    #expect(try store.due().count == 1)
    #expect(unanswered == 0)
    #expect(try store.expire(now: clock[0].due + 91 * 86_400) { unanswered += $0 } == 1)
    #expect(unanswered == 1)
  }
}
