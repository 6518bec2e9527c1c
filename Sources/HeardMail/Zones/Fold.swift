internal import CHeardMail

/// Text in the form in which phrases are compared: small ASCII letters without diacritics, single
/// spaces, plain quotes and dashes, without `*` (bold) and without invisible characters.
enum Fold {
  /// The folded form of all bytes, without white space at its ends.
  static func folded(_ bytes: [UInt8]) -> [UInt8] { folded(bytes[...]) }

  /// The same of a slice.
  static func folded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: bytes.count) { out, count in
      unsafe bytes.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = out.baseAddress else { return }
        count = unsafe heard_fold(from, source.count, to)
      }
    }
  }
}

extension [UInt8] {
  /// Whether the bytes hold another sequence.
  func containsSequence(_ other: [UInt8]) -> Bool { indexOfSequence(other, from: 0) != nil }

  /// Offset of another sequence, not before `from`.
  func indexOfSequence(_ other: [UInt8], from: Int) -> Int? {
    guard let first = other.first, count - from >= other.count else { return nil }
    var at = from
    let last = count - other.count
    while at <= last {
      if self[at] == first {
        var i = 1
        while i < other.count, self[at + i] == other[i] { i += 1 }
        if i == other.count { return at }
      }
      at += 1
    }
    return nil
  }
}
