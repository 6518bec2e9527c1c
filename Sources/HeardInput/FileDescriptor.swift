internal import Glibc

/// An open file, closed when the owner goes.
package struct FileDescriptor: ~Copyable, Sendable {
  private let number: Int32
  private let closes: Bool

  /// Standard input.
  package static func standardInput() -> FileDescriptor { .init(number: 0, closes: false) }
  /// Standard output.
  package static func standardOutput() -> FileDescriptor { .init(number: 1, closes: false) }

  private init(number: Int32, closes: Bool) {
    self.number = number
    self.closes = closes
  }

  /// Opens a file for reading.
  package init(reading path: String) throws(SystemFailure) {
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw SystemFailure() }
    self.init(number: opened, closes: true)
  }

  /// Creates a file for writing, or opens the one that is there.
  ///
  /// - Parameter keeps: bytes that must be there; 0 empties the file.
  package init(writing path: String, keeping keeps: Int = 0) throws(SystemFailure) {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (keeps == 0 ? O_TRUNC : 0)
    let opened = unsafe open(path, flags, 0o644)
    guard opened >= 0 else { throw SystemFailure() }
    if keeps > 0 {
      var status = stat()
      guard unsafe fstat(opened, &status) == 0, Int(status.st_size) >= keeps else {
        close(opened)
        throw SystemFailure.shorter
      }
    }
    self.init(number: opened, closes: true)
  }

  /// Creates a file for writing that must not exist yet; the umask takes from `mode`.
  package init(creating path: String, mode: UInt32 = 0o660) throws(SystemFailure) {
    let opened = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard opened >= 0 else { throw SystemFailure() }
    self.init(number: opened, closes: true)
  }

  /// Opens a file that is there for writing at its end.
  package init(appendingTo path: String) throws(SystemFailure) {
    let opened = unsafe open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard opened >= 0 else { throw SystemFailure() }
    self.init(number: opened, closes: true)
  }

  /// Opens a folder, for `synchronize` and `lock`.
  package init(folder path: String) throws(SystemFailure) {
    let opened = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw SystemFailure() }
    self.init(number: opened, closes: true)
  }

  deinit {
    if closes { close(number) }
  }

  /// Takes the file's lock (flock), which goes with the descriptor; false when another has it.
  package func lock() -> Bool { flock(number, LOCK_EX | LOCK_NB) == 0 }

  /// Whether it is a terminal.
  var isTerminal: Bool { isatty(number) == 1 }

  /// Size in bytes; nil for what is no regular file.
  package func size() throws(SystemFailure) -> Int? {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw SystemFailure() }
    return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  /// Makes the file `length` bytes long and goes to its end.
  package func truncate(to length: Int) throws(SystemFailure) {
    guard ftruncate(number, length) == 0 else { throw SystemFailure() }
    try seek(to: length)
  }

  /// Goes to a byte of the file.
  func seek(to offset: Int) throws(SystemFailure) {
    guard lseek(number, offset, SEEK_SET) >= 0 else { throw SystemFailure() }
  }

  /// Reads at most `count` bytes into `buffer` at `offset`; 0 at the end.
  ///
  /// Waiting for a pipe ends when somebody asks the run to stop.
  package func read(
    into buffer: inout [UInt8], at offset: Int, count: Int
  ) throws(SystemFailure) -> Int {
    precondition(offset >= 0 && count >= 0 && offset + count <= buffer.count)
    while true {
      let got = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(number, bytes.baseAddress.map { unsafe $0 + offset }, count)
      }
      if got >= 0 { return got }
      if errno != EINTR || StopSignal.isReceived { throw SystemFailure() }
    }
  }

  /// Writes all of `bytes`.
  package func write(_ bytes: [UInt8]) throws(SystemFailure) { try write(bytes, bytes.indices) }

  /// Writes all bytes of a range.
  package func write(_ bytes: [UInt8], _ range: Range<Int>) throws(SystemFailure) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    var done = range.lowerBound
    while done < range.upperBound {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          number, buffer.baseAddress.map { unsafe $0 + done }, range.upperBound - done)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw SystemFailure()
      }
      done += written
    }
  }

  /// Writes all of `bytes` at a byte of the file, wherever others write at the same time.
  package func write(_ bytes: [UInt8], at offset: Int) throws(SystemFailure) {
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(
          number, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done, offset + done)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw SystemFailure()
      }
      done += written
    }
  }

  /// Whether the file still has a name: nobody has removed it since it was opened.
  package var hasName: Bool {
    var status = stat()
    return unsafe fstat(number, &status) == 0 && status.st_nlink > 0
  }

  /// Waits until what was written is on disk; a pipe or terminal has nothing to wait for.
  package func synchronize() throws(SystemFailure) {
    guard fsync(number) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS else {
      throw SystemFailure()
    }
  }
}

/// What a system call said: `errno`.
package struct SystemFailure: Error, Hashable, CustomStringConvertible {
  package let number: Int32

  /// Takes the number of the call that just failed.
  package init() { number = errno }

  private init(_ number: Int32) { self.number = number }

  /// A file has not what it should have kept.
  static let shorter = SystemFailure(ESTALE)

  /// Whether the number says that the reader of a pipe went away.
  package static func isBrokenPipe(_ number: Int32) -> Bool { number == EPIPE }

  package var description: String {
    self == .shorter
      ? "it is gone or shorter than its checkpoint says; begin anew, without --resume"
      : unsafe String(cString: strerror(number)).lowercased()
  }
}
