internal import AsyncHTTPClient
internal import Dispatch
internal import Glibc
public import HeardIntake
internal import NIOCore
internal import NIOHTTP1

/// Sends what is in a ledger's outbox, at least once each, until it is taken.
///
/// A row leaves the outbox when the receiver answered with 2xx. A sender that is killed in between
/// leaves it, and it is sent again: receivers drop what they have by `webhook-id`, which is the
/// same every time (also in `Idempotency-Key`). Any other answer, or none, is tried again later,
/// twice as late each time; `Retry-After` in seconds is obeyed up to the longest delay. Several
/// senders, also on several hosts, may work on one ledger: each row is taken by one of them.
public struct WebhookSender: Sendable {
  /// What a round did.
  public struct Round: Hashable, Sendable {
    /// Taken by the receiver.
    public var sent = 0
    /// To be tried again.
    public var postponed = 0
    /// Too old, and not tried again.
    public var givenUp = 0

    /// Whether there was nothing to do.
    public var isEmpty: Bool { sent + postponed + givenUp == 0 }
  }

  private let ledger: any Ledger
  private let target: WebhookTarget
  private let client: HTTPClient

  /// Makes a sender with connections of its own; see ``stop()``.
  public init(_ ledger: any Ledger, to target: WebhookTarget) {
    self.ledger = ledger
    self.target = target
    var configuration = HTTPClient.Configuration()
    // A receiver that redirects is not the one that was agreed on.
    configuration.redirectConfiguration = .disallow
    configuration.timeout.connect = .seconds(min(10, target.timeout))
    client = HTTPClient(configuration: configuration)
  }

  /// Closes the connections.
  public func stop() async throws { try await client.shutdown() }

  /// Sends what is due, at most as much as goes at the same time.
  ///
  /// - Parameter now: seconds since 1970.
  public func sendDue(now: Int64) async throws(IntakeError) -> Round {
    let (ledger, target) = (ledger, target)
    // A row comes back by itself when this process dies; until then the answer must be here.
    let rows = try await blocking { () throws(IntakeError) in
      try ledger.claim(target.concurrency, now: now, lease: 2 * target.timeout + 30)
    }
    let answers = await withTaskGroup(of: (OutboxRow, Answer).self) { group in
      for row in rows {
        group.addTask {
          if row.recordedAt < now - target.patience { return (row, .tooLate) }
          return (row, await send(row, now: now))
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    return try await blocking { () throws(IntakeError) in
      var round = Round()
      for (row, answer) in answers {
        switch answer {
        case .taken:
          try ledger.complete(row)
          round.sent += 1
        case .tooLate:
          try ledger.complete(row)
          round.givenUp += 1
        case .refused(let retryAfter):
          let delay = target.delay(afterFailures: row.attempts, retryAfter: retryAfter)
          // Not all at once when the receiver comes back.
          let chance = Int64.random(in: 0...(delay / 5))
          try ledger.postpone(row, until: now + delay + chance)
          round.postponed += 1
        }
      }
      return round
    }
  }

  private enum Answer: Sendable {
    case taken
    /// With its `Retry-After`.
    case refused(String?)
    case tooLate
  }

  private func send(_ row: OutboxRow, now: Int64) async -> Answer {
    let body = Array(row.body.utf8)
    var request = HTTPClientRequest(url: target.url)
    request.method = .POST
    request.headers.add(name: "content-type", value: "application/json")
    request.headers.add(name: "user-agent", value: "heard")
    request.headers.add(name: "idempotency-key", value: row.idempotencyKey)
    request.headers.add(name: "webhook-id", value: row.idempotencyKey)
    request.headers.add(name: "webhook-timestamp", value: "\(now)")
    request.headers.add(
      name: "webhook-signature",
      value: WebhookSignature.value(
        id: row.idempotencyKey, timestamp: now, body: body, secret: target.secret))
    request.body = .bytes(ByteBuffer(bytes: body))
    do {
      let response = try await client.execute(request, timeout: .seconds(target.timeout))
      // Only the status counts; the rest is read so that the connection can be used again.
      _ = try? await response.body.collect(upTo: 64 << 10)
      if (200..<300).contains(response.status.code) { return .taken }
      return .refused(response.headers.first(name: "retry-after"))
    } catch {
      return .refused(nil)
    }
  }

  /// Runs what waits for a database where waiting holds up nobody.
  private func blocking<Value: Sendable>(
    _ body: @escaping @Sendable () throws(IntakeError) -> Value
  ) async throws(IntakeError) -> Value {
    let result: Result<Value, IntakeError> = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: Result { () throws(IntakeError) in try body() })
      }
    }
    return try result.get()
  }
}
