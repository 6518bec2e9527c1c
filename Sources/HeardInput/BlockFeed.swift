/// Reads a stream into the buffers of blocks and keeps what was read beyond a block's end.
final class BlockFeed {
  /// How much is read beyond a block's end at a time, in search of a record's end.
  static let overshoot = 1 << 16

  /// How much a block holds when it can end there.
  let blockBytes: Int

  /// As errors name it.
  let name: String
  /// Size of the file, compressed as it is; nil for a pipe.
  let total: Int?
  private let path: String
  private var stream: ByteStream?
  private var rest: [UInt8] = []
  private var atEnd = false
  private var isPlain = true
  /// Bytes of the file that were used, and those of which somebody was told.
  private var used = 0
  private var reported = 0
  /// What the next block begins with.
  var place = SourcePlace()

  /// Takes an input that was looked at; it is opened when its turn comes.
  init(path: String, total: Int?, blockBytes: Int = InputOptions.blockBytes) {
    self.blockBytes = blockBytes
    name = path
    self.path = path
    self.total = total
  }

  /// Takes an open input.
  init(_ stream: ByteStream, total: Int?, blockBytes: Int = InputOptions.blockBytes) {
    self.blockBytes = blockBytes
    name = stream.name
    path = "-"
    self.total = total
    self.stream = stream
  }

  /// Whether everything was handed out.
  var isExhausted: Bool { atEnd && rest.isEmpty }

  /// Whether the end of the input is in the buffer.
  var sawEnd: Bool { atEnd }

  /// Goes to a place, before anything was read.
  func seek(to target: SourcePlace) throws(InputError) {
    let stream = try opened()
    try stream.skip(to: target.byte)
    place = target
    isPlain = stream.isPlain
    used = stream.consumed
    reported = used
  }

  /// Puts what was kept into the buffer; returns how much it is.
  func begin(_ bytes: inout [UInt8]) throws(InputError) -> Int {
    if place.byte == 0, place.count == 0, rest.isEmpty, !atEnd { try dropMark(&bytes) }
    let count = rest.count
    reserve(&bytes, count, keeping: 0)
    bytes.replaceSubrange(0..<count, with: rest)
    rest.removeAll(keepingCapacity: true)
    return count
  }

  /// Reads until the buffer holds `wanted` bytes or the input ends; returns how much it holds.
  func fill(_ bytes: inout [UInt8], from filled: Int, to wanted: Int) throws(InputError) -> Int {
    guard !atEnd else { return filled }
    let stream = try opened()
    var filled = filled
    while filled < wanted, !atEnd {
      // The buffer grows as it is filled: a small file needs a small one.
      if bytes.count - JSONRecordReader.padding <= filled {
        reserve(&bytes, min(wanted, max(1 << 14, filled * 2)), keeping: filled)
      }
      let room = bytes.count - JSONRecordReader.padding - filled
      let got = try stream.read(into: &bytes, at: filled, count: min(room, wanted - filled))
      if got == 0 { atEnd = true }
      filled += got
    }
    isPlain = stream.isPlain
    used = stream.consumed
    // Closed as soon as it can be: there may be more inputs than a process may open.
    if atEnd { self.stream = nil }
    return filled
  }

  /// Keeps bytes for the next block.
  func keep(_ bytes: ArraySlice<UInt8>) { rest.append(contentsOf: bytes) }

  /// Bytes of the file that were read since it was asked last; of plain files, those handed out.
  func consumption(until end: Int) -> Int {
    let now = isPlain ? end : used
    defer { reported = now }
    return max(0, now - reported)
  }

  private func opened() throws(InputError) -> ByteStream {
    if let stream { return stream }
    let opened = try ByteStream(path)
    stream = opened
    return opened
  }

  /// Leaves out a byte order mark; UTF-16 is refused, for its lines cannot be found.
  private func dropMark(_ bytes: inout [UInt8]) throws(InputError) {
    let filled = try fill(&bytes, from: 0, to: 3)
    if bytes[..<filled].starts(with: [0xEF, 0xBB, 0xBF]) {
      place.byte = 3
      return
    }
    if bytes[..<filled].starts(with: [0xFF, 0xFE]) || bytes[..<filled].starts(with: [0xFE, 0xFF]) {
      throw InputError(
        .unknownForm, "\(name): is UTF-16; make it UTF-8: iconv -f UTF-16 -t UTF-8 FILE")
    }
    keep(bytes[..<filled])
  }

  private func reserve(_ bytes: inout [UInt8], _ count: Int, keeping kept: Int) {
    let needed = count + JSONRecordReader.padding
    guard bytes.count < needed else { return }
    var larger = [UInt8](repeating: 0, count: needed)
    larger.replaceSubrange(0..<kept, with: bytes[..<kept])
    bytes = larger
  }
}
