internal import HeardInput

/// A file that is written block by block, each wholly or not at all.
struct MarkedFile: ~Copyable {
  private let file: FileDescriptor
  /// Bytes of whole blocks.
  private(set) var length: Int
  /// Whether it can be cut; a pipe cannot.
  private let isCut: Bool

  /// Opens a file, and cuts it behind `length` bytes.
  init(_ path: String, length: Int) throws(SystemFailure) {
    let opened = try FileDescriptor(writing: path, keeping: length)
    let isCut = try opened.size() != nil
    if length > 0 { try opened.truncate(to: length) }
    file = opened
    self.length = length
    self.isCut = isCut
  }

  /// Takes standard output.
  init() {
    file = .standardOutput()
    length = 0
    isCut = false
  }

  /// Writes bytes; when that fails they are taken back.
  mutating func write(_ bytes: [UInt8], _ range: Range<Int>) throws(SystemFailure) {
    do throws(SystemFailure) {
      try file.write(bytes, range)
    } catch {
      if isCut { try file.truncate(to: length) }
      throw error
    }
    length += range.count
  }

  /// Takes back what is behind `length` bytes.
  mutating func cut(to length: Int) throws(SystemFailure) {
    guard isCut, length < self.length else { return }
    try file.truncate(to: length)
    self.length = length
  }

  /// Waits until it is on disk.
  func synchronize() throws(SystemFailure) { try file.synchronize() }
}
