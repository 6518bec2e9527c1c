/// A stretch of the input that one worker judges at a time.
///
/// Workers keep a block and have it filled again, so its memory is allocated once; the memory of a
/// run is that of its blocks, whatever the size of the corpus.
public struct Block: Sendable {
  /// What the block holds.
  public enum Content: Hashable, Sendable {
    /// Whole lines of JSONL in `bytes`.
    case jsonLines
    /// Whole lines in `bytes`, each a message.
    case textLines
    /// Paths of mails or texts in `files`.
    case files
  }

  /// Its place in the run, from 0.
  public var index = 0
  /// What the records are.
  public var content = Content.jsonLines
  /// Lines, with ``JSONRecordReader/padding`` bytes behind `length`.
  public var bytes: [UInt8] = []
  /// How many of `bytes` are lines.
  public var length = 0
  /// Name of the input, for error records.
  public var inputName = ""
  /// Number of the first line in its input, from 1.
  public var firstLine = 1
  /// Offset of the first byte in its input.
  public var firstByte = 0
  /// Paths to read, with the id that each one's record gets.
  public var files: [(path: String, id: String)] = []
  /// Number, offset and length of lines that were too long to take in; they have no bytes here.
  public var oversized: [(line: Int, offset: Int, length: Int)] = []

  /// Makes an empty block.
  public init() {}

  /// Forgets the records and keeps the memory.
  mutating func clear() {
    length = 0
    files.removeAll(keepingCapacity: true)
    oversized.removeAll(keepingCapacity: true)
  }
}

/// Something that hands out a corpus block by block.
public protocol BlockSource: AnyObject {
  /// Fills `block`; false when there is nothing left.
  func next(into block: inout Block) throws(InputError) -> Bool
  /// Size of what is to come in bytes or files, when it is known.
  var total: Int? { get }
}

/// An input that cannot be read.
public struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of trouble; decides the exit code.
  public enum Code: Hashable, Sendable {
    /// Missing or unreadable.
    case noInput
    /// Readable, and of no known form.
    case unknownForm
    /// The system failed while reading.
    case readFailed
  }

  /// What kind of trouble it is.
  public var code: Code
  /// What, where and what to do.
  public var description: String

  /// Makes an error.
  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
