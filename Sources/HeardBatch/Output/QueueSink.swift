internal import Glibc
internal import HeardInput

/// Writes records to a folder, a file a queue, and error records to one of their own.
///
/// Every queue of the policy has a file, be it empty, so that none is left of a run before.
public final class QueueSink: RecordSink {
  /// The folder.
  public let name: String
  /// Beside the folder.
  public var checkpointPath: String? { "\(folder).checkpoint" }
  /// What is behind a queue's name, with its full stop.
  private let suffix: String
  private let folder: String
  private let queues: [String]
  private let header: [UInt8]
  private var lengths: [Int] = []
  private var files: OpenFiles?

  /// Number of each queue's file, as `JudgedBlock.pieces` name it; 0 is that of errors.
  public var fileOfQueue: [String: Int] {
    Dictionary(
      queues.enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
  }

  /// Prepares a folder.
  ///
  /// - Parameters:
  ///   - queues: the names of all queues.
  ///   - suffix: as `.jsonl`.
  ///   - header: what stands before the first record of every file.
  public init(_ folder: String, queues: [String], suffix: String, header: [UInt8] = []) {
    self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    name = folder
    self.queues = queues
    self.suffix = suffix
    self.header = header
  }

  /// Name of a queue's file: letters, digits, `.`, `-` and `_` stay, other bytes become `%41`.
  public static func fileName(_ queue: String, suffix: String) -> String {
    let hexadecimal = Array("0123456789ABCDEF")
    var name = ""
    for (place, byte) in queue.utf8.enumerated() {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "-")
        || (place > 0 && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")))
      name +=
        isPlain
        ? String(UnicodeScalar(byte))
        : "%" + String([hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]])
    }
    return name + suffix
  }

  private var fileNames: [String] {
    ["_errors" + suffix] + queues.map { QueueSink.fileName($0, suffix: suffix) }
  }

  private func partial(_ name: String) -> PartialFile { PartialFile("\(folder)/\(name)") }

  /// Makes the folder and opens the files.
  public func begin(at mark: OutputMark?) throws(RunError) {
    try PartialFile.makeFolder(folder)
    do throws(SystemFailure) {
      let opened = OpenFiles()
      for name in fileNames {
        let length = mark.map { $0.parts.first { $0.name == name }?.length ?? 0 }
        try opened.add(partial(name).temporaryPath, length: length ?? 0)
        if mark == nil {
          try opened.write(opened.count - 1, header, header.indices)
        }
      }
      files = opened
    } catch {
      throw .creation(folder, error)
    }
  }

  /// Writes each record to its file; when one fails all are taken back.
  public func write(_ block: JudgedBlock) throws(RunError) {
    guard let files else { return }
    let before = files.lengths
    do throws(SystemFailure) {
      for piece in block.pieces { try files.write(piece.file, block.records, piece.range) }
    } catch {
      files.cut(to: before)
      throw .output(name, error)
    }
  }

  /// Waits for the disk.
  public func synchronize() throws(RunError) -> OutputMark {
    do throws(SystemFailure) {
      try files?.synchronize()
    } catch {
      throw .output(name, error)
    }
    let lengths = files?.lengths ?? []
    return OutputMark(zip(fileNames, lengths).map { OutputMark.Part(name: $0, length: $1) })
  }

  /// Moves the files to their names.
  public func publish() throws(RunError) {
    files = nil
    for name in fileNames { try partial(name).publish() }
  }

  /// Removes the files, and the folder when nothing else is in it.
  public func discard() {
    files = nil
    for name in fileNames { partial(name).discard() }
    unsafe rmdir(folder)
  }
}

/// Files open at the same time.
private final class OpenFiles {
  /// An array cannot hold what cannot be copied.
  private final class Cell {
    var file: MarkedFile
    init(_ file: consuming MarkedFile) { self.file = file }
  }

  private var cells: [Cell] = []
  var count: Int { cells.count }
  var lengths: [Int] { cells.map { $0.file.length } }

  func add(_ path: String, length: Int) throws(SystemFailure) {
    cells.append(Cell(try MarkedFile(path, length: length)))
  }

  func write(_ index: Int, _ bytes: [UInt8], _ range: Range<Int>) throws(SystemFailure) {
    try cells[index].file.write(bytes, range)
  }

  func cut(to lengths: [Int]) {
    for (cell, length) in zip(cells, lengths) {
      do throws(SystemFailure) {
        try cell.file.cut(to: length)
      } catch {
        // The checkpoint says how long it should be, and going on cuts it.
        continue
      }
    }
  }

  func synchronize() throws(SystemFailure) {
    for cell in cells { try cell.file.synchronize() }
  }
}
