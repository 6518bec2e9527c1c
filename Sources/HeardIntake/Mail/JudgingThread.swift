internal import Dispatch
internal import Glibc
internal import Synchronization

/// Runs what may not end, on a thread that is left alone when its time is up.
///
/// Nothing can stop a thread from outside without harm; one that is left goes on until it ends or
/// the process does. When too many are left, nothing more is tried until some have ended.
final class JudgingThread: Sendable {
  /// How many threads may be left alone at the same time.
  private static let most = 8
  private let left = Atomic<Int>(0)

  /// Whether so many are left alone that nothing more is tried.
  var isFull: Bool { left.load(ordering: .relaxed) >= Self.most }

  /// What came of it.
  enum Result<Value: Sendable>: Sendable {
    case done(Value)
    case timeIsUp
    case tooManyLeft
  }

  /// What the two threads share: who comes first, the value or the end of time, decides.
  private final class Shared<Value: Sendable>: Sendable {
    enum State {
      case running
      case done(Value)
      case left
    }

    let state = Mutex(State.running)
    let isDone = DispatchSemaphore(value: 0)
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs a body for at most `limit` milliseconds.
  func run<Value: Sendable>(
    limit: Int, _ body: @escaping @Sendable () -> Value
  ) -> Result<Value> {
    guard !isFull else { return .tooManyLeft }
    let shared = Shared<Value>()
    let work = Work { [self] in
      let value = body()
      let wasLeft = shared.state.withLock { state in
        if case .left = state { return true }
        state = .done(value)
        return false
      }
      if wasLeft { left.subtract(1, ordering: .relaxed) }
      shared.isDone.signal()
    }
    guard Self.start(work) else { return .tooManyLeft }
    _ = shared.isDone.wait(timeout: .now() + .milliseconds(limit))
    return shared.state.withLock { state in
      if case .done(let value) = state { return .done(value) }
      state = .left
      left.add(1, ordering: .relaxed)
      return .timeIsUp
    }
  }

  /// Starts a thread with the stack of a main thread: mails are nested as deep as strangers like.
  private static func start(_ work: Work) -> Bool {
    var attributes = pthread_attr_t()
    guard unsafe pthread_attr_init(&attributes) == 0 else { return false }
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, 8 << 20)
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let argument = unsafe Unmanaged.passRetained(work).toOpaque()
    let refused = unsafe pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, argument)
    if refused != 0 { unsafe Unmanaged<Work>.fromOpaque(argument).release() }
    return refused == 0
  }
}
