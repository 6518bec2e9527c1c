internal import CHeardStream

/// How an input is compressed.
enum Compression: String, Sendable {
  case gzip
  case zstd

  /// Bytes that are enough to tell.
  static let magicBytes = 4

  /// Told from the first bytes.
  init?(magic head: some Collection<UInt8>) {
    let head = Array(head.prefix(Compression.magicBytes))
    if head.starts(with: [0x1F, 0x8B, 0x08]) {
      self = .gzip
    } else if head == [0x28, 0xB5, 0x2F, 0xFD] {
      self = .zstd
    } else if head.count == 4, head[0] & 0xF0 == 0x50, head[1...] == [0x2A, 0x4D, 0x18] {
      // A skippable frame, which zstd's seekable files begin with.
      self = .zstd
    } else {
      return nil
    }
  }
}

/// Decompresses a stream piece by piece, member after member.
///
/// What comes out at a time is bounded by the buffer it is given, so a small file that stands for
/// terabytes costs no memory.
@safe final class Inflater {
  /// Why it cannot go on.
  enum Problem: Error, Hashable {
    /// The bytes are no such stream; the library's words.
    case damaged(String)
    /// The stream asks for more memory than it is given.
    case tooLargeWindow
  }

  private let stream: OpaquePointer
  /// Whether the last member has ended and no other has begun.
  private(set) var isBetween = true

  /// Starts a stream; nil when memory is out.
  init?(_ form: Compression) {
    let name = form == .gzip ? HEARD_STREAM_GZIP : HEARD_STREAM_ZSTD
    guard let stream = unsafe heard_stream_open(name) else { return nil }
    unsafe self.stream = stream
  }

  deinit { unsafe heard_stream_close(stream) }

  /// Decompresses bytes of `input` into `output`; says how many were used of each.
  func read(
    _ input: [UInt8], _ from: Range<Int>, into output: inout [UInt8], _ to: Range<Int>
  ) throws(Problem) -> (taken: Int, given: Int) {
    precondition(from.lowerBound >= 0 && from.upperBound <= input.count)
    precondition(to.lowerBound >= 0 && to.upperBound <= output.count)
    var taken = 0
    var given = 0
    var detail: UnsafePointer<CChar>?
    let status = unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe heard_stream_read(
          stream, source.baseAddress.map { unsafe $0 + from.lowerBound }, from.count, &taken,
          target.baseAddress.map { unsafe $0 + to.lowerBound }, to.count, &given, &detail)
      }
    }
    switch status {
    case HEARD_STREAM_OK: if taken > 0 || given > 0 { isBetween = false }
    case HEARD_STREAM_BETWEEN: isBetween = true
    case HEARD_STREAM_MEMORY: throw .tooLargeWindow
    default: throw .damaged(unsafe detail.map { unsafe String(cString: $0) } ?? "damaged")
    }
    return (taken, given)
  }
}
