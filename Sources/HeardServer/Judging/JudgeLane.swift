internal import Heard
internal import HeardCases
internal import HeardReply
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// One judging thread and its bench, which no other thread touches.
///
/// A message goes to the thread and its judgement comes back, and nothing between the two waits for
/// another thread: every hop is a moment in which a busy machine lets something else go first.
final class JudgeLane: Sendable {
  /// A message in hand, and how to tell its client that it is given up.
  private struct Work {
    let since: NIODeadline
    let abandon: @Sendable () -> Void
  }

  /// A bench and the number of the loading that it is for.
  private struct Furnishing {
    let bench: JudgingBench
    let generation: Int
  }

  private let group: MultiThreadedEventLoopGroup
  private let loop: any EventLoop
  private let work = Mutex<Work?>(nil)
  private let furnishing: NIOLoopBoundBox<Furnishing?>

  init() {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    loop = group.next()
    furnishing = .makeEmptyBox(valueType: Furnishing.self, eventLoop: loop)
  }

  /// Notes that a message is in hand; `abandon` is called when it is given up.
  func begin(_ abandon: @escaping @Sendable () -> Void) {
    work.withLock { $0 = Work(since: .now(), abandon: abandon) }
  }

  /// Notes that the message is done; false when it was given up before.
  func end() -> Bool {
    work.withLock { work in
      defer { work = nil }
      return work != nil
    }
  }

  /// Gives up a message that has been in hand since before `time`.
  ///
  /// - Returns: how to tell its client; nil when there is no such message.
  func leave(begunBefore time: NIODeadline) -> (@Sendable () -> Void)? {
    work.withLock { work in
      guard let begun = work, begun.since < time else { return nil }
      work = nil
      return begun.abandon
    }
  }

  /// Runs `body` on the thread, with the bench; that of an older pipeline is replaced first.
  func run(_ current: PipelineStore.Current, _ body: @escaping @Sendable (JudgingBench) -> Void) {
    loop.execute { [self] in body(bench(current)) }
  }

  private func bench(_ current: PipelineStore.Current) -> JudgingBench {
    if let known = furnishing.value, known.generation == current.generation { return known.bench }
    let bench = JudgingBench(current)
    furnishing.value = Furnishing(bench: bench, generation: current.generation)
    return bench
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
    needsExplanation = current.rules.needExplanations
    handler =
      current.rules.isEmpty ? nil : MessageHandler(current.pipeline, current.rules)
  }

  /// The judgement with staff, deadlines and conversation; the account of conversations stays as it
  /// was, for who asks has not handed the message over.
  ///
  /// - Parameter explain: whether the decision says why.
  func handled(_ judgement: Judgement, explain: Bool) -> Judgement {
    guard let handler else { return judgement }
    // An account that cannot be read leaves the judgement, which is right without it.
    return (try? handler.handle(judgement, keeps: false, explain: explain)) ?? judgement
  }

  /// Checks replies; made when the first reply comes.
  func checker(_ wording: ReplyWording) -> ReplyChecker {
    if let checker { return checker }
    let made = ReplyChecker(wording)
    checker = made
    return made
  }
}
