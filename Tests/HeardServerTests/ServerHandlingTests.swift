import Foundation
import HTTPTypes
import HeardCases
import HeardDeadlines
import HeardRouter
import HummingbirdTesting
import NIOCore
import NIOPosix
import Testing

@testable import HeardServer

/// What messages are handled with besides lexicons and policy, and how they are kept from holding
/// up others.
@Suite("Handling and limits")
struct ServerHandlingTests {
  static let deadlines = """
    deadlines: heard/1
    bindings:
    - {id: pl, recipient: "*@y.test", regimes: [pl-consumer]}
    """

  private let mail = """
    Received: by mx; Sat, 21 Nov 2026 10:00:00 +0000
    From: a@x.test
    To: b@y.test
    Subject: Lamp

    The lamp is broken.
    """

  @Test func recordsSayWhatIsDue() async throws {
    let probe = try ServerProbe("handling: {deadlines: [ours.yaml]}")
    try probe.write("ours.yaml", Self.deadlines)
    try await probe.http { client in
      let record = try await client.post("/v1/classify", "message/rfc822", mail).object
      let due = record["due"] as? [[String: any Sendable]]
      #expect(due?.first?["regime"] as? String == "pl-consumer")
    }
    try await ServerProbe().http { client in
      let record = try await client.post("/v1/classify", "message/rfc822", mail).object
      #expect(record["due"] == nil)
    }
  }

  @Test func aReloadReadsDeadlinesToo() async throws {
    let probe = try ServerProbe("handling: {deadlines: [ours.yaml]}")
    try probe.write("ours.yaml", Self.deadlines)
    let server = try probe.server()
    try probe.write("ours.yaml", "deadlines: heard/9\n")
    await #expect(throws: PipelineStore.LoadError.self) { try await server.reloader.reload() }
    #expect(server.store.current.rules.deadlines?.bindings.count == 1, "the old ones stay")
    #expect(probe.logs.text.contains("ours.yaml:1"))
    try probe.write("ours.yaml", Self.deadlines.replacing("*@y.test", with: "*@z.test"))
    _ = try await server.reloader.reload()
    #expect(server.store.current.generation == 1)
    try await server.pool.stop()
  }

  @Test func aPolicyMayIncludeOthers() async throws {
    let probe = try ServerProbe()
    try probe.write(
      "policy.yaml", ServerProbe.policy.replacing("rules:", with: "include: more.yaml\nrules:"))
    try probe.write(
      "more.yaml",
      "policy: heard/1\nrules:\n- {id: early, when: {class: complaint}, queue: general}\n")
    try await probe.http { client in
      let record = try await client.post("/v1/classify", "text/plain", "It is broken.").object
      #expect(record["rule"] as? String == "early")
    }
  }

  @Test func aClientHasItsShare() {
    let limit = ClientLimit(2)
    var places = [limit.enter("a"), limit.enter("a"), limit.enter("b")]
    #expect(places.allSatisfy { $0 != nil })
    #expect(limit.enter("a") == nil)
    places = []
    #expect(limit.enter("a") != nil)
    let token = AccessToken(name: "ops", sha256: "", scopes: [])
    #expect(ClientLimit.client(token, nil) == "token ops")
    let address = try? SocketAddress(ipAddress: "127.0.0.1", port: 4242)
    #expect(ClientLimit.client(nil, address) == "address 127.0.0.1")
  }

