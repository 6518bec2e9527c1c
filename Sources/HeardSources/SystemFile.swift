import Glibc

/// The few things that the lexicon store asks of the file system.
package enum SystemFile {
  /// What there is under a path.
  package enum Kind {
    case file
    case folder
  }

  /// An error of the last system call.
  package static func error(_ path: String, _ what: String) -> CompiledLexiconError {
    let number = errno
    let reason = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
    return CompiledLexiconError(
      number == ENOENT || number == ENOTDIR ? .missing : .unreadable, place: path,
      message: "\(what): \(reason)", help: "check the path and its permissions")
  }

  /// What there is under a path, or nil.
  package static func kind(_ path: String) -> Kind? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }

  /// Whether a device or a pipe has the name; `/dev/null` must never be replaced by a file.
  package static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }

  /// Puts a file in place as a whole: whoever opens it sees the old one or the new one.
  ///
  /// Returns false when the system refuses, or the name is no file's, which leaves everything as it
  /// was.
  package static func replace(_ path: String, with content: [UInt8]) -> Bool {
    if isSpecial(path) { return false }
    var template = Array("\(path).tmp-XXXXXX".utf8CString)
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
  package static func makeFolder(_ path: String) -> Bool {
    if let kind = kind(path) { return kind == .folder }
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return false }
    guard makeFolder(String(path[..<slash])) else { return false }
    return unsafe mkdir(path, 0o700) == 0 || errno == EEXIST
  }

  /// The absolute path without symbolic links, or the path itself.
  package static func absolute(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// A variable of the environment, when it is set and not empty.
  package static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// Now, in nanoseconds since 1970.
  package static func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
