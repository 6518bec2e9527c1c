internal import Glibc

/// Finds the ends of lines with the C library, which looks at many bytes at a time.
enum LineScan {
  /// Offset of the next newline from `start`; `end` when there is none before it.
  static func end(of start: Int, in bytes: [UInt8], before end: Int) -> Int {
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
  static func lines(in bytes: [UInt8], before end: Int) -> Int {
    var count = 0
    var start = 0
    while start < end {
      start = self.end(of: start, in: bytes, before: end) + 1
      if start <= end { count += 1 }
    }
    return count
  }
}
