internal import Glibc

/// A file that appears under its name only when it is complete.
struct PartialFile {
  private let path: String

  /// Where it is written meanwhile, in the same folder so that the move is atomic.
  var temporaryPath: String { "\(path).partial" }

  init(_ path: String) {
    self.path = path
  }

  /// Whether the name belongs to a device or a pipe, which is written to and never replaced.
  var isSpecial: Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG
  }

  /// Moves it to its name.
  func publish() throws(SystemFailure) {
    guard unsafe rename(temporaryPath, path) == 0 else { throw SystemFailure() }
  }

  /// Removes what was written.
  func discard() {
    unsafe unlink(temporaryPath)
  }
}
