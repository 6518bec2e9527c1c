/// Finds where records end in bytes that come piece by piece.
protocol RecordSplitter {
  /// Where the record that begins at `start` ends, or nil when more bytes are needed to say so.
  ///
  /// It may be asked again with the same `start` and more bytes, and goes on where it was.
  mutating func end(
    of start: Int, in bytes: [UInt8], before filled: Int, atEnd: Bool
  ) -> Int?

  /// The first `count` bytes of the buffer have gone.
  mutating func forget(_ count: Int)

  /// Bytes that a record that is too long needs before what was read.
  var memory: Int { get }

  /// Whether the input counts lines; records otherwise.
  var countsLines: Bool { get }

  /// What the block holds.
  var content: Block.Content { get }

  /// Reads what stands before the first record; returns its length, or nil when more is needed.
  mutating func prepare(
    _ bytes: [UInt8], before filled: Int, atEnd: Bool, name: String
  ) throws(InputError) -> Int?
}

/// Cuts a stream into blocks of whole records, of which each may have many lines.
final class RecordSource<Splitter: RecordSplitter>: BlockSource {
  var total: Int? { feed.total }
  var stops: [Int] = []
  private let feed: BlockFeed
  private let limit: Int
  private var splitter: Splitter
  private var isPrepared = false
  private var goal: SourcePlace?

  /// Takes an input.
  ///
  /// - Parameter limit: bytes; a longer record becomes an error record.
  init(_ feed: BlockFeed, _ splitter: Splitter, limit: Int) {
    self.feed = feed
    self.splitter = splitter
    self.limit = limit
  }

  func seek(to place: SourcePlace) throws(InputError) { goal = place }

  func next(into block: inout Block) throws(InputError) -> Bool {
    block.clear()
    if !isPrepared { try prepare(&block.bytes) }
    guard !feed.isExhausted else { return false }
    var filled = try feed.begin(&block.bytes)
    block.content = splitter.content
    block.inputName = feed.name
    block.firstLine = feed.place.count + 1
    block.firstByte = feed.place.byte
    let target = room(from: feed.place.byte, atMost: feed.blockBytes)
    filled = try feed.fill(&block.bytes, from: filled, to: target + BlockFeed.overshoot)
    var start = 0
    while start < target, start < filled {
      guard
        let end = splitter.end(of: start, in: block.bytes, before: filled, atEnd: feed.sawEnd)
      else {
        if filled - start > limit {
          // Too long a record: it comes alone, behind those before it.
          if start == 0 { return try skip(filled, into: &block) }
          splitter.forget(start)
          break
        }
        let before = filled
        filled = try feed.fill(
          &block.bytes, from: filled,
          to: min(start + limit + 1, filled + max(BlockFeed.overshoot, filled - start)))
        if filled == before, !feed.sawEnd { break }
        continue
      }
      block.records.append(Block.Span(range: start..<end, number: feed.place.count + 1))
      feed.place.count += count(block.bytes, start..<end)
      start = end
    }
    return finish(&block, length: start, filled: filled)
  }

  private func finish(_ block: inout Block, length: Int, filled: Int) -> Bool {
    feed.keep(block.bytes[length..<filled])
    block.length = length
    feed.place.byte += length
    block.end = feed.place
    block.consumed = feed.consumption(until: feed.place.byte)
    return length > 0
  }

  private func prepare(_ bytes: inout [UInt8]) throws(InputError) {
    isPrepared = true
    var filled = try feed.begin(&bytes)
    filled = try feed.fill(&bytes, from: filled, to: filled + BlockFeed.overshoot)
    var length = try splitter.prepare(bytes, before: filled, atEnd: feed.sawEnd, name: feed.name)
    while length == nil, filled <= limit, !feed.sawEnd {
      filled = try feed.fill(&bytes, from: filled, to: filled * 2)
      length = try splitter.prepare(bytes, before: filled, atEnd: feed.sawEnd, name: feed.name)
    }
    guard let length else {
      throw InputError(.unknownForm, "\(feed.name): the first record has no end")
    }
    if let goal, goal.byte > 0 {
      try jump(to: goal, bytes, length..<filled)
      return
    }
    if splitter.countsLines { feed.place.count += LineScan.lines(in: bytes, 0..<length) }
    feed.place.byte += length
    feed.keep(bytes[length..<filled])
  }

  /// Goes to a place of which `read` bytes may have been read.
  private func jump(
    to goal: SourcePlace, _ bytes: [UInt8], _ read: Range<Int>
  ) throws(InputError) {
    let inBuffer = goal.byte - feed.place.byte
    if inBuffer <= read.upperBound {
      feed.keep(bytes[inBuffer..<read.upperBound])
      feed.place = goal
    } else {
      try feed.seek(to: goal)
    }
  }

  /// Skips a record of which `started` bytes are in the buffer.
  private func skip(_ started: Int, into block: inout Block) throws(InputError) -> Bool {
    let first = feed.place
    var filled = started
    while true {
      let kept = min(splitter.memory, filled)
      let gone = filled - kept
      if splitter.countsLines { feed.place.count += LineScan.lines(in: block.bytes, 0..<gone) }
      feed.place.byte += gone
      splitter.forget(gone)
      block.bytes.replaceSubrange(0..<kept, with: Array(block.bytes[gone..<filled]))
      // However small blocks are: a record of gigabytes is not skipped byte by byte.
      let piece = max(feed.blockBytes, BlockFeed.overshoot)
      filled = try feed.fill(&block.bytes, from: kept, to: kept + piece)
      guard let end = splitter.end(of: 0, in: block.bytes, before: filled, atEnd: feed.sawEnd)
      else { continue }
      block.oversized.append((first.count + 1, first.byte, feed.place.byte + end - first.byte))
      feed.place.count += count(block.bytes, 0..<end)
      _ = finish(&block, length: end, filled: filled)
      block.length = 0
      return true
    }
  }

  private func count(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    splitter.countsLines ? LineScan.lines(in: bytes, range) : 1
  }
}
