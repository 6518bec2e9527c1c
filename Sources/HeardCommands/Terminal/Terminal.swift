internal import Glibc

/// Standard output and standard error.
enum Terminal {
  /// Writes to standard output; a reader that went away ends the process quietly.
  static func write(_ text: String) throws(Failure) {
    try write(Array(text.utf8))
  }

  /// Writes bytes to standard output.
  static func write(_ bytes: [UInt8]) throws(Failure) {
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(1, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if written >= 0 {
        done += written
      } else if errno == EPIPE {
        Glibc.exit(ExitStatus.done.rawValue)
      } else if errno != EINTR {
        throw Failure(
          .inputOutput, "standard output cannot be written: \(systemReason())")
      }
    }
  }

  /// Writes lines to standard error, each behind `heard: `.
  static func complain(_ message: String) {
    for line in message.split(separator: "\n", omittingEmptySubsequences: true) {
      fputs("heard: \(line)\n")
    }
  }

  /// Writes to standard error as it is.
  static func fputs(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
  }

  /// What the system call that just failed says, as `permission denied`.
  static func systemReason() -> String {
    guard let words = unsafe strerror(errno) else { return "unknown error" }
    return unsafe String(cString: words).lowercased()
  }

  /// Whether standard error is a terminal.
  static var errorIsTerminal: Bool { isatty(2) == 1 }

  /// Columns of the terminal; 100 when there is none.
  static var width: Int {
    var size = winsize()
    guard unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  /// The value of an environment variable that is set and not empty.
  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}
