import Glibc

/// Owns the bytes of an image: a read-only mapping of a file, or a copy on the heap.
///
/// Every read is checked against the bounds and gives 0 outside them, so that no damage can make
/// heard read what is not its own.
@safe
final class ImageMemory: @unchecked Sendable {
  // Unchecked because of the pointer: it never changes, and nobody writes behind it.
  private let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Number of bytes.
  var count: Int { unsafe bytes.count }

  /// Copies bytes.
  init(copying source: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 16)
    unsafe copy.copyBytes(from: source)
    unsafe bytes = UnsafeRawBufferPointer(copy)
    isMapped = false
  }

  /// Maps a file.
  init(mapping path: String) throws(CompiledLexiconError) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
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
    let start = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0)
    guard let start = unsafe start, unsafe start != MAP_FAILED else {
      throw SystemFile.error(path, "cannot be mapped")
    }
    unsafe bytes = UnsafeRawBufferPointer(start: start, count: size)
    isMapped = true
  }

  deinit {
    if isMapped {
      if let start = unsafe bytes.baseAddress {
        unsafe _ = munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
      }
    } else {
      unsafe bytes.deallocate()
    }
  }

  /// Lets the system take back the pages of a mapped file, which come again when they are read.
  func releasePages() {
    guard isMapped, let start = unsafe bytes.baseAddress else { return }
    unsafe _ = madvise(UnsafeMutableRawPointer(mutating: start), bytes.count, MADV_DONTNEED)
  }

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
