/// Exit statuses, by sysexits(3).
enum ExitStatus: Int32 {
  case done = 0
  /// A check found something.
  case findings = 1
  case usage = 64
  case data = 65
  case noInput = 66
  case software = 70
  case cannotCreate = 73
  case inputOutput = 74
  /// Trying again later may help.
  case temporary = 75
  case configuration = 78
  /// Stopped by SIGINT, as a shell shows it.
  case interrupted = 130
  /// Stopped by SIGTERM.
  case terminated = 143
}

/// Why a command stops: what to say, and the status to exit with.
struct Failure: Error, CustomStringConvertible {
  let status: ExitStatus
  let message: String

  /// The message alone: it is for people.
  var description: String { message }

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }
}
