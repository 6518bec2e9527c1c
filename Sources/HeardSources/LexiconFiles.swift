import Glibc

/// A file of a lexicon folder and what tells whether it has changed.
public struct SourceFile: Hashable, Sendable {
  /// Relative to the lexicon folder, with `/`.
  public var path: String
  /// Length in bytes.
  public var size: Int
  /// Time of its last change, nanoseconds since 1970; 0 for sources in memory.
  public var modified: Int64

  package init(path: String, size: Int, modified: Int64) {
    self.path = path
    self.size = size
    self.modified = modified
  }
}

/// Reading and writing files of lexicon folders.
public enum LexiconFiles {
  /// What sources say that they are written for.
  public static let version = "heard/1"
  /// Name of the files that pin forms.
  public static let lockName = "forms.lock"
  /// Sources longer than this are refused: 16 MB.
  static let sizeLimit = 16 << 20
  private static let depthLimit = 8

  /// The sources of a folder in the order of their paths: `*.yaml` and `forms.lock`, not hidden
  /// ones.
  ///
  /// - Throws: ``LexiconError/Code-swift.enum/unreadable`` when a folder cannot be read.
  public static func list(folder: String) throws(LexiconError) -> [SourceFile] {
    var files: [SourceFile] = []
    try list(folder, prefix: "", depth: 0, into: &files)
    return files.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
  }

  private static func list(
    _ folder: String, prefix: String, depth: Int, into files: inout [SourceFile]
  ) throws(LexiconError) {
    guard depth < depthLimit else { return }
    guard let stream = unsafe opendir(folder) else {
      throw unreadable(prefix.isEmpty ? folder : prefix, "the folder", code: errno)
    }
    defer { unsafe closedir(stream) }
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { characters in
          unsafe String(cString: characters)
        }
      }
      if name.hasPrefix(".") { continue }
      let path = prefix.isEmpty ? name : prefix + "/" + name
      var information = stat()
      guard unsafe stat(folder + "/" + name, &information) == 0 else {
        throw unreadable(path, "the file", code: errno)
      }
      if information.st_mode & S_IFMT == S_IFDIR {
        try list(folder + "/" + name, prefix: path, depth: depth + 1, into: &files)
      } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name == lockName {
        let time = information.st_mtim
        files.append(
          SourceFile(
            path: path, size: Int(information.st_size),
            modified: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)))
      }
    }
  }

  /// The bytes of a file.
  ///
  /// - Throws: ``LexiconError/Code-swift.enum/unreadable`` with the system's reason.
  public static func read(_ path: String, named name: String) throws(LexiconError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(name, "the file", code: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw unreadable(name, "the file", code: errno)
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: block[..<count])
      if bytes.count > sizeLimit {
        throw LexiconError(
          .unreadable,
          [
            Diagnostic(
              .error, .unreadable, at: SourceLocation(file: name, line: 1, column: 1),
              "a file of more than \(sizeLimit >> 20) MB", hint: "split it")
          ])
      }
    }
  }

  /// Replaces a file in one step, so that a reader sees the old text or the new.
  ///
  /// - Throws: ``LexiconError/Code-swift.enum/unreadable`` with the system's reason.
  public static func write(
    _ text: String, to path: String, named name: String
  ) throws(LexiconError) {
    // What is a device or a pipe is written to and not replaced.
    let isSpecial = SystemFile.isSpecial(path)
    let temporary = isSpecial ? path : path + ".\(getpid()).new"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw unreadable(name, "the file, for writing,", code: errno) }
    var bytes = Array(text.utf8)[...]
    var failed: Int32 = 0
    while !bytes.isEmpty, failed == 0 {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0 {
        if errno != EINTR { failed = errno }
      } else {
        bytes = bytes.dropFirst(count)
      }
    }
    if close(descriptor) != 0, failed == 0 { failed = errno }
    if failed == 0, !isSpecial, unsafe rename(temporary, path) != 0 { failed = errno }
    if failed != 0 {
      if !isSpecial { unsafe unlink(temporary) }
      throw unreadable(name, "the file, for writing,", code: failed)
    }
  }

  /// Makes the folder of a path when there is none; what fails shows when the file is written.
  package static func makeFolder(of path: String) {
    if let slash = path.lastIndex(of: "/") { _ = SystemFile.makeFolder(String(path[..<slash])) }
  }

  /// Whether something can be read there.
  package static func exists(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

  private static func unreadable(_ name: String, _ what: String, code: Int32) -> LexiconError {
    let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    return LexiconError(
      .unreadable,
      [
        Diagnostic(
          .error, .unreadable, at: SourceLocation(file: name, line: 1, column: 1),
          "\(what) cannot be opened: \(reason)", hint: "check the path and its permissions")
      ])
  }
}
