internal import Glibc
internal import HeardInput

/// Queues as folders of a Maildir, in the layout that Dovecot calls Maildir++: the queue `billing`
/// is the folder `.billing` with `tmp`, `new` and `cur`, and shows in IMAP as the mailbox `billing`.
///
/// A message is filed in two steps, between which its ledger record is made:
/// 1. ``stage(_:in:)`` writes it into `tmp` and returns when it is on disk;
/// 2. ``publish(_:)`` moves it into `new`, which readers see, and returns when that is on disk.
///
/// The move is atomic, so a name that is no longer in `tmp` has been published, by whomever; that
/// is what makes recovery after a crash unambiguous, whatever readers did to the file meanwhile.
struct MaildirQueue: Sendable {
  /// Where a message is to go.
  struct Place: Hashable, Sendable {
    /// The queue.
    var queue: String
    /// The file's name in `tmp` and `new`; readers add flags behind a colon.
    var file: String
  }

  /// A message in `tmp`; while it lives, no cleaning touches the file.
  struct Staged: ~Copyable {
    let place: Place
    private let descriptor: FileDescriptor

    init(_ place: Place, _ descriptor: consuming FileDescriptor) {
      self.place = place
      self.descriptor = descriptor
    }
  }

  /// The Maildir that holds the queues.
  let root: String
  /// The name of this host, as file names have it.
  let host: String
  /// The identity of the ledger that names the files made here; empty: none does.
  var ledger = ""

  /// Opens a Maildir, making it when it is missing.
  init(root: String) throws(IntakeError) {
    var root = root
    while root.count > 1, root.hasSuffix("/") { root.removeLast() }
    self.root = root
    host = Self.hostName()
    try Self.makeFolders(root)
  }

  /// Writes a message into the `tmp` of a queue, which is made when it is missing.
  func stage(_ message: [UInt8], in queue: String) throws(IntakeError) -> Staged {
    let folder = folder(queue)
    try Self.makeFolders(folder)
    // Found out now rather than when the record is made already.
    guard unsafe access("\(folder)/new", W_OK | X_OK) == 0 else {
      throw failure("\(folder)/new", "the folder cannot be written", SystemFailure())
    }
    let place = Place(queue: queue, file: name(size: message.count))
    let path = "\(folder)/tmp/\(place.file)"
    do throws(SystemFailure) {
      let file = try FileDescriptor(creating: path)
      _ = file.lock()
      do throws(SystemFailure) {
        try file.write(message)
        try file.synchronize()
        try Self.synchronize(folder: "\(folder)/tmp")
      } catch {
        unsafe unlink(path)
        throw error
      }
      return Staged(place, file)
    } catch {
      throw failure(path, "the message cannot be written", error)
    }
  }

  /// Takes a staged message back.
  func discard(_ place: Place) {
    unsafe unlink("\(folder(place.queue))/tmp/\(place.file)")
  }

  /// Moves a message from `tmp` to `new`; done already is done.
  func publish(_ place: Place) throws(IntakeError) {
    let folder = folder(place.queue)
    if unsafe rename("\(folder)/tmp/\(place.file)", "\(folder)/new/\(place.file)") != 0 {
      let reason = SystemFailure()
      guard reason.number == ENOENT, unsafe access("\(folder)/new", F_OK) == 0 else {
        throw failure("\(folder)/new", "the message cannot be moved there", reason)
      }
    }
    do throws(SystemFailure) {
      try Self.synchronize(folder: "\(folder)/new")
    } catch {
      throw failure("\(folder)/new", "the folder cannot be made durable", error)
    }
  }

  /// Removes what crashed processes left in `tmp`: files with the mark of this ledger that are older
  /// than `age` seconds, that no process holds, and that `isAwaited` does not know.
  ///
  /// Files with the mark of another ledger may be named by a record there.
  ///
  /// - Returns: how many were removed.
  @discardableResult
  func clean(age: Int, isAwaited: (Place) throws -> Bool) rethrows -> Int {
    guard !ledger.isEmpty else { return 0 }
    var removed = 0
    let now = time(nil)
    for queue in queues() {
      let folder = "\(folder(queue))/tmp"
      for name in Self.names(in: folder) where name.contains("L\(ledger).") {
        let path = "\(folder)/\(name)"
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
          now - status.st_mtim.tv_sec > age
        else { continue }
        // Without the lock the process that writes the file may be about to record it.
        guard let file = try? FileDescriptor(reading: path), file.lock(),
          try !isAwaited(Place(queue: queue, file: name))
        else { continue }
        if unsafe unlink(path) == 0 { removed += 1 }
      }
    }
    return removed
  }

