internal import Glibc
internal import HeardInput
internal import Synchronization

/// Notes which messages a process is judging, in a file that its end leaves behind.
///
/// A note is a write into the memory that the kernel keeps for the file: it costs a microsecond and
/// outlives the process, though not the machine, whose end is no message's fault. The file is locked
/// as long as its process lives, so that others know when it ended.
final class JudgingNotes: Sendable {
  /// A digest as `sha256:…` and a line end.
  private static let lineLength = 72
  private static let prefix = "judging-"

  private struct State {
    /// Lines that hold no digest, but for those never used.
    var free: [Int] = []
    var count = 0
  }

  private let file: FileDescriptor
  private let path: String
  private let state = Mutex(State())

  /// Begins the notes of this process in a folder, which is made when it is missing.
  init(folder: String) throws(IntakeError) {
    try MaildirQueue.makeFolder(folder)
    let name = QueueTicket.makeToken()
    // Locked before it has its name: without the lock it would be taken for one left behind.
    let partial = "\(folder)/.\(Self.prefix)\(name)"
    path = "\(folder)/\(Self.prefix)\(name)"
    do throws(SystemFailure) {
      file = try FileDescriptor(creating: partial, mode: 0o600)
      guard file.lock(), unsafe rename(partial, path) == 0 else { throw SystemFailure() }
    } catch {
      throw IntakeError(
        .queue, place: path,
        message: "no notes can be taken of what is judged: \(error); check the folder and its disk")
    }
  }

  deinit { unsafe unlink(path) }

  /// Runs a body with a note of the message.
  func noting<Value>(_ digest: String, _ body: () -> Value) -> Value {
    let line = state.withLock { state -> Int in
      if let line = state.free.popLast() { return line }
      state.count += 1
      return state.count - 1
    }
    let text = Array(digest.utf8.prefix(Self.lineLength - 1))
    let padding = [UInt8](repeating: 0x20, count: Self.lineLength - 1 - text.count)
    // Without a note the message is judged all the same: its note protects from its worst only.
    try? file.write(text + padding + [0x0A], at: line * Self.lineLength)
    defer {
      let empty = [UInt8](repeating: 0x20, count: Self.lineLength - 1) + [0x0A]
      try? file.write(empty, at: line * Self.lineLength)
      state.withLock { $0.free.append(line) }
    }
    return body()
  }

  /// The digests in notes of processes that ended, handed to `body`; then the notes go.
  static func collect(
    in folder: String, _ body: ([String]) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    for name in MaildirQueue.names(in: folder).sorted() where name.hasPrefix(prefix) {
      let path = "\(folder)/\(name)"
      guard let file = try? FileDescriptor(reading: path), file.lock(), file.hasName,
        let bytes = try? FileReader.read(path, limit: 1 << 20)
      else { continue }
      let digests = bytes.split(separator: 0x0A).map { line in
        String(decoding: line.filter { $0 != 0x20 && $0 != 0 }, as: UTF8.self)
      }
      let messages = Set(digests.filter { $0.hasPrefix("sha256:") })
      if !messages.isEmpty { try body(messages.sorted()) }
      unsafe unlink(path)
    }
  }
}
