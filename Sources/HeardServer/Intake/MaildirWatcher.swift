internal import Glibc
internal import HeardInput
internal import Logging
internal import NIOPosix
internal import ServiceLifecycle

/// Takes in what other programs put into the `new` of a Maildir.
///
/// A file goes when its message is durable in a queue, and not before. What ends between the two is
/// recognised the next time, and not filed twice.
struct MaildirWatcher: Service {
  let path: String
  /// Milliseconds between two looks when the system does not tell of changes.
  let interval: Int
  /// Bytes of a message at most; a larger one stays where it is.
  let limit: Int
  let desk: IntakeDesk
  let metrics: ServerMetrics
  let log: Logger

  func run() async throws {
    let threads = NIOThreadPool(numberOfThreads: 1)
    threads.start()
    let notice = FolderNotice("\(path)/new")
    let interval = interval
    log.notice("watching", metadata: ["maildir": "\(path)"])
    var complained: Set<String> = []
    while !Task.isShuttingDownGracefully && !Task.isCancelled {
      await takeIn(threads, &complained)
      // At most the interval, also when nothing happens: so a stop is noticed, and a mail that
      // could not be filed is tried again.
      try? await threads.runIfActive { notice.wait(milliseconds: interval) }
    }
    try await threads.shutdownGracefully()
  }

  private func takeIn(_ threads: NIOThreadPool, _ complained: inout Set<String>) async {
    let folder = "\(path)/new"
    guard let names = try? await threads.runIfActive({ try Folder.files(folder) }) else {
      if complained.insert("").inserted {
        metrics.failed(.maildir)
        log.error("the Maildir cannot be read; tried again", metadata: ["maildir": "\(path)"])
      }
      return
    }
    complained.remove("")
    complained.formIntersection(names)
    for name in names where !Task.isShuttingDownGracefully {
      let file = "\(folder)/\(name)"
      let limit = limit
      do {
        guard let identity = Folder.identity(file) else { throw FolderError() }
        let message = try await threads.runIfActive { try FileReader.read(file, limit: limit) }
        // Whoever writes in place has not written yet.
        if message.isEmpty { throw FolderError() }
        let results = await desk.accept(message, sender: "", recipients: [], from: "maildir")
        // What was not filed is in the log already; all wait for the next look.
        guard case .success? = results.first else { return }
        // Another mail may have been put in its place meanwhile; that one is still to be taken in.
        guard Folder.identity(file) == identity else { continue }
        try await threads.runIfActive { try Folder.remove(file) }
      } catch {
        guard complained.insert(name).inserted else { continue }
        metrics.failed(.maildir)
        log.error(
          "a mail cannot be taken in; it stays",
          metadata: ["maildir": "\(path)", "file": "\(name)"])
      }
    }
  }
}

/// Waits for files that appear in a folder (inotify(7)), or just for a while.
private final class FolderNotice: Sendable {
  private let number: Int32

  init(_ folder: String) {
    number = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    if number >= 0 {
      unsafe _ = inotify_add_watch(number, folder, UInt32(IN_MOVED_TO | IN_CREATE | IN_CLOSE_WRITE))
    }
  }

  deinit {
    if number >= 0 { close(number) }
  }

  /// Returns when something appeared, or after so long.
  func wait(milliseconds: Int) {
    var event = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&event, 1, Int32(clamping: milliseconds)) > 0 else { return }
    var events = [UInt8](repeating: 0, count: 4096)
    while unsafe read(number, &events, events.count) > 0 {}
  }
}

/// What the watcher does to folders.
private enum Folder {
  /// The names in a folder but those that begin with a full stop, oldest name first.
  static func files(_ path: String) throws -> [String] {
    guard let folder = unsafe opendir(path) else { throw FolderError() }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// What tells a file from another of its name: where it is on the disk, when and how long it was
  /// written; nil when there is none, or something that is no file: reading a pipe would wait for
  /// whoever writes into it.
  static func identity(_ path: String) -> [Int]? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return [
      Int(truncatingIfNeeded: status.st_ino), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
      Int(status.st_size),
    ]
  }

  static func remove(_ path: String) throws {
    if unsafe unlink(path) != 0, errno != ENOENT { throw FolderError() }
  }
}

/// The system refused.
private struct FolderError: Error {}
