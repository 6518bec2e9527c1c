internal import Heard
internal import HeardLexicon
internal import HeardRouter
internal import Logging
internal import NIOPosix
internal import ServiceLifecycle
internal import Synchronization
internal import UnixSignals

/// Has lexicons and policy read again, and says how it went.
final class Reloader: Sendable {
  private let store: PipelineStore
  private let metrics: ServerMetrics
  private let state: ServerState
  private let sources: PipelineStore.Sources
  private let pool: JudgePool
  private let desk: IntakeDesk?
  private let log: Logger

  init(
    store: PipelineStore, metrics: ServerMetrics, state: ServerState,
    sources: PipelineStore.Sources, pool: JudgePool, desk: IntakeDesk?, log: Logger
  ) {
    self.pool = pool
    self.desk = desk
    self.store = store
    self.metrics = metrics
    self.state = state
    self.sources = sources
    self.log = log
  }

  /// Reads them on a thread that may take its time: compiling a lexicon takes seconds, and the threads
  /// of tasks are as few as the cores.
  private func read() async throws(PipelineStore.LoadError) -> PipelineStore.Current {
    let (store, sources, desk) = (store, sources, desk)
    let reading: Result<PipelineStore.Current, PipelineStore.LoadError>
    do {
      reading = try await NIOThreadPool.singleton.runIfActive {
        Result { () throws(PipelineStore.LoadError) in
          try store.reload(sources) { desk?.reload($0) }
        }
      }
    } catch {
      throw PipelineStore.LoadError(description: "the server is stopping")
    }
    return try reading.get()
  }

  /// Reads them; on an error the old ones stay in use, and log, metric and `/readyz` say so.
  func reload() async throws(PipelineStore.LoadError) -> PipelineStore.Current {
    do throws(PipelineStore.LoadError) {
      let current = try await read()
      await pool.prepare(current)
      metrics.reloaded(isSuccess: true)
      state.reloaded(isSuccess: true)
      log.notice(
        "lexicons and policy reloaded",
        metadata: [
          "lexicon": "\(current.pipeline.lexicon.digest)",
          "policy": "\(current.pipeline.policy.digest)",
        ])
      return current
    } catch {
      metrics.reloaded(isSuccess: false)
      state.reloaded(isSuccess: false)
      log.error(
        "lexicons or policy cannot be used; the old ones stay",
        metadata: ["error": "\(error.description)"])
      throw error
    }
  }
}

/// Reloads at SIGHUP.
struct Hangup: Service {
  let reloader: Reloader

  func run() async throws {
    for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
      // What went wrong is in the log.
      _ = try? await reloader.reload()
    }
  }
}
