internal import Heard
internal import HeardCases
internal import HeardReply
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// One judging thread and its bench, which no other thread touches.
actor JudgeLane {
  /// A message in hand, and how to tell its client that it is given up.
  private struct Work {
    let since: NIODeadline
    let abandon: @Sendable () -> Void
  }

  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let loop: any EventLoop
  private let work = Mutex<Work?>(nil)
  private var bench: JudgingBench?
  private var generation = -1

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe loop.executor.asUnownedSerialExecutor()
  }

  init() { loop = group.next() }

  /// Notes that a message is in hand; `abandon` is called when it is given up.
  nonisolated func begin(_ abandon: @escaping @Sendable () -> Void) {
    work.withLock { $0 = Work(since: .now(), abandon: abandon) }
  }

  /// Notes that the message is done; false when it was given up before.
  nonisolated func end() -> Bool {
    work.withLock { work in
      defer { work = nil }
      return work != nil
    }
  }

  /// Gives up a message that has been in hand since before `time`.
  ///
  /// - Returns: how to tell its client; nil when there is no such message.
  nonisolated func leave(begunBefore time: NIODeadline) -> (@Sendable () -> Void)? {
    work.withLock { work in
      guard let begun = work, begun.since < time else { return nil }
      work = nil
      return begun.abandon
    }
  }

  /// Runs `body` with the bench; that of an older pipeline is replaced first.
  func run<Value: Sendable>(
    _ current: PipelineStore.Current, _ body: @Sendable (JudgingBench) -> Value
  ) -> Value {
    let bench: JudgingBench
    if let known = self.bench, generation == current.generation {
      bench = known
    } else {
      bench = JudgingBench(current)
      self.bench = bench
      generation = current.generation
    }
    return body(bench)
  }

  /// Ends the thread.
  func stop() async throws { try await group.shutdownGracefully() }
}

/// What one thread works with, and keeps from one message to the next.
final class JudgingBench {
  /// Judges messages.
  let worker: Worker
  /// Whether judgements are to carry explanations for the handler's sake.
  let needsExplanation: Bool
  private let handler: MessageHandler?
  private var checker: ReplyChecker?

  init(_ current: PipelineStore.Current) {
    worker = current.pipeline.makeWorker()
    needsExplanation = current.rules.staff != nil
    handler =
      current.rules.isEmpty ? nil : MessageHandler(current.pipeline, current.rules)
  }

  /// The judgement with staff, deadlines and conversation; the account of conversations stays as it
  /// was, for who asks has not handed the message over.
  func handled(_ judgement: Judgement) -> Judgement {
    guard let handler else { return judgement }
    // An account that cannot be read leaves the judgement, which is right without it.
    return (try? handler.handle(judgement, keeps: false)) ?? judgement
  }

  /// Checks replies; made when the first reply comes.
  func checker(_ wording: ReplyWording) -> ReplyChecker {
    if let checker { return checker }
    let made = ReplyChecker(wording)
    checker = made
    return made
  }
}
