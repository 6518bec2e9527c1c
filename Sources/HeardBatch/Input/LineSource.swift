/// Cuts a stream into blocks of whole lines.
///
/// A line is never held in more than one copy, and one that exceeds the limit is skipped to its end
/// and reported, so that a file of one endless line costs a buffer and no more.
public final class LineSource: BlockSource {
  /// How much is read at a time.
  public static let blockBytes = 1 << 20

  /// Size of the file in bytes; nil for a pipe.
  public let total: Int?
  private let content: Block.Content
  private let inputName: String
  private let lineLimit: Int
  private let file: FileDescriptor
  /// Start of a line whose end has not been read yet.
  private var rest: [UInt8] = []
  private var nextLine = 1
  private var nextByte = 0
  private var atEnd = false

  /// Opens a file, or standard input for `-`.
  ///
  /// - Parameter lineLimit: bytes; a longer line becomes an error record.
  public init(path: String, content: Block.Content, lineLimit: Int = 16 << 20) throws(InputError) {
    self.content = content
    self.lineLimit = lineLimit
    if path == "-" {
      file = .standardInput()
      inputName = "standard input"
      total = nil
    } else {
      do {
        file = try FileDescriptor(reading: path)
        total = try file.size()
      } catch {
        throw InputError(.noInput, "\(path): cannot be opened: \(error)")
      }
      inputName = path
    }
  }

  /// Fills the block with whole lines.
  public func next(into block: inout Block) throws(InputError) -> Bool {
    block.clear()
    guard !atEnd || !rest.isEmpty else { return false }
    block.content = content
    block.inputName = inputName
    block.firstLine = nextLine
    block.firstByte = nextByte
    var filled = rest.count
    reserve(&block.bytes, filled + LineSource.blockBytes)
    block.bytes.replaceSubrange(0..<filled, with: rest)
    rest.removeAll(keepingCapacity: true)

    var lineEnd = block.bytes[..<filled].lastIndex(of: newline).map { $0 + 1 } ?? 0
    while lineEnd == 0 && !atEnd {
      if filled > lineLimit {
        try skipLine(started: filled, into: &block)
        return true
      }
      reserve(&block.bytes, filled + LineSource.blockBytes)
      let got = try read(into: &block.bytes, at: filled)
      let fresh = block.bytes[filled..<filled + got]
      lineEnd = fresh.lastIndex(of: newline).map { $0 + 1 } ?? 0
      filled += got
    }
    if atEnd && lineEnd == 0 { lineEnd = filled }
    rest.append(contentsOf: block.bytes[lineEnd..<filled])
    block.length = lineEnd
    nextByte += lineEnd
    nextLine += LineScan.lines(in: block.bytes, before: lineEnd)
    return lineEnd > 0 || !atEnd
  }

  private let newline = UInt8(ascii: "\n")

  private func read(into bytes: inout [UInt8], at offset: Int) throws(InputError) -> Int {
    do {
      let got = try file.read(
        into: &bytes, at: offset, count: bytes.count - offset - JSONRecordReader.padding)
      if got == 0 { atEnd = true }
      return got
    } catch {
      throw InputError(.readFailed, "\(inputName): cannot be read: \(error)")
    }
  }

  /// Skips the rest of a line of which `started` bytes were read.
  private func skipLine(started: Int, into block: inout Block) throws(InputError) {
    var length = started
    var chunk = [UInt8](repeating: 0, count: LineSource.blockBytes)
    while true {
      let got = try read(into: &chunk, at: 0)
      if got == 0 { break }
      if let end = chunk[..<got].firstIndex(of: newline) {
        length += end
        rest.append(contentsOf: chunk[(end + 1)..<got])
        break
      }
      length += got
    }
    block.oversized.append((nextLine, nextByte, length))
    nextLine += 1
    nextByte += length + 1
  }

  private func reserve(_ bytes: inout [UInt8], _ count: Int) {
    let needed = count + JSONRecordReader.padding
    if bytes.count < needed {
      bytes.append(contentsOf: repeatElement(0, count: needed - bytes.count))
    }
  }
}
