internal import Glibc
internal import HeardSources

/// What the file system says of a path.
package struct FileFacts {
  let isFolder: Bool
  /// Size in bytes of a regular file; nil for others.
  let regularSize: Int?
  /// When it was changed, nanoseconds since 1970.
  let changed: Int
  /// Which file it is, by whatever name.
  let identity: Identity

  /// Two numbers that only one file has.
  struct Identity: Hashable {
    let device: UInt
    let node: UInt
  }

  /// Asks; nil when the system refuses, which says why in `errno`.
  package init?(_ path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Asks about a name in an open folder, whatever its bytes are; a `String` holds only UTF-8.
  @unsafe init?(_ name: UnsafePointer<CChar>, in folder: OpaquePointer) {
    var status = stat()
    guard unsafe fstatat(dirfd(folder), name, &status, 0) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    regularSize = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    identity = Identity(device: UInt(status.st_dev), node: UInt(status.st_ino))
    changed = Int(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int(status.st_mtim.tv_nsec)
  }

  /// Whether both are of one file.
  package func isSame(_ other: FileFacts) -> Bool { identity == other.identity }

  /// Whether a path is a symbolic link.
  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}

/// Says which bytes an input holds, without reading all of them.
enum InputFingerprint {
  /// Bytes at either end of a file that are looked at.
  private static let sampleBytes = 4096

  /// Size, time of change, and a digest of both ends of a file; of a folder, of the names, sizes
  /// and times of all its messages.
  static func of(_ input: PlannedInput) throws(InputError) -> String {
    if let folder = input.folder { return folder.fingerprint() }
    guard let facts = FileFacts(input.path), let size = facts.regularSize else {
      throw InputError(
        .usage, "\(input.path): is no file, so a run of it cannot be gone on with; use -o -")
    }
    do throws(SystemFailure) {
      let file = try FileDescriptor(reading: input.path)
      var sample = [UInt8](repeating: 0, count: 2 * sampleBytes)
      var filled = try file.read(into: &sample, at: 0, count: sampleBytes)
      try file.seek(to: max(0, size - sampleBytes))
      filled += try file.read(into: &sample, at: filled, count: sampleBytes)
      return
        "\(size) bytes of \(changeText(facts)), ends \(SHA256.name(sample[..<filled]))"
    } catch {
      throw InputError(.noInput, "\(input.path): cannot be read: \(error)")
    }
  }

  /// When a file was changed, with nanoseconds.
  static func changeText(_ facts: FileFacts) -> String {
    let second = 1_000_000_000
    let text = Timestamp.text(Int64(facts.changed / second)) ?? "an unknown time"
    return "\(text) + \(facts.changed % second) ns"
  }
}

/// Files that a pattern of the shell stands for.
enum PathPattern {
  /// The path itself when there is such a file or no character of a pattern in it, else all files
  /// that match, in the order of their bytes.
  static func files(_ path: String) throws(InputError) -> [String] {
    guard path != "-", FileFacts(path) == nil, path.contains(where: { "*?[{".contains($0) }) else {
      return [path]
    }
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    let status = unsafe glob(path, GLOB_BRACE | GLOB_TILDE | GLOB_NOSORT, nil, &found)
    guard status == 0 else {
      throw InputError(.noInput, "\(path): no file matches the pattern")
    }
    var paths: [String] = []
    for index in 0..<(unsafe Int(found.gl_pathc)) {
      if let match = unsafe found.gl_pathv[index] { paths.append(unsafe String(cString: match)) }
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
