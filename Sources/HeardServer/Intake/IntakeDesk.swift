internal import HeardIntake
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// Takes messages in for the listeners, on threads that may wait for a disk.
///
/// Listeners, the Maildir watcher and `POST /v1/deliver` all come here, so that a message that
/// arrives by two ways is recognised.
final class IntakeDesk: Service {
  /// What became of a message for one recipient.
  typealias Result = Swift.Result<Receipt, IntakeError>

  private let intake: Intake
  private let threads: NIOThreadPool
  private let metrics: ServerMetrics
  private let log: Logger

  /// - Parameter width: messages that are filed at the same time.
  init(_ intake: Intake, width: Int, metrics: ServerMetrics, log: Logger) {
    self.intake = intake
    self.metrics = metrics
    self.log = log
    threads = NIOThreadPool(numberOfThreads: width)
    threads.start()
  }

  /// Files a message for its recipients, or for nobody in particular when there are none.
  ///
  /// - Parameter listener: who asks, for metrics and log.
  /// - Returns: one result a recipient, one at least; a receipt means that it is durable.
  func accept(
    _ message: [UInt8], sender: String, recipients: [String], from listener: String
  ) async -> [Result] {
    let envelopes = (recipients.isEmpty ? [""] : recipients)
      .map { Envelope(sender: sender, recipient: $0) }
    let intake = intake
    let results: [Result]
    do {
      results = try await threads.runIfActive {
        // Who ends the data of an empty message has sent it, however often it is told to come back.
        guard envelopes.count > 1 || message.isEmpty else {
          return envelopes.map { envelope in
            Swift.Result { () throws(IntakeError) in try intake.accept(message, envelope: envelope)
            }
          }
        }
        let mail = intake.judge(message, recipients: recipients)
        return envelopes.map { envelope in
          Swift.Result { () throws(IntakeError) in try intake.file(mail, envelope: envelope) }
        }
      }
    } catch {
      let failure = IntakeError(
        .configuration, place: "the server", message: "it is stopping; try again later")
      results = envelopes.map { _ in .failure(failure) }
    }
    for result in results { note(result, message.count, listener) }
    // Judged once, whatever the number of recipients.
    if case .success(let receipt)? = results.first(where: { (try? $0.get())?.decision != nil }) {
      metrics.judged(receipt)
    }
    return results
  }

  /// Judges by another pipeline from now on.
  func reload(_ current: PipelineStore.Current) {
    intake.reload(current.pipeline, rules: current.rules)
  }

  /// The ledger, for what else works with it.
  var records: any Ledger { intake.records }

  /// Whether too many messages do not come back from being judged.
  var isStuck: Bool { intake.isStuck }

  /// Completes what a crash left, and tidies up now and then, until the server stops.
  func run() async throws {
    repeat {
      let intake = intake
      do {
        let completed = try await threads.runIfActive {
          let completed = try intake.recover()
          try intake.maintain()
          return completed
        }
        if completed > 0 {
          log.notice("completed after a crash", metadata: ["messages": "\(completed)"])
        }
        // In steps, between which mail is filed.
        while !Task.isShuttingDownGracefully, !Task.isCancelled,
          try await threads.runIfActive({ try intake.prune() })
        {}
      } catch {
        metrics.failed(.intake)
        log.error("upkeep failed; tried again later", metadata: ["error": "\(error)"])
      }
      try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(60)) }
    } while !Task.isShuttingDownGracefully && !Task.isCancelled
  }

  /// Waits for what is being filed and ends the threads.
  func stop() async throws { try await threads.shutdownGracefully() }

  private func note(_ result: Result, _ size: Int, _ listener: String) {
    switch result {
    case .success(let receipt):
      let status = receipt.isDuplicate ? "duplicate" : receipt.status.rawValue
      let isFallback = !receipt.isDuplicate && receipt.status != .ok
      metrics.delivered(by: listener, status: status, isFallback: isFallback)
      // Digest and size, never a word of the message.
      log.log(
        level: isFallback ? .warning : .info, "filed",
        metadata: [
          "by": "\(listener)", "status": "\(status)", "queue": "\(receipt.queue)",
          "bytes": "\(size)", "record": "\(receipt.sequence)", "digest": "\(receipt.digest)",
          "fault": "\(receipt.fault ?? "")",
        ])
    case .failure(let error):
      metrics.failed(.intake)
      metrics.delivered(by: listener, status: "deferred", isFallback: false)
      log.error(
        "not filed; the sender keeps it",
        metadata: ["by": "\(listener)", "bytes": "\(size)", "error": "\(error)"])
    }
  }
}

extension LMTPEngine.Outcome {
  /// What to tell a client of what became of a message.
  init(_ result: IntakeDesk.Result) {
    switch result {
    case .success: self = .accepted
    case .failure: self = .deferred
    }
  }
}
