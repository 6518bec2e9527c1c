/// A half-open range of UTF-8 bytes in the decoded part that a text came from.
///
/// Law 1: offsets point into the original. A range is never recomputed after normalising and never
/// rounded; normalising the bytes it names gives the form that was matched.
public struct ByteRange: Hashable, Sendable, BitwiseCopyable {
  /// Offset of the first byte, from 0.
  public var start: UInt32
  /// Offset one past the last byte; never below `start`.
  public var end: UInt32

  /// Makes the range `start ..< end`.
  public init(_ start: UInt32, _ end: UInt32) {
    self.start = start
    self.end = end
  }

  /// Length in bytes.
  public var count: Int { Int(end) - Int(start) }

  /// Whether the range holds no byte.
  public var isEmpty: Bool { end <= start }

  /// The same range as a Swift range of offsets.
  public var range: Range<Int> { Int(start)..<Int(end) }

  /// Whether the two ranges share at least one byte.
  public func overlaps(_ other: ByteRange) -> Bool { start < other.end && other.start < end }
}
