internal import HeardInput

/// The note beside the output of a shard: what it is a piece of, and how long it is.
///
/// It is the last checkpoint of its run, so whatever must be the same for two pieces to belong
/// together stands in it.
struct ShardNote {
  static let factName = "--shard"

  /// The output.
  let path: String
  let shard: Shard
  let checkpoint: Checkpoint

  private static func file(of path: String) -> CheckpointFile {
    let plain = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    return CheckpointFile("\(plain).shard")
  }

  /// Writes the note of an output that is complete.
  static func write(_ checkpoint: Checkpoint, of path: String) throws(RunError) {
    let file = file(of: path)
    do throws(SystemFailure) {
      try file.write(checkpoint)
    } catch {
      throw .output(file.path, error)
    }
  }

  /// Removes the note of an output that is being written anew.
  static func remove(of path: String) { file(of: path).remove() }

  /// Reads the note of an output.
  init(of path: String) throws(MergeError) {
    let file = ShardNote.file(of: path)
    let read: Checkpoint?
    do throws(RunError) {
      read = try file.read()
    } catch {
      throw MergeError(.wrongNote, "\(file.path): is no note of `heard run --shard`")
    }
    guard let read else {
      throw MergeError(
        .missingNote,
        "\(path): has no note \(file.path); only outputs of `heard run --shard` can be merged")
    }
    let words = read.identity.first { $0.name == ShardNote.factName }?.value.split(separator: "/")
    guard let words, words.count == 2, let number = Int(words[0]), let count = Int(words[1]),
      let shard = Shard(number, of: count), read.isComplete
    else { throw MergeError(.wrongNote, "\(file.path): is no note of `heard run --shard`") }
    self.path = path
    self.shard = shard
    checkpoint = read
  }

  /// What all pieces of one corpus have in common.
  var common: [Checkpoint.Fact] {
    checkpoint.identity.filter { $0.name != ShardNote.factName }
  }
}

/// Why outputs cannot be merged.
public struct MergeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of trouble.
  public enum Code: Hashable, Sendable {
    /// No note beside an output.
    case missingNote
    /// A note that cannot be read.
    case wrongNote
    /// Pieces of different corpora or runs.
    case different
    /// A piece is missing or there twice.
    case incomplete
    /// An output is not what its note says.
    case changed
  }

  /// What kind of trouble it is.
  public var code: Code
  /// What, where and what to do.
  public var description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
