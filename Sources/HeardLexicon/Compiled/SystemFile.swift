#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The few things that the lexicon store asks of the file system.
enum SystemFile {
  /// What `stat` tells of a file, as far as it matters here.
  struct Status: Hashable {
    var isFolder: Bool
    var size: UInt64
    /// Modification time in nanoseconds since 1970.
    var modified: UInt64
  }

  /// An error of the last system call.
  static func error(_ path: String, _ what: String) -> CompiledLexiconError {
    let number = errno
    let reason = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
    return CompiledLexiconError(
      number == ENOENT || number == ENOTDIR ? .missing : .unreadable, place: path,
      message: "\(what): \(reason)", help: "check the path and its permissions")
  }

  /// What there is under a path, or nil.
  static func status(_ path: String) -> Status? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Status(
      isFolder: status.st_mode & S_IFMT == S_IFDIR, size: UInt64(clamping: status.st_size),
      modified: UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec))
  }

  /// Names in a folder, sorted, without those that begin with a dot.
  static func names(in folder: String) throws(CompiledLexiconError) -> [String] {
    guard let handle = unsafe opendir(folder) else {
      throw error(folder, "the folder cannot be read")
    }
    defer { unsafe _ = closedir(handle) }
    var names: [String] = []
    while let item = unsafe readdir(handle) {
      let name = unsafe withUnsafePointer(to: &item.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The whole content of a file.
  static func read(_ path: String) throws(CompiledLexiconError) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw error(path, "cannot be opened") }
    defer { close(file) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe readBytes(file, buffer.baseAddress, buffer.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw error(path, "cannot be read") }
      if count == 0 { return content }
      content.append(contentsOf: chunk[..<count])
    }
  }

  /// Puts a file in place as a whole: whoever opens it sees the old one or the new one.
  ///
  /// Returns false when the system refuses, which leaves everything as it was.
  static func replace(_ path: String, with content: [UInt8]) -> Bool {
    var template = Array("\(path).XXXXXX".utf8CString)
    let file = unsafe template.withUnsafeMutableBufferPointer { buffer -> Int32 in
      guard let start = buffer.baseAddress else { return -1 }
      return unsafe mkstemp(start)
    }
    guard file >= 0 else { return false }
    let temporary = String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var written = 0
    while written < content.count {
      let count = unsafe content.withUnsafeBytes { bytes in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
        return unsafe write(file, rest.baseAddress, rest.count)
      }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      written += count
    }
    let complete = written == content.count && fsync(file) == 0 && fchmod(file, 0o644) == 0
    let closed = close(file) == 0
    if complete && closed {
      let renamed = unsafe rename(temporary, path)
      if renamed == 0 { return true }
    }
    unsafe unlink(temporary)
    return false
  }

  /// Makes a folder and those above it; false when the system refuses.
  static func makeFolder(_ path: String) -> Bool {
    if let status = status(path) { return status.isFolder }
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return false }
    guard makeFolder(String(path[..<slash])) else { return false }
    return unsafe mkdir(path, 0o700) == 0 || errno == EEXIST
  }

  /// The absolute path without symbolic links, or the path itself.
  static func absolute(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// A variable of the environment, when it is set and not empty.
  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// Now, in nanoseconds since 1970.
  static func now() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec)
  }
}

/// `read(2)`, under a name that ``SystemFile/read(_:)`` does not hide.
@unsafe
private func readBytes(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(file, buffer, count)
}
