internal import Logging
internal import ServiceLifecycle

/// Too many messages do not come back from being judged: only a new process has threads again.
struct StuckError: Error, CustomStringConvertible {
  let description = "too many messages do not come back from being judged; start again"
}

/// Ends the server when judging is stuck, so that whoever watches over it starts it again.
///
/// What was taken in is on disk; what was not, its senders keep. Each message that does not come back
/// was filed without being judged, so that the next process does not meet it again.
struct StuckWatch: Service {
  let isStuck: @Sendable () -> Bool
  let log: Logger

  func run() async throws {
    while !Task.isShuttingDownGracefully && !Task.isCancelled {
      if isStuck() {
        log.critical("judging is stuck; the server ends to be started again")
        throw StuckError()
      }
      try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(1)) }
    }
  }
}
