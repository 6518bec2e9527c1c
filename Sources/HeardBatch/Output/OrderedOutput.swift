internal import Glibc
internal import Heard
internal import HeardInput
internal import Synchronization

/// Takes finished blocks from several workers and writes them in the order of the input.
///
/// A worker that is early waits for its turn, so there are never more blocks in memory than
/// workers.
final class OrderedOutput: Sendable {
  private struct State: ~Copyable {
    let sink: any RecordSink
    /// Where lines for people go; nil without any, and once nobody reads them.
    var terminal: FileDescriptor?
    /// How far the run is, in order.
    var frontier: Checkpoint
    /// Where blocks end that were written before their turn.
    var early: [Int: (input: Int, end: SourcePlace)] = [:]
    var failure: RunError?
    /// The first of the input that was not judged, and the block it is in.
    var firstError: (block: Int, error: RecordError)?
    var saved: Double
    var hasSaved: Bool
  }

  private let state: Mutex<State>
  private let turns = ConditionVariable()
  private let file: CheckpointFile?
  private let isShard: Bool
  private let isOrdered: Bool
  private let interval: Double

  /// Writes to a sink that is ready, and lines for people to standard output when they have a
  /// header.
  init(
    _ sink: sending any RecordSink, from start: Checkpoint, checkpoint file: CheckpointFile?,
    every interval: Double, isShard: Bool, isOrdered: Bool, summaryHeader: String?
  ) throws(RunError) {
    self.file = file
    self.isShard = isShard
    self.isOrdered = isOrdered
    self.interval = interval
    var terminal: FileDescriptor? = summaryHeader == nil ? nil : .standardOutput()
    if let summaryHeader {
      try OrderedOutput.show(Array((summaryHeader + "\n").utf8), on: &terminal)
    }
    state = Mutex(
      State(
        sink: sink, terminal: terminal, frontier: start, saved: MonotonicClock.seconds(),
        hasSaved: file?.isThere ?? false))
  }

  /// Waits for the turn of a block, writes its records and reports the statistics so far.
  ///
  /// - Returns: false when the run has failed.
  func write(
    _ judged: JudgedBlock, of block: Block, then report: (RunStatistics) -> Void
  ) -> Bool {
    if isOrdered {
      turns.wait(until: {
        state.withLock { $0.frontier.blocks == block.index || $0.failure != nil }
      })
    }
    let succeeded = state.withLock { state in
      guard state.failure == nil else { return false }
      do throws(RunError) {
        try state.sink.write(judged)
        // Before anything else can fail: a checkpoint counts what the output holds.
        OrderedOutput.advance(&state, over: block)
        state.frontier.statistics.add(judged.statistics)
        if let error = judged.firstError, block.index < state.firstError?.block ?? .max {
          state.firstError = (block.index, error)
        }
        try OrderedOutput.show(judged.summaryLines, on: &state.terminal)
        if MonotonicClock.seconds() - state.saved >= interval { try save(&state) }
      } catch {
        state.failure = error
        return false
      }
      report(state.frontier.statistics)
      return true
    }
    turns.signalAll()
    return succeeded
  }

  /// Takes note of a block that another run has written.
  func pass(_ block: Block) {
    state.withLock { OrderedOutput.advance(&$0, over: block) }
  }

  private static func advance(_ state: inout State, over block: Block) {
    state.early[block.index] = (block.input, block.end)
    while let next = state.early.removeValue(forKey: state.frontier.blocks) {
      state.frontier.blocks += 1
      (state.frontier.input, state.frontier.place) = next
    }
  }

  /// Shows lines to people; when they look no more, as with `| head`, the records still go on.
  private static func show(
    _ lines: [UInt8], on terminal: inout FileDescriptor?
  ) throws(RunError) {
    do throws(SystemFailure) {
      try terminal?.write(lines)
    } catch {
      guard SystemFailure.isBrokenPipe(error.number) else {
        throw .output("standard output", error)
      }
      terminal = nil
    }
  }

  /// Stops the run: no further block is written.
  func fail(_ failure: RunError) {
    state.withLock { state in
      if state.failure == nil { state.failure = failure }
    }
    turns.signalAll()
  }

  /// Whether the run has failed.
  var hasFailed: Bool { state.withLock { $0.failure != nil } }

  /// Makes what was written durable and ends the run, or throws what went wrong.
  ///
  /// - Parameter inputError: what was wrong with the input.
  func finish(inputError: InputError?) throws(RunError) -> RunOutcome {
    let result: Result<RunOutcome, RunError> = state.withLock { state in
      do throws(RunError) {
        return .success(try end(&state, inputError))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func end(_ state: inout State, _ inputError: InputError?) throws(RunError) -> RunOutcome {
    if state.failure == nil, let inputError { state.failure = .input(inputError) }
    if let failure = state.failure {
      leave(&state)
      throw failure
    }
    if let status = StopSignal.status {
      if file == nil { _ = try state.sink.synchronize() } else { try save(&state) }
      return RunOutcome(
        statistics: state.frontier.statistics, stopStatus: status,
        firstError: state.firstError?.error)
    }
    state.frontier.isComplete = true
    // A small output that was never saved is begun anew when it breaks off here.
    if state.hasSaved || isShard || state.sink is QueueSink {
      try save(&state)
    } else {
      _ = try state.sink.synchronize()
    }
    try state.sink.publish()
    if isShard { try ShardNote.write(state.frontier, of: state.sink.name) }
    file?.remove()
    return RunOutcome(
      statistics: state.frontier.statistics, firstError: state.firstError?.error)
  }

  /// Leaves what can be gone on from; nothing when nothing was written.
  private func leave(_ state: inout State) {
    if file != nil, state.hasSaved || state.frontier.blocks > 0 || !state.early.isEmpty {
      do throws(RunError) {
        try save(&state)
      } catch {
        // The checkpoint before it, if there is one, still holds.
        if !state.hasSaved { state.sink.discard() }
      }
    } else {
      state.sink.discard()
    }
  }

  private func save(_ state: inout State) throws(RunError) {
    guard let file else { return }
    state.frontier.mark = try state.sink.synchronize()
    state.frontier.done = state.early.keys.sorted()
    do throws(SystemFailure) {
      try file.write(state.frontier)
    } catch {
      throw .output(file.path, error)
    }
    state.hasSaved = true
    state.saved = MonotonicClock.seconds()
  }
}

/// A POSIX condition variable; `Synchronization` has none.
@safe private final class ConditionVariable: @unchecked Sendable {
  // Unchecked: both fields are only handed to pthread functions, which are made for sharing.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Returns once `ready` is true; it is asked again after every signal.
  func wait(until ready: () -> Bool) {
    unsafe pthread_mutex_lock(mutex)
    while !ready() { unsafe pthread_cond_wait(condition, mutex) }
    unsafe pthread_mutex_unlock(mutex)
  }

  func signalAll() {
    unsafe pthread_mutex_lock(mutex)
    unsafe pthread_cond_broadcast(condition)
    unsafe pthread_mutex_unlock(mutex)
  }
}