  /// Whether a file is in a Maildir: not published yet, or published and not taken away.
  ///
  /// - Parameter searchesRead: whether it is looked for among mails that were read as well, which
  ///   takes as long as there are many.
  static func has(_ place: Place, in root: String, searchesRead: Bool) -> Bool {
    let folder = "\(root)/.\(place.queue)"
    for part in ["tmp", "new"] where unsafe access("\(folder)/\(part)/\(place.file)", F_OK) == 0 {
      return true
    }
    return searchesRead
      && names(in: "\(folder)/cur").contains { $0 == place.file || $0.hasPrefix("\(place.file):") }
  }

  /// The queues that have a folder, sorted.
  func queues() -> [String] {
    Self.names(in: root).filter { name in
      guard name.hasPrefix(".") else { return false }
      return unsafe access("\(root)/\(name)/tmp", F_OK) == 0
    }
    .map { String($0.dropFirst()) }.sorted()
  }

  /// The folder of a queue.
  func folder(_ queue: String) -> String { "\(root)/.\(queue)" }

  /// Whether a name can be a queue: it becomes a folder, and `.` would make levels in IMAP.
  static func isQueueName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 100
      && name.utf8.allSatisfy {
        0x61...0x7A ~= $0 || 0x41...0x5A ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x2D || $0 == 0x5F
      }
  }
}

// MARK: - The file system

extension MaildirQueue {
  /// A name that nobody has had.
  ///
  /// Time and process for people, 64 random bits for certainty: the clock may jump, and processes of
  /// several machines may meet. `L` is the ledger, `S=` the size, for quotas.
  private func name(size: Int) -> String {
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    var generator = SystemRandomNumberGenerator()
    let random = String(generator.next() as UInt64, radix: 16)
    let mark = ledger.isEmpty ? "" : "L\(ledger)"
    return "\(now.tv_sec).H\(now.tv_nsec / 1000)P\(getpid())R\(random)\(mark).\(host),S=\(size)"
  }

  /// The name of this host, fit for a file's name.
  static func hostName() -> String {
    var name = utsname()
    guard unsafe uname(&name) == 0 else { return "localhost" }
    let bytes = unsafe withUnsafeBytes(of: &name.nodename) { buffer in
      unsafe Array(buffer.prefix { $0 != 0 })
    }
    // As the Maildir page asks for `/` and `:`; a comma would begin the size.
    let safe = bytes.map { byte in
      0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte || byte == 0x2D ? byte : 0x2D
    }
    return safe.isEmpty ? "localhost" : String(decoding: safe, as: UTF8.self)
  }

  private static func makeFolders(_ folder: String) throws(IntakeError) {
    for path in [folder, "\(folder)/tmp", "\(folder)/new", "\(folder)/cur"] {
      try makeFolder(path)
    }
  }

  /// Makes a folder that is there after a crash as well, and those above it, unless it is there.
  static func makeFolder(_ path: String) throws(IntakeError) {
    if unsafe access(path, F_OK) == 0 { return }
    var made = unsafe mkdir(path, 0o770)
    if made != 0, errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try makeParents(String(path[..<slash]))
      made = unsafe mkdir(path, 0o770)
    }
    guard made == 0 || errno == EEXIST else {
      throw failure(path, "the folder cannot be made", SystemFailure())
    }
    // A folder that a crash forgets would take its messages along.
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    do throws(SystemFailure) {
      try synchronize(folder: parent.isEmpty ? "/" : parent)
    } catch {
      throw failure(parent, "the folder cannot be made durable", error)
    }
  }

  private static func makeParents(_ path: String) throws(IntakeError) {
    if unsafe access(path, F_OK) == 0 { return }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try makeParents(String(path[..<slash]))
    }
    guard unsafe mkdir(path, 0o770) == 0 || errno == EEXIST else {
      throw failure(path, "the folder cannot be made", SystemFailure())
    }
  }

  private static func synchronize(folder: String) throws(SystemFailure) {
    try FileDescriptor(folder: folder).synchronize()
  }

  /// The names in a folder; none when it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  private func failure(_ path: String, _ what: String, _ reason: SystemFailure) -> IntakeError {
    Self.failure(path, what, reason)
  }

  private static func failure(
    _ path: String, _ what: String, _ reason: SystemFailure
  ) -> IntakeError {
    IntakeError(
      .queue, place: path, message: "\(what): \(reason); check its permissions and disk")
  }
}
