/// Bytes that somebody else keeps alive: a text, or a part of one.
///
/// Handed to closures and held only as long as the buffer it was made from. Offsets are checked in
/// debug builds; the code that makes them stays within `0 ..< count` by itself.
@safe
struct TextBytes {
  private let base: UnsafeRawPointer
  let count: Int

  /// The bytes of a buffer; an empty one may have no address.
  init(_ buffer: UnsafeBufferPointer<UInt8>) {
    if let start = buffer.baseAddress {
      unsafe base = UnsafeRawPointer(start)
      count = buffer.count
    } else {
      // Never read: there are no offsets below 0.
      unsafe base = UnsafeRawPointer(bitPattern: 8).unsafelyUnwrapped
      count = 0
    }
  }

  private init(base: UnsafeRawPointer, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  /// The byte at an offset.
  @inline(__always)
  subscript(offset: Int) -> UInt8 {
    assert(offset >= 0 && offset < count)
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// The bytes of a range of offsets.
  @inline(__always)
  subscript(range: Range<Int>) -> TextBytes {
    assert(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe TextBytes(base: base + range.lowerBound, count: range.count)
  }

  /// Eight bytes from an offset on, the first one lowest.
  @inline(__always)
  func eight(at offset: Int) -> UInt64 {
    assert(offset >= 0 && offset + 8 <= count)
    return unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Up to eight bytes, zero-padded.
  func few(at offset: Int, count length: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<length { word |= UInt64(self[offset + index]) << UInt64(index * 8) }
    return word
  }

  /// Whether the two hold the same bytes.
  func equals(_ other: TextBytes) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    while index < count {
      if self[index] != other[index] { return false }
      index &+= 1
    }
    return true
  }

  /// A copy.
  var array: [UInt8] { unsafe Array(buffer) }

  /// The bytes as text.
  var string: String { unsafe String(decoding: buffer, as: UTF8.self) }

  /// The bytes as a buffer, for C and for collections.
  var buffer: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: base.assumingMemoryBound(to: UInt8.self), count: count)
  }
}

extension Array<UInt8> {
  /// Hands the array's bytes to `body`.
  func withTextBytes<Result>(_ body: (TextBytes) -> Result) -> Result {
    unsafe withUnsafeBufferPointer { body(unsafe TextBytes($0)) }
  }
}
