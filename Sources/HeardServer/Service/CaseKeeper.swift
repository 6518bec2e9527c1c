internal import Glibc
internal import HeardCases
internal import Logging
internal import ServiceLifecycle

/// Counts what is overdue, and forgets conversations that are too old, now and then.
struct CaseKeeper: Service {
  let cases: CaseStore
  let metrics: ServerMetrics
  let log: Logger

  func run() async throws {
    while !Task.isShuttingDownGracefully && !Task.isCancelled {
      let now = Int64(time(nil))
      do throws(CaseError) {
        metrics.overdue = try cases.due(before: now - 1).count
        try cases.expire(now: now) { clocks in
          log.warning("deadlines nobody kept are forgotten", metadata: ["clocks": "\(clocks)"])
        }
      } catch {
        metrics.failed(.intake)
        log.error("conversations cannot be read; tried again", metadata: ["error": "\(error)"])
      }
      try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(30)) }
    }
  }
}
