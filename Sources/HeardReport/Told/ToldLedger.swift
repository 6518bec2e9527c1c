internal import Glibc
internal import Heard
internal import HeardInput

/// One sender who was, or is to be, told what changed about a theme.
public struct ToldEntry: Hashable, Sendable {
  /// Id of the theme that they raised.
  public var theme: String
  /// What changed, by a name of yours.
  public var change: String
  /// Their pseudonym; `message:ID` for a message that names no sender.
  public var sender: String
  /// Ids of their messages.
  public var messages: [String]
  /// When they were told, as `2026-11-22T10:00:00Z`; nil: not yet.
  public var told: String?

  /// Nobody is told of the same change to the same theme twice.
  struct Key: Hashable {
    var theme: String
    var change: String
    var sender: String
  }
  var key: Key { Key(theme: theme, change: change, sender: sender) }
}

/// Who was told of what: a file that lines are added to, each on disk before anything is said of it.
///
/// One process at a time, by a lock beside it. A line that a crash cut short was never said to be
/// there, and goes. Recording the same again changes nothing; forgetting writes the file anew.
public final class ToldLedger {
  static let schema = "heard-told/1"

  private let path: String
  private let lock: LockFile
  /// All entries, in the order in which they were recorded.
  public private(set) var entries: [ToldEntry] = []
  private var keys: Set<ToldEntry.Key> = []
  /// Bytes of whole lines.
  private var length = 0
  private var isThere: Bool

  /// Opens a ledger.
  ///
  /// - Parameter creates: whether one that is not there is an empty one; else it is an error.
  public init(_ path: String, creates: Bool) throws(ToldError) {
    self.path = path
    // Before the lock is made, of which something would stay.
    guard unsafe creates || access(path, F_OK) == 0 else {
      throw ToldError(.noInput, "\(path): there is no such ledger; heard told record makes it")
    }
    lock = try LockFile(path)
    isThere = unsafe access(path, F_OK) == 0
    guard isThere else { return }
    let bytes = try ToldLines.bytes(path)
    length = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
    for line in try ToldLines.read(Array(bytes[..<length]), path, schema: ToldLedger.schema) {
      let entry = ToldLedger.entry(line)
      if keys.insert(entry.key).inserted { entries.append(entry) }
    }
  }

  /// Whether somebody was told already.
  public func holds(_ entry: ToldEntry) -> Bool { keys.contains(entry.key) }

  /// Adds those who were told and returns how many of them are new.
  ///
  /// - Parameter told: when, as `2026-11-22T10:00:00Z`.
  public func record(_ told: [ToldEntry], at time: String) throws(ToldError) -> Int {
    var fresh: [ToldEntry] = []
    var seen = keys
    for var entry in told where seen.insert(entry.key).inserted {
      entry.told = time
      fresh.append(entry)
    }
    guard !fresh.isEmpty else { return 0 }
    let lines = ToldLedger.lines(fresh)
    do throws(SystemFailure) {
      if !isThere {
        let file = try FileDescriptor(creating: path, mode: 0o600)
        try file.write(lines)
        try file.synchronize()
        try ToldLedger.synchronizeFolder(of: path)
      } else {
        let file = try FileDescriptor(appendingTo: path)
        // What a crash left behind the last whole line.
        try file.truncate(to: length)
        try file.write(lines)
        try file.synchronize()
      }
    } catch {
      throw ToldError(.output, "\(path): cannot be written: \(error)")
    }
    isThere = true
    length += lines.count
    entries += fresh
    keys = seen
    return fresh.count
  }

  /// Forgets senders and returns how many lines went.
  public func forget(_ senders: Set<String>) throws(ToldError) -> Int {
    let kept = entries.filter { !senders.contains($0.sender) }
    let gone = entries.count - kept.count
    guard gone > 0 else { return 0 }
    let lines = ToldLedger.lines(kept)
    let temporary = "\(path).partial"
    do throws(SystemFailure) {
      unsafe unlink(temporary)
      let file = try FileDescriptor(creating: temporary, mode: 0o600)
      try file.write(lines)
      try file.synchronize()
      guard unsafe rename(temporary, path) == 0 else { throw SystemFailure() }
      try ToldLedger.synchronizeFolder(of: path)
    } catch {
      throw ToldError(.output, "\(path): cannot be written: \(error)")
    }
    entries = kept
    keys = Set(kept.map(\.key))
    length = lines.count
    return gone
  }

  private static func synchronizeFolder(of path: String) throws(SystemFailure) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    try FileDescriptor(folder: folder).synchronize()
  }

  // MARK: Lines

  /// Entries as JSON lines.
  public static func lines(_ entries: [ToldEntry]) -> [UInt8] {
    var writer = JSONWriter()
    for entry in entries {
      writer.openObject()
      for (key, text) in [
        ("schema", schema), ("theme", entry.theme), ("change", entry.change),
        ("sender", entry.sender),
      ] {
        writer.key(key)
        writer.string(text)
      }
      writer.key("messages")
      writer.strings(entry.messages)
      if let told = entry.told {
        writer.key("told")
        writer.string(told)
      }
      writer.closeObject()
      writer.endLine()
    }
    return writer.finish()
  }

  /// Reads such lines.
  public static func read(_ path: String) throws(ToldError) -> [ToldEntry] {
    try ToldLines.read(path, schema: schema).map(entry)
  }

  private static func entry(_ line: ToldLines.Line) -> ToldEntry {
    ToldEntry(
      theme: line.text("theme"), change: line.text("change"), sender: line.text("sender"),
      messages: line.texts["messages"] ?? [], told: line.texts["told"]?.first)
  }

  /// Those who raised themes and were not told of a change, by theme and sender.
  ///
  /// - Parameter themes: which themes are meant; all when empty.
  public func pending(
    _ raised: [RaisedMessage], change: String, themes: Set<String>
  ) -> [ToldEntry] {
    var pending: [ToldEntry] = []
    var places: [ToldEntry.Key: Int] = [:]
    for message in raised {
      guard themes.isEmpty || themes.contains(message.theme) else { continue }
      let entry = ToldEntry(
        theme: message.theme, change: change,
        sender: message.sender ?? "message:\(message.id)", messages: [message.id])
      if holds(entry) { continue }
      if let place = places[entry.key] {
        pending[place].messages.append(message.id)
      } else {
        places[entry.key] = pending.count
        pending.append(entry)
      }
    }
    return pending
  }
}

/// The lock of a file, for as long as it lives; then its own file goes.
private final class LockFile {
  private let path: String
  private let file: FileDescriptor

  /// Waits up to ten seconds for whoever has it.
  init(_ path: String) throws(ToldError) {
    self.path = "\(path).lock"
    for _ in 0..<200 {
      let file = try LockFile.open(self.path)
      // One that its owner removed meanwhile locks nobody out.
      if file.lock(), file.hasName {
        self.file = file
        return
      }
      usleep(50_000)
    }
    throw ToldError(.busy, "\(path): another process has it; try again")
  }

  deinit { unsafe unlink(path) }

  private static func open(_ path: String) throws(ToldError) -> FileDescriptor {
    do throws(SystemFailure) {
      return try FileDescriptor(writing: path)
    } catch {
      throw ToldError(.output, "\(path): cannot be made: \(error)")
    }
  }
}
