internal import CHeardStream
internal import Glibc

/// Finds the ends of lines with the C library, which looks at many bytes at a time.
package enum LineScan {
  /// Offset of the next newline from `start`; `end` when there is none before it.
  package static func end(of start: Int, in bytes: [UInt8], before end: Int) -> Int {
    precondition(start <= end && end <= bytes.count)
    return unsafe bytes.withUnsafeBytes { buffer in
      // The range was checked above, so the search stays in the buffer.
      guard let base = buffer.baseAddress,
        let found = unsafe memchr(base + start, 0x0A, end - start)
      else { return end }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// How many newlines there are before `end`.
  package static func lines(in bytes: [UInt8], before end: Int) -> Int { lines(in: bytes, 0..<end) }

  /// How many newlines there are in a range.
  package static func lines(in bytes: [UInt8], _ range: Range<Int>) -> Int {
    var count = 0
    var start = range.lowerBound
    while start < range.upperBound {
      start = end(of: start, in: bytes, before: range.upperBound) + 1
      if start <= range.upperBound { count += 1 }
    }
    return count
  }

  /// Offset of the next `needle` in a range; nil when it is not there.
  static func find(_ needle: StaticString, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    return unsafe bytes.withUnsafeBytes { buffer in
      guard let base = unsafe buffer.bindMemory(to: UInt8.self).baseAddress else { return nil }
      let found = unsafe heard_find(
        base + range.lowerBound, range.count, needle.utf8Start, needle.utf8CodeUnitCount)
      return found < range.count ? range.lowerBound + found : nil
    }
  }
}
