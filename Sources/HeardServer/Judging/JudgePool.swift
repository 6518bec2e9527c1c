internal import HeardReply
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Judges messages on a fixed number of threads, with a bounded queue before them.
///
/// Judging is arithmetic, milliseconds for a long mail: it never runs on the threads that serve
/// connections. When more messages wait than `waiting` allows, the newest is turned away at once,
/// which costs nothing and tells the client to come back. A thread that does not come back from a
/// message is left alone, and another takes its place; when too many were left, ``isStuck`` says so.
final class JudgePool: Sendable {
  /// Why a message was not judged.
  enum Refusal: Error {
    /// As many wait as may wait.
    case full
    /// It waited longer than it may.
    case waitedTooLong
    /// Judging it took longer than it may.
    case tookTooLong
  }

  private struct Waiter {
    let number: UInt64
    let isPatient: Bool
    let continuation: CheckedContinuation<JudgeLane, any Error>
  }

  private struct State {
    var idle: [JudgeLane]
    /// All threads but those that were left alone.
    var lanes: [JudgeLane]
    /// Threads that were left alone and have not come back.
    var left = 0
    var waiters: [Waiter] = []
    var nextNumber: UInt64 = 0
    var watch: RepeatedTask?
  }

  /// How many threads may be left alone at the same time.
  private static let mostLeft = 8

  private let state: Mutex<State>
  private let waitingLimit: Int
  private let patience: TimeAmount
  private let limit: TimeAmount
  /// Number of threads.
  let width: Int

  /// Makes the threads.
  ///
  /// - Parameters:
  ///   - width: threads, 1 or more.
  ///   - waiting: messages that wait at most.
  ///   - patience: how long one waits at most.
  ///   - limit: how long judging one may take.
  init(width: Int, waiting: Int, patience: TimeAmount, limit: TimeAmount) {
    self.width = width
    waitingLimit = waiting
    self.patience = patience
    self.limit = limit
    let lanes = (0..<width).map { _ in JudgeLane() }
    state = Mutex(State(idle: lanes, lanes: lanes))
    let interval = TimeAmount.nanoseconds(
      max(20_000_000, min(limit.nanoseconds / 4, 1_000_000_000)))
    let watch = MultiThreadedEventLoopGroup.singleton.next().scheduleRepeatedTask(
      initialDelay: interval, delay: interval
    ) { [weak self] task in
      guard let self else { return task.cancel() }
      leaveOverdue(.now())
    }
    state.withLock { $0.watch = watch }
  }

  /// Messages that wait for a thread.
  var waiting: Int { state.withLock { $0.waiters.count } }

  /// Whether so many threads were left alone that none takes the place of the next; only the end of
  /// the process frees them.
  var isStuck: Bool { state.withLock { $0.left >= Self.mostLeft } }

  /// Runs `body` with the bench of the pipeline, on one of the threads.
  ///
  /// - Parameter isPatient: waits as long as it takes, and does not count among those who wait; for
  ///   streams, which are slowed down rather than turned away.
  /// - Throws: ``Refusal``.
  func withWorker<Value: Sendable>(
    of current: PipelineStore.Current, isPatient: Bool = false,
    _ body: @escaping @Sendable (JudgingBench) -> Value
  ) async throws -> Value {
    let lane = try await take(isPatient)
    return try await withCheckedThrowingContinuation { continuation in
      lane.begin { continuation.resume(throwing: Refusal.tookTooLong) }
      lane.run(current) { [self] bench in
        let value = body(bench)
        if lane.end() {
          giveBack(lane)
          continuation.resume(returning: value)
        } else {
          cameBack(lane)
        }
      }
    }
  }

  /// Has the threads that are idle make their benches, one after the other, so that no message waits
  /// for it.
  func prepare(_ current: PipelineStore.Current) async {
    for lane in state.withLock({ $0.idle }) {
      let isTaken = state.withLock { state -> Bool in
        guard let index = state.idle.firstIndex(where: { $0 === lane }) else { return false }
        state.idle.remove(at: index)
        return true
      }
      // Whoever has it makes its bench.
      guard isTaken else { continue }
      await withCheckedContinuation { continuation in
        lane.run(current) { _ in continuation.resume() }
      }
      giveBack(lane)
    }
  }

  /// Ends the threads, but for those that do not come back.
  func stop() async throws {
    let lanes = state.withLock { state in
      state.watch?.cancel()
      return state.lanes
    }
    for lane in lanes { try await lane.stop() }
  }

  // MARK: Threads that do not come back

  /// Gives up the messages that take too long, and has other threads take over from theirs.
  func leaveOverdue(_ now: NIODeadline) {
    for lane in state.withLock({ $0.lanes }) {
      guard let abandon = lane.leave(begunBefore: now - limit) else { continue }
      let successor = JudgeLane()
      let isReplaced = state.withLock { state -> Bool in
        state.lanes.removeAll { $0 === lane }
        state.left += 1
        guard state.left < Self.mostLeft else { return false }
        state.lanes.append(successor)
        return true
      }
      if isReplaced { giveBack(successor) }
      abandon()
    }
  }

  /// A thread that was left alone has ended its message after all; its place is taken.
  private func cameBack(_ lane: JudgeLane) {
    state.withLock { $0.left -= 1 }
    Task { try? await lane.stop() }
  }

  // MARK: Waiting

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
        guard !isPatient else { return }
        // Not by the judging threads, which are busy.
        MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: patience) {
          self.giveUp(number)
        }
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
