internal import Glibc

/// An open file, closed when the owner goes.
struct FileDescriptor: ~Copyable {
  private let number: Int32
  private let closes: Bool

  /// Standard input.
  static func standardInput() -> FileDescriptor { FileDescriptor(number: 0, closes: false) }
  /// Standard output.
  static func standardOutput() -> FileDescriptor { FileDescriptor(number: 1, closes: false) }

  private init(number: Int32, closes: Bool) {
    self.number = number
    self.closes = closes
  }

  /// Opens a file for reading.
  init(reading path: String) throws(SystemFailure) {
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw SystemFailure() }
    self.init(number: opened, closes: true)
  }

  /// Creates or empties a file for writing.
  init(writing path: String) throws(SystemFailure) {
    let opened = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard opened >= 0 else { throw SystemFailure() }
    self.init(number: opened, closes: true)
  }

  deinit {
    if closes { close(number) }
  }

  /// Whether it is a terminal.
  var isTerminal: Bool { isatty(number) == 1 }

  /// Size in bytes; nil for what is no regular file.
  func size() throws(SystemFailure) -> Int? {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw SystemFailure() }
    return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  /// Reads at most `count` bytes into `buffer` at `offset`; 0 at the end.
  func read(into buffer: inout [UInt8], at offset: Int, count: Int) throws(SystemFailure) -> Int {
    precondition(offset >= 0 && count >= 0 && offset + count <= buffer.count)
    while true {
      let got = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(number, bytes.baseAddress.map { unsafe $0 + offset }, count)
      }
      if got >= 0 { return got }
      if errno != EINTR { throw SystemFailure() }
    }
  }

  /// Writes all of `bytes`.
  func write(_ bytes: [UInt8]) throws(SystemFailure) {
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          number, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw SystemFailure()
      }
      done += written
    }
  }

  /// Waits until what was written is on disk; a pipe or terminal has nothing to wait for.
  func synchronize() throws(SystemFailure) {
    guard fsync(number) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS else {
      throw SystemFailure()
    }
  }
}

/// What a system call said: `errno`.
struct SystemFailure: Error, Hashable, CustomStringConvertible {
  let number: Int32

  /// Takes the number of the call that just failed.
  init() { number = errno }

  /// Whether the number says that the reader of a pipe went away.
  static func isBrokenPipe(_ number: Int32) -> Bool { number == EPIPE }

  var description: String {
    unsafe String(cString: strerror(number)).lowercased()
  }
}
