internal import Glibc
internal import Synchronization

/// Hears of SIGINT and SIGTERM, so that a run can finish its blocks and say how to go on.
public enum StopSignal {
  private static let received = Atomic<Int32>(0)

  /// Begins to listen; the second signal ends the process as it always did.
  public static func listen() {
    for number in [SIGINT, SIGTERM] where !isIgnored(number) {
      var action = sigaction()
      // Without SA_RESTART: a read that waits for a pipe must come back.
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
      unsafe action.__sigaction_handler.sa_handler = { number in
        // Nothing but an atomic store: this runs in the middle of anything.
        StopSignal.received.store(number, ordering: .relaxed)
      }
      unsafe sigaction(number, &action, nil)
      // Whoever starts a process from a thread that blocks signals hands that on.
      var numbers = sigset_t()
      unsafe sigemptyset(&numbers)
      unsafe sigaddset(&numbers, number)
      unsafe pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
    }
  }

  /// Whether whoever started the process wants it to go on whatever comes, as `nohup` does.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(number, nil, &action) == 0 else { return false }
    // SIG_IGN is the number 1 in the place of a function.
    return unsafe unsafeBitCast(action.__sigaction_handler, to: UInt.self) == 1
  }

  /// Whether a signal asked for the end.
  public static var isReceived: Bool { received.load(ordering: .relaxed) != 0 }

  /// The signal that came, as a process ended by it shows to a shell: 130 or 143; nil for none.
  public static var status: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : 128 + number
  }
}
