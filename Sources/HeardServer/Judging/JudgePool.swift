internal import Heard
internal import HeardReply
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Judges messages on a fixed number of threads, with a bounded queue before them.
///
/// Judging is arithmetic, milliseconds for a long mail: it never runs on the threads that serve
/// connections. When more messages wait than `waiting` allows, the newest is turned away at once,
/// which costs nothing and tells the client to come back.
final class JudgePool: Sendable {
  /// Why a message was not judged.
  enum Refusal: Error {
    /// As many wait as may wait.
    case full
    /// It waited longer than it may.
    case waitedTooLong
  }

  private struct Waiter {
    let number: UInt64
    let isPatient: Bool
    let continuation: CheckedContinuation<JudgeLane, any Error>
  }

  private struct State {
    var idle: [JudgeLane]
    var waiters: [Waiter] = []
    var nextNumber: UInt64 = 0
  }

  private let group: MultiThreadedEventLoopGroup
  private let state: Mutex<State>
  private let waitingLimit: Int
  private let patience: TimeAmount
  /// Number of threads.
  let width: Int

  /// Makes the threads.
  ///
  /// - Parameters:
  ///   - width: threads, 1 or more.
  ///   - waiting: messages that wait at most.
  ///   - patience: how long one waits at most.
  init(width: Int, waiting: Int, patience: TimeAmount) {
    self.width = width
    waitingLimit = waiting
    self.patience = patience
    let group = MultiThreadedEventLoopGroup(numberOfThreads: width)
    self.group = group
    state = Mutex(State(idle: group.makeIterator().map { JudgeLane($0) }))
  }

  /// Messages that wait for a thread.
  var waiting: Int { state.withLock { $0.waiters.count } }

  /// Runs `body` with the bench of the pipeline, on one of the threads.
  ///
  /// - Parameter isPatient: waits as long as it takes, and does not count among those who wait; for
  ///   streams, which are slowed down rather than turned away.
  /// - Throws: ``Refusal``.
  func withWorker<Value: Sendable>(
    of pipeline: Pipeline, generation: Int, isPatient: Bool = false,
    _ body: @Sendable (JudgingBench) -> Value
  ) async throws -> Value {
    let lane = try await take(isPatient)
    defer { giveBack(lane) }
    return await lane.run(pipeline, generation, body)
  }

  /// Ends the threads.
  func stop() async throws { try await group.shutdownGracefully() }

  private func take(_ isPatient: Bool) async throws -> JudgeLane {
    if let lane = state.withLock({ $0.idle.popLast() }) { return lane }
    return try await withCheckedThrowingContinuation { continuation in
      let (lane, number): (JudgeLane?, UInt64?) = state.withLock { state in
        if let lane = state.idle.popLast() { return (lane, nil) }
        guard isPatient || state.waiters.count(where: { !$0.isPatient }) < waitingLimit else {
          return (nil, nil)
        }
        let number = state.nextNumber
        state.nextNumber += 1
        state.waiters.append(
          Waiter(number: number, isPatient: isPatient, continuation: continuation))
        return (nil, number)
      }
      if let lane {
        continuation.resume(returning: lane)
      } else if let number {
        if !isPatient { group.next().scheduleTask(in: patience) { self.giveUp(number) } }
      } else {
        continuation.resume(throwing: Refusal.full)
      }
    }
  }

  private func giveBack(_ lane: JudgeLane) {
    let waiter = state.withLock { state -> Waiter? in
      guard !state.waiters.isEmpty else {
        state.idle.append(lane)
        return nil
      }
      return state.waiters.removeFirst()
    }
    waiter?.continuation.resume(returning: lane)
  }

  private func giveUp(_ number: UInt64) {
    let waiter = state.withLock { state -> Waiter? in
      guard let index = state.waiters.firstIndex(where: { $0.number == number }) else { return nil }
      return state.waiters.remove(at: index)
    }
    waiter?.continuation.resume(throwing: Refusal.waitedTooLong)
  }
}

/// One thread and its bench, which no other thread touches.
actor JudgeLane {
  private let loop: any EventLoop
  private var bench: JudgingBench?
  private var generation = -1

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe loop.executor.asUnownedSerialExecutor()
  }

  init(_ loop: any EventLoop) { self.loop = loop }

  /// Runs `body` with the bench; that of an older pipeline is replaced first.
  func run<Value: Sendable>(
    _ pipeline: Pipeline, _ generation: Int, _ body: @Sendable (JudgingBench) -> Value
  ) -> Value {
    let bench: JudgingBench
    if let current = self.bench, self.generation == generation {
      bench = current
    } else {
      bench = JudgingBench(pipeline)
      self.bench = bench
      self.generation = generation
    }
    return body(bench)
  }
}

/// What one thread works with, and keeps from one message to the next.
final class JudgingBench {
  /// Judges messages.
  let worker: Worker
  private var checker: ReplyChecker?

  init(_ pipeline: Pipeline) { worker = pipeline.makeWorker() }

  /// Checks replies; made when the first reply comes.
  func checker(_ wording: ReplyWording) -> ReplyChecker {
    if let checker { return checker }
    let made = ReplyChecker(wording)
    checker = made
    return made
  }
}
