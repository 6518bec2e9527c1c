internal import Glibc
internal import HeardInput

/// The checkpoint of an output, in a file beside it.
///
/// A new one takes the place of the old by a rename, and only after the output it speaks of is on
/// disk: whenever the machine stops there is one that is true.
public struct CheckpointFile: Sendable {
  /// Where it is.
  public let path: String
  private static let limit = 64 << 20

  /// Names the file.
  public init(_ path: String) { self.path = path }

  /// Whether there is one.
  public var isThere: Bool { unsafe access(path, F_OK) == 0 }

  /// Reads it; nil when there is none.
  func read() throws(RunError) -> Checkpoint? {
    guard isThere else { return nil }
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(path, limit: CheckpointFile.limit)
    } catch {
      throw .notResumable("\(path): \(error.message); begin anew, without --resume")
    }
    guard let checkpoint = Checkpoint(bytes) else {
      throw .notResumable(
        "\(path): is no checkpoint of this version of heard; begin anew, without --resume")
    }
    return checkpoint
  }

  /// Writes it, for good.
  func write(_ checkpoint: Checkpoint) throws(SystemFailure) {
    let temporary = "\(path).new"
    do throws(SystemFailure) {
      let file = try FileDescriptor(writing: temporary)
      try file.write(checkpoint.encoded())
      try file.synchronize()
    } catch {
      unsafe unlink(temporary)
      throw error
    }
    guard unsafe rename(temporary, path) == 0 else { throw SystemFailure() }
    try PartialFile.synchronizeFolder(of: path)
  }

  /// Removes it.
  func remove() {
    unsafe unlink("\(path).new")
    unsafe unlink(path)
  }
}

extension Checkpoint {
  /// Says what has changed since it was written; nil when nothing has.
  func difference(from now: [Fact]) -> String? {
    let before = Dictionary(
      identity.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    for fact in now {
      guard let value = before[fact.name] else { return "\(fact.name) is new" }
      if value != fact.value {
        return "\(fact.name) has changed (then: \(value); now: \(fact.value))"
      }
    }
    let names = Set(now.map(\.name))
    if let gone = identity.first(where: { !names.contains($0.name) }) {
      return "\(gone.name) is missing"
    }
    return nil
  }
}
