/// A stretch of the input that one worker judges at a time.
///
/// Workers keep a block and have it filled again, so its memory is allocated once; the memory of a
/// run is that of its blocks, whatever the size of the corpus.
///
/// Where a block ends depends on where it begins and on the input alone, so that a run that goes on
/// from the end of a block sees the blocks that it would have seen.
public struct Block: Sendable {
  /// What the block holds.
  public enum Content: Hashable, Sendable {
    /// Whole lines of JSONL in `bytes`.
    case jsonLines
    /// Whole lines in `bytes`, each a message.
    case textLines
    /// Whole lines in `bytes`, of which every one gives a record, empty ones too.
    case exchange(LineKind)
    /// Rows of a table in `bytes`, one for each of `records`.
    case rows(RowLayout)
    /// Mails of a mailbox in `bytes`, one for each of `records`.
    case mails(MboxDialect)
    /// Paths of mails or texts in `files`.
    case files
  }

  /// What a line is.
  public enum LineKind: Hashable, Sendable {
    case json
    case text
    /// JSON when it begins with a brace, else a text.
    case either
  }

  /// A record of which `bytes` hold more than a line.
  public struct Span: Hashable, Sendable {
    /// Where it is in `bytes`.
    public var range: Range<Int>
    /// Its first line in the input for rows, its place in the mailbox for mails; both from 1.
    public var number: Int
  }

  /// Its place in the run, from 0.
  public var index = 0
  /// Which of the run's inputs it is of, from 0.
  public var input = 0
  /// What the records are.
  public var content = Content.jsonLines
  /// Lines, with ``JSONRecordReader/padding`` bytes behind `length`.
  public var bytes: [UInt8] = []
  /// How many of `bytes` are lines.
  public var length = 0
  /// Name of the input, for error records.
  public var inputName = ""
  /// Number of the first line (or record) in its input, from 1.
  public var firstLine = 1
  /// Offset of the first byte in its input, decompressed; of files, the sizes of those before.
  public var firstByte = 0
  /// Records of rows and mails.
  public var records: [Span] = []
  /// Paths to read, with the id that each one's record gets.
  public var files: [(path: String, id: String)] = []
  /// Number, offset and length of lines that were too long to take in; they have no bytes here.
  public var oversized: [(line: Int, offset: Int, length: Int)] = []
  /// Bytes of the input that were used for it, compressed as they are.
  public var consumed = 0
  /// Where the next block begins.
  public var end = SourcePlace()

  /// Makes an empty block.
  public init() {}

  /// Forgets the records and keeps the memory.
  mutating func clear() {
    length = 0
    consumed = 0
    records.removeAll(keepingCapacity: true)
    files.removeAll(keepingCapacity: true)
    oversized.removeAll(keepingCapacity: true)
  }
}

/// A place between two records of an input.
public struct SourcePlace: Hashable, Sendable {
  /// Bytes before it, decompressed; of files, the sizes of those before.
  public var byte = 0
  /// Lines (rows: lines, mails: mails, files: files) before it.
  public var count = 0

  /// Makes a place; the default is the beginning.
  public init(byte: Int = 0, count: Int = 0) {
    self.byte = byte
    self.count = count
  }
}

/// Something that hands out a corpus block by block.
public protocol BlockSource: AnyObject {
  /// Fills `block`; false when there is nothing left.
  func next(into block: inout Block) throws(InputError) -> Bool
  /// Size of the input in bytes, compressed as it is; nil when it is not known.
  var total: Int? { get }
  /// Goes to the end of a block that it handed out in another run. Before the first block only.
  func seek(to place: SourcePlace) throws(InputError)
  /// Bytes (as ``SourcePlace/byte``) that no block may hold on both sides of, ascending.
  var stops: [Int] { get set }
}

extension BlockSource {
  /// How far a block that begins at `place` may reach.
  func room(from place: Int, atMost: Int) -> Int {
    guard let stop = stops.first(where: { $0 > place }) else { return atMost }
    return min(atMost, stop - place)
  }
}

/// An input that cannot be read.
public struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of trouble; decides the exit code.
  public enum Code: Hashable, Sendable {
    /// Missing or unreadable.
    case noInput
    /// Readable, and of no known form.
    case unknownForm
    /// Broken off or damaged on its way here.
    case damaged
    /// Asked for in a way that it cannot be read.
    case usage
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
