import Glibc
internal import HeardSources

/// Owns the bytes of an image, which nobody else can change: a private copy, not a mapping of the file.
///
/// A mapped file that is overwritten or cut while texts are judged changes under the matcher or ends
/// the process (decision 31). Every read is checked against the bounds and gives 0 outside them, so
/// that no damage can make heard read what is not its own.
@safe
final class ImageMemory: @unchecked Sendable {
  // Unchecked because of the pointer: it never changes, and nobody writes behind it.
  private let bytes: UnsafeRawBufferPointer
  /// What was asked of the system; the bytes lie in it.
  private let pages: UnsafeMutableRawBufferPointer

  /// The size of a huge page of x86-64 and of arm64 with pages of 4 KiB.
  private static let hugePage = 2 << 20

  /// Number of bytes.
  var count: Int { unsafe bytes.count }

  /// Copies bytes.
  convenience init(copying source: [UInt8]) throws(CompiledLexiconError) {
    unsafe try self.init(count: source.count, path: "(memory)") { room in
      unsafe room.copyBytes(from: source)
    }
  }

  /// Reads a file.
  convenience init(reading path: String) throws(CompiledLexiconError) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw SystemFile.error(path, "cannot be opened") }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw SystemFile.error(path, "cannot be read") }
    let size = Int(status.st_size)
    guard status.st_mode & S_IFMT == S_IFREG, size >= ImageFormat.headCount else {
      throw CompiledLexiconError(
        .notAnImage, place: path, message: "is no compiled lexicon (\(size) bytes)",
        help: "run heard lexicon build, or name the folder with the sources")
    }
    unsafe try self.init(count: size, path: path) { room throws(CompiledLexiconError) in
      var done = 0
      while done < room.count {
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: room[done...])
        let count = unsafe read(file, part.baseAddress, part.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw SystemFile.error(path, "cannot be read") }
        // Cut by somebody since its size was asked for: what is missing stays 0, and is found damaged.
        if count == 0 { break }
        done += count
      }
    }
  }

  /// Takes pages and lets `fill` write into them, once.
  private init(
    count: Int, path: String,
    _ fill: (UnsafeMutableRawBufferPointer) throws(CompiledLexiconError) -> Void
  ) throws(CompiledLexiconError) {
    // Small ones are those of tests.
    let page = count < Self.hugePage ? Int(getpagesize()) : Self.hugePage
    let whole = (count + page - 1) / page * page
    let room = whole + page
    let start = unsafe mmap(
      nil, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let start = unsafe start, unsafe start != MAP_FAILED else {
      throw SystemFile.error(path, "finds no memory of \(count) bytes")
    }
    let first = unsafe start.alignedUp(toMultipleOf: page)
    let content = unsafe UnsafeMutableRawBufferPointer(start: first, count: count)
    // A third of the time of reading, and fewer misses of the address cache afterwards. Where the
    // system has none it is as good without.
    if page == Self.hugePage { unsafe _ = madvise(first, whole, MADV_HUGEPAGE) }
    unsafe pages = UnsafeMutableRawBufferPointer(start: start, count: room)
    unsafe bytes = UnsafeRawBufferPointer(content)
    try unsafe fill(content)
    unsafe _ = mprotect(first, whole, PROT_READ)
  }

  deinit { unsafe _ = munmap(pages.baseAddress, pages.count) }

  /// The byte at an offset, or 0 outside.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 {
    guard offset >= 0, unsafe offset < bytes.count else { return 0 }
    return unsafe bytes[offset]
  }

  /// The word at an offset, or 0 outside.
  @inline(__always)
  func word(_ offset: Int) -> UInt32 {
    guard offset >= 0, unsafe offset <= bytes.count &- 4 else { return 0 }
    return UInt32(
      littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// The values in a range within the bounds, which begins at a multiple of their alignment; valid as
  /// long as this.
  @unsafe
  func values<Value: BitwiseCopyable>(
    _ range: Range<Int>, as type: Value.Type
  ) -> UnsafeBufferPointer<Value> {
    unsafe UnsafeRawBufferPointer(rebasing: bytes[range]).bindMemory(to: type)
  }

  /// The two words at an offset, or 0 outside.
  func long(_ offset: Int) -> UInt64 {
    UInt64(word(offset)) | UInt64(word(offset &+ 4)) << 32
  }

  /// A copy of a range, cut at the bounds.
  func copy(_ range: Range<Int>) -> [UInt8] {
    let range = range.clamped(to: 0..<count)
    return unsafe Array(bytes[range])
  }

  /// The words of a range, which is cut at the bounds.
  func words(_ range: Range<Int>) -> [UInt32] {
    let range = range.clamped(to: 0..<count)
    return unsafe [UInt32](unsafeUninitializedCapacity: range.count / 4) { words, count in
      count = range.count / 4
      unsafe UnsafeMutableRawBufferPointer(words).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[range.prefix(count * 4)]))
      for index in 0..<count { unsafe words[index] = UInt32(littleEndian: words[index]) }
    }
  }

  /// The text of a range, cut at the bounds and repaired where it is no UTF-8.
  func text(_ range: Range<Int>) -> String {
    let range = range.clamped(to: 0..<count)
    return unsafe String(decoding: bytes[range], as: UTF8.self)
  }

  /// Whether a range holds exactly these bytes.
  func equals(_ range: Range<Int>, _ other: ArraySlice<UInt8>) -> Bool {
    guard range.count == other.count, range.lowerBound >= 0, range.upperBound <= count else {
      return false
    }
    return unsafe bytes[range].elementsEqual(other)
  }

  /// The checksum of a range within the bounds.
  func checksum(_ range: Range<Int>) -> UInt64 {
    unsafe ImageChecksum.of(UnsafeRawBufferPointer(rebasing: bytes[range]))
  }
}
