/// Cuts a stream into blocks of whole lines.
///
/// A line is never held in more than one copy, and one that exceeds the limit is skipped to its end
/// and reported, so that a file of one endless line costs a buffer and no more.
public final class LineSource: BlockSource {
  /// How long a line may be, in bytes, unless it is said.
  public static let lineLimit = 16 << 20

  /// Size of the file in bytes; nil for a pipe.
  public var total: Int? { feed.total }
  /// Bytes of the input that no block may hold on both sides of.
  public var stops: [Int] = []
  private let content: Block.Content
  private let lineLimit: Int
  private let feed: BlockFeed

  /// Opens a file, or standard input for `-`.
  ///
  /// - Parameter lineLimit: bytes; a longer line becomes an error record.
  public convenience init(
    path: String, content: Block.Content, lineLimit: Int = LineSource.lineLimit
  ) throws(InputError) {
    let stream = try ByteStream(path)
    self.init(BlockFeed(stream, total: stream.size()), content: content, lineLimit: lineLimit)
  }

  init(_ feed: BlockFeed, content: Block.Content, lineLimit: Int = LineSource.lineLimit) {
    self.feed = feed
    self.content = content
    self.lineLimit = lineLimit
  }

  /// Goes to the end of a block.
  public func seek(to place: SourcePlace) throws(InputError) { try feed.seek(to: place) }

  /// Fills the block with whole lines.
  public func next(into block: inout Block) throws(InputError) -> Bool {
    block.clear()
    guard !feed.isExhausted else { return false }
    var filled = try feed.begin(&block.bytes)
    block.content = content
    block.inputName = feed.name
    block.firstLine = feed.place.count + 1
    block.firstByte = feed.place.byte
    let target = room(from: feed.place.byte, atMost: feed.blockBytes)
    filled = try feed.fill(&block.bytes, from: filled, to: target + BlockFeed.overshoot)
    // The block ends with the line that its last byte stands in.
    var searched = min(max(0, target - 1), filled)
    var end = LineScan.end(of: searched, in: block.bytes, before: filled)
    if end == filled, !feed.sawEnd {
      let lineStart = block.bytes[..<searched].lastIndex(of: newline).map { $0 + 1 } ?? 0
      while end == filled, !feed.sawEnd, filled - lineStart <= lineLimit {
        searched = filled
        filled = try feed.fill(
          &block.bytes, from: filled, to: min(filled * 2, lineStart + lineLimit + 1))
        end = LineScan.end(of: searched, in: block.bytes, before: filled)
      }
      if end == filled, !feed.sawEnd {
        // Too long a line: it comes alone, behind those before it.
        if lineStart == 0 { return try skipLine(started: filled, into: &block) }
        end = lineStart - 1
      }
    }
    let length = min(end + 1, filled)
    feed.keep(block.bytes[length..<filled])
    block.length = length
    feed.place.byte += length
    feed.place.count += LineScan.lines(in: block.bytes, before: length)
    block.end = feed.place
    block.consumed = feed.consumption(until: feed.place.byte)
    return length > 0
  }

  private let newline = UInt8(ascii: "\n")

  /// Skips the rest of a line of which `started` bytes were read.
  private func skipLine(started: Int, into block: inout Block) throws(InputError) -> Bool {
    var length = started
    while true {
      let got = try feed.fill(&block.bytes, from: 0, to: BlockFeed.overshoot)
      let end = LineScan.end(of: 0, in: block.bytes, before: got)
      length += end
      if end < got {
        feed.keep(block.bytes[(end + 1)..<got])
        break
      }
      if got == 0 { break }
    }
    block.oversized.append((feed.place.count + 1, feed.place.byte, length))
    feed.place.count += 1
    feed.place.byte += length + 1
    block.end = feed.place
    block.consumed = feed.consumption(until: feed.place.byte)
    return true
  }
}
