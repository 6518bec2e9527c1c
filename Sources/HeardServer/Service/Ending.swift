internal import Glibc
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// Notes that the server is ending, and sees to it that it does.
///
/// What is under way may finish until the grace is over. A judgement that never ends would hold the
/// process beyond that; nothing is lost with it, for its message was not acknowledged.
struct Ending: Service {
  /// How long the threads may take to end behind the grace.
  static let margin = TimeAmount.seconds(5)

  let state: ServerState
  /// How long work may finish.
  let grace: TimeAmount
  let log: Logger

  func run() async throws {
    try? await gracefulShutdown()
    state.stop()
    let limit = grace + Self.margin
    SystemdNotice.stopping(within: limit + Self.margin).send()
    let log = log
    MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: limit) {
      log.critical("something does not end; the server leaves it")
      // sysexits.h: an internal error.
      _exit(70)
    }
  }
}