  /// A message that does not come back is given up, and its thread replaced, until too many were.
  @Test func judgingHasItsTime() async throws {
    let server = try ServerProbe().server()
    // By itself it would wait for an hour; the test says when that is over.
    let pool = JudgePool(width: 1, waiting: 4, patience: .hours(1), limit: .hours(1))
    let current = server.store.current
    let gate = NSCondition()
    nonisolated(unsafe) var isOpen = false  // Changed under the condition's lock only.
    for round in 1...8 {
      #expect(!pool.isStuck)
      let hanging = Task {
        try await pool.withWorker(of: current) { _ in
          gate.withLock { while unsafe !isOpen { gate.wait() } }
          return 0
        }
      }
      let watching = Task {
        while !Task.isCancelled {
          pool.leaveOverdue(.now() + .hours(2))
          try? await Task.sleep(for: .milliseconds(1))
        }
      }
      await #expect(throws: JudgePool.Refusal.tookTooLong) { try await hanging.value }
      watching.cancel()
      await watching.value
      guard round < 8 else { break }
      #expect(try await pool.withWorker(of: current) { _ in 1 } == 1, "another took its place")
    }
    #expect(pool.isStuck)
    gate.withLock {
      unsafe isOpen = true
      gate.broadcast()
    }
    while pool.isStuck { try await Task.sleep(for: .milliseconds(5)) }
    try await pool.stop()
    try await server.pool.stop()
  }

  /// Whatever is prepared and judged at the same time, all threads are there afterwards.
  @Test func preparingTakesNoThreadAway() async throws {
    let server = try ServerProbe().server()
    let pool = JudgePool(width: 2, waiting: 1000, patience: .hours(1), limit: .hours(1))
    let current = server.store.current
    try await withThrowingTaskGroup { group in
      for _ in 0..<50 {
        group.addTask { await pool.prepare(current) }
        group.addTask { _ = try await pool.withWorker(of: current) { _ in 0 } }
      }
      try await group.waitForAll()
    }
    // Each of two messages waits until the other is in hand as well.
    let meeting = NSCondition()
    nonisolated(unsafe) var arrived = 0  // Changed under the condition's lock only.
    async let first = pool.withWorker(of: current) { _ in meet() }
    async let second = pool.withWorker(of: current) { _ in meet() }
    #expect(try await [first, second] == [true, true])
    try await pool.stop()
    try await server.pool.stop()

    @Sendable func meet() -> Bool {
      meeting.withLock {
        unsafe arrived += 1
        meeting.broadcast()
        let limit = Date.now + 60
        while unsafe arrived < 2, meeting.wait(until: limit) {}
        return unsafe arrived == 2
      }
    }
  }

  struct Mistake: CustomTestStringConvertible, Sendable {
    let text: String
    let said: String
    var testDescription: String { text }
  }

  @Test(arguments: [
    Mistake(
      text: "http:\n  tls: {certificate: a.pem}",
      said: "etc/heardd.yaml:3:22: http.tls.certificate: certificate and key belong together"),
    Mistake(
      text: "intake: {maildir: m, queues: q}",
      said: "etc/heardd.yaml:2:30: intake.queues: the queues are there or in intake.maildir"),
    Mistake(
      text: "intake: {queues: q, ledger: l}",
      said: "etc/heardd.yaml:2:29: intake.ledger: intake.queues names the ledger as well"),
    Mistake(
      text: "intake: {queues: 'postgresql://h@/d'}",
      said: "etc/heardd.yaml:2:18: intake.queues: queues in PostgreSQL need intake.state"),
    Mistake(text: "maildir: {watch: m}", said: "maildir.watch: messages need a place"),
    Mistake(text: "webhook: {url: 'http://x/'}", said: "webhook.url: messages need a place"),
    Mistake(
      text: "handling: {cases-key: k}",
      said: "handling.cases-key: there is no account of conversations"),
  ])
  func saysWhatDoesNotGoTogether(_ mistake: Mistake) {
    var reader = ConfigurationReader()
    reader.read(file: "etc/heardd.yaml", text: "heardd: heard/1\n" + mistake.text)
    #expect(reader.problems.isEmpty)
    do throws(StartError) {
      try ConfigurationCheck.checkSettings(ServerConfiguration(reader))
      Issue.record("nothing was said")
    } catch {
      #expect(error.description.contains(mistake.said), "\(error)")
    }
  }
}
