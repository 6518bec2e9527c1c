internal import Glibc
internal import Synchronization

/// Takes finished blocks from several workers and writes them in the order of the input.
///
/// A worker that is early waits for its turn, so there are never more blocks in memory than
/// workers.
final class OrderedOutput: Sendable {
  private struct State: ~Copyable {
    var turn = 0
    var failure: RunError?
    let file: FileDescriptor
    let terminal: FileDescriptor?
    var statistics = RunStatistics()
  }

  private let state: Mutex<State>
  private let turns = ConditionVariable()

  /// Writes to an open file, and lines for people to standard output when they have a header.
  init(_ file: consuming FileDescriptor, summaryHeader: String?) throws(RunError) {
    let terminal: FileDescriptor? = summaryHeader == nil ? nil : .standardOutput()
    if let summaryHeader {
      do throws(SystemFailure) {
        try terminal?.write(Array((summaryHeader + "\n").utf8))
      } catch {
        throw .output(error)
      }
    }
    state = Mutex(State(file: file, terminal: terminal))
  }

  /// Waits for the turn of block `index`, writes its records and reports the statistics so far.
  ///
  /// - Returns: false when the run has failed.
  func write(
    _ block: JudgedBlock, of index: Int, then report: (RunStatistics) -> Void
  ) -> Bool {
    turns.wait(until: {
      state.withLock { $0.turn == index || $0.failure != nil }
    })
    let succeeded = state.withLock { state in
      guard state.failure == nil else { return false }
      do throws(SystemFailure) {
        try state.file.write(block.records)
        try state.terminal?.write(block.summaryLines)
      } catch {
        state.failure = .output(error)
        return false
      }
      state.turn += 1
      state.statistics.add(block.statistics)
      report(state.statistics)
      return true
    }
    turns.signalAll()
    return succeeded
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

  /// Makes what was written durable and returns the statistics, or throws what went wrong.
  func finish() throws(RunError) -> RunStatistics {
    let (failure, statistics): (RunError?, RunStatistics) = state.withLock { state in
      if state.failure == nil {
        do throws(SystemFailure) {
          try state.file.synchronize()
        } catch {
          state.failure = .output(error)
        }
      }
      return (state.failure, state.statistics)
    }
    if let failure { throw failure }
    return statistics
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
