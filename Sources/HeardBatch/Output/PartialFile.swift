internal import Glibc
internal import HeardInput

/// A file that appears under its name only when it is complete.
public struct PartialFile: Sendable {
  private let path: String

  /// Whether the name belongs to a device or a pipe, which is written to and never replaced.
  public let isSpecial: Bool

  /// Where it is written meanwhile, in the same folder so that the move is atomic; a device or a
  /// pipe itself.
  public var temporaryPath: String { isSpecial ? path : "\(path).partial" }

  /// Names the file as it is to be called.
  public init(_ path: String) {
    self.path = path
    var status = stat()
    let found = unsafe stat(path, &status)
    isSpecial = found == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  /// Whether something was written that is not under its name yet.
  public var isThere: Bool { unsafe !isSpecial && access(temporaryPath, F_OK) == 0 }

  /// Moves it to its name, for good; done again it does nothing.
  public func publish() throws(RunError) {
    // As root, a move would put a file in the place of /dev/null.
    if isSpecial { return }
    do throws(SystemFailure) {
      if unsafe rename(temporaryPath, path) != 0 {
        // It was moved before, by a run that ended right behind that.
        guard errno == ENOENT, unsafe access(path, F_OK) == 0 else { throw SystemFailure() }
      }
      try PartialFile.synchronizeFolder(of: path)
    } catch {
      throw .creation(path, error)
    }
  }

  /// Makes a folder unless it is there.
  package static func makeFolder(_ path: String) throws(RunError) {
    if unsafe mkdir(path, 0o755) != 0, errno != EEXIST { throw .creation(path, SystemFailure()) }
  }

  /// Removes what was written.
  public func discard() {
    if !isSpecial { unsafe unlink(temporaryPath) }
  }

  /// Waits until the names in a file's folder are on disk.
  static func synchronizeFolder(of path: String) throws(SystemFailure) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    try FileDescriptor(reading: folder).synchronize()
  }
}
