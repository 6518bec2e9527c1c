internal import Synchronization

/// What the parts of the server know of one another.
final class ServerState: Sendable {
  private let stopping = Atomic(false)
  private let failedReload = Atomic(false)

  /// Whether the server is ending: it finishes what it has and takes nothing new.
  var isStopping: Bool { stopping.load(ordering: .relaxed) }
  /// Whether what is judged with is older than what the files say, because they cannot be used.
  var hasFailedReload: Bool { failedReload.load(ordering: .relaxed) }

  /// Says that the server is ending.
  func stop() { stopping.store(true, ordering: .relaxed) }

  /// Says how a reload went.
  func reloaded(isSuccess: Bool) { failedReload.store(!isSuccess, ordering: .relaxed) }
}

/// Does something when as many have called as should.
final class Countdown: Sendable {
  private let left: Atomic<Int>
  private let done: @Sendable () -> Void

  /// - Parameter count: calls of ``step()``; with none to wait for, it is done at once.
  init(_ count: Int, _ done: @escaping @Sendable () -> Void) {
    left = Atomic(count)
    self.done = done
    if count == 0 { done() }
  }

  /// Counts one.
  func step() {
    if left.subtract(1, ordering: .relaxed).newValue == 0 { done() }
  }
}
