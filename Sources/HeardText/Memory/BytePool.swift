/// Bytes of remembered spellings, one after another.
struct BytePool {
  /// Where some bytes lie in the pool.
  struct Slice: Equatable {
    var start: Int
    var count: Int
  }

  private(set) var bytes: ContiguousArray<UInt8> = []

  /// Appends bytes, which may not be the pool's own, and says where they lie.
  mutating func append(_ more: TextBytes) -> Slice {
    let slice = Slice(start: bytes.count, count: more.count)
    unsafe bytes.append(contentsOf: more.buffer)
    return slice
  }

  /// Hands the bytes of a slice to `body`.
  @inline(__always)
  func read<Result>(_ slice: Slice, _ body: (TextBytes) -> Result) -> Result {
    unsafe bytes.withUnsafeBufferPointer { all in
      body(unsafe TextBytes(all)[slice.start..<slice.start &+ slice.count])
    }
  }

  /// Forgets everything; the room stays.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
