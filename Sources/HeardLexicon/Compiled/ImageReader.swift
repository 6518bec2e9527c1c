internal import HeardSources

/// An image whose head, sections and checksums were found in order.
///
/// The indices inside the sections are not trusted: a checksum only tells accidents.
struct ImageReader: Sendable {
  let memory: ImageMemory
  let path: String
  let digest: [UInt8]
  private let offsets: [Int]
  private let counts: [Int]

  init(_ memory: ImageMemory, path: String) throws(CompiledLexiconError) {
    self.memory = memory
    self.path = path
    let head = memory.copy(0..<ImageFormat.headCount)
    guard head.count >= ImageFormat.magic.count, head.starts(with: ImageFormat.magic) else {
      throw CompiledLexiconError(
        .notAnImage, place: path, message: "is no compiled lexicon (it does not begin as one)",
        help: "run heard lexicon build, or name the folder with the sources")
    }
    guard head.count == ImageFormat.headCount else { throw Self.truncated(path, memory.count) }
    guard memory.word(8) == ImageFormat.version, memory.word(12) == ImageFormat.byteOrder,
      memory.word(ImageFormat.vocabularyOffset) == ImageFormat.vocabulary
    else {
      throw CompiledLexiconError(
        .version, place: path,
        message:
          "is a lexicon of format \(memory.word(8)), and this heard reads \(ImageFormat.version)",
        help: "run heard lexicon build")
    }
    guard memory.long(ImageFormat.lengthOffset) == UInt64(memory.count) else {
      throw Self.truncated(path, memory.count)
    }
    guard memory.long(ImageFormat.checksumOffset) == ImageFormat.headChecksum(head),
      memory.word(ImageFormat.countOffset) == UInt32(ImageSection.allCases.count)
    else { throw Self.damage(path, "the head") }
    digest = Array(head[ImageFormat.digestOffset...].prefix(ImageFormat.digestCount))

    var offsets: [Int] = []
    var counts: [Int] = []
    var end = ImageFormat.headCount
    for section in ImageSection.allCases {
      let row = ImageFormat.tableOffset + Int(section.rawValue) * ImageFormat.tableStride
      let count = memory.long(row + 16)
      guard memory.word(row) == section.rawValue, memory.word(row + 4) == UInt32(section.stride),
        memory.long(row + 8) == UInt64(end), count <= UInt64(memory.count)
      else { throw Self.damage(path, "the entry of section \(section.name)") }
      let bytes = Int(count) * section.stride
      let next = end + ImageFormat.padded(bytes)
      guard next <= memory.count else { throw Self.damage(path, "section \(section.name)") }
      let sum = memory.checksum(end..<next)
      guard sum == memory.long(row + 24) else {
        throw CompiledLexiconError(
          .damaged, place: path,
          message: "the lexicon image is damaged: checksum \(String(sum, radix: 16)) instead of "
            + "\(String(memory.long(row + 24), radix: 16)) at section \(section.name)",
          help: "run heard lexicon build")
      }
      offsets.append(end)
      counts.append(Int(count))
      end = next
    }
    guard end == memory.count else { throw Self.truncated(path, memory.count) }
    self.offsets = offsets
    self.counts = counts
  }

  /// Number of records in a section.
  func count(_ section: ImageSection) -> Int { counts[Int(section.rawValue)] }

  /// A word of a record; 0 outside the image.
  @inline(__always)
  func word(_ section: ImageSection, _ record: Int, _ field: Int) -> UInt32 {
    memory.word(place(section, record) &+ field &* 4)
  }

  /// The offset of a record, for reading several of its words.
  @inline(__always)
  func place(_ section: ImageSection, _ record: Int) -> Int {
    offsets[Int(section.rawValue)] &+ record &* section.stride
  }

  /// All words of a section.
  func words(_ section: ImageSection) -> [UInt32] {
    let start = offsets[Int(section.rawValue)]
    return memory.words(start..<start + count(section) * section.stride)
  }

  /// A byte of a section; 0 outside the image.
  @inline(__always)
  func byte(_ section: ImageSection, _ index: Int) -> UInt8 {
    memory.byte(offsets[Int(section.rawValue)] &+ index)
  }

  /// The records of a section where they lie; valid as long as ``memory``.
  @unsafe
  func values<Value: BitwiseCopyable>(
    _ section: ImageSection, as type: Value.Type
  ) -> UnsafeBufferPointer<Value> {
    let start = offsets[Int(section.rawValue)]
    return unsafe memory.values(start..<start + count(section) * section.stride, as: type)
  }

  /// Where in the image a string stands whose offset and length are in two fields.
  func range(_ section: ImageSection, _ record: Int, _ field: Int) -> Range<Int> {
    strings(
      from: Int(word(section, record, field)), count: Int(word(section, record, field + 1)))
  }

  /// Where in the image some bytes of the strings stand, cut at their end.
  func strings(from offset: Int, count length: Int) -> Range<Int> {
    let pool = offsets[Int(ImageSection.strings.rawValue)]
    let limit = count(.strings)
    let start = min(offset, limit)
    return pool + start..<pool + min(start + length, limit)
  }

  /// The string whose offset and length are in two fields.
  func string(_ section: ImageSection, _ record: Int, _ field: Int) -> String {
    memory.text(range(section, record, field))
  }

  /// The error for indices that lead nowhere although the checksum is right.
  func damage(_ section: ImageSection) -> CompiledLexiconError {
    Self.damage(path, "section \(section.name)")
  }

  private static func damage(_ path: String, _ part: String) -> CompiledLexiconError {
    CompiledLexiconError(
      .damaged, place: path, message: "the lexicon image is damaged: \(part) makes no sense",
      help: "run heard lexicon build")
  }

  private static func truncated(_ path: String, _ count: Int) -> CompiledLexiconError {
    CompiledLexiconError(
      .damaged, place: path,
      message: "the lexicon image is damaged: its \(count) bytes are not its length",
      help: "run heard lexicon build")
  }
}
