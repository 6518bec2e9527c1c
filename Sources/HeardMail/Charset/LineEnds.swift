internal import Glibc

/// Line ends as `\n`, without NULs.
enum LineEnds {
  /// CR LF, CR and LF become `\n`; NULs go.
  static func normalised(_ bytes: [UInt8]) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: bytes.count) { out, count in
      unsafe bytes.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = out.baseAddress else { return }
        let end = source.count
        var written = 0
        var i = 0
        // A line at a time, and of a line what lies between NULs.
        while i < end {
          let line = unsafe index(of: 0x0D, in: source, i..<end)
          while i < line {
            let stop = unsafe index(of: 0, in: source, i..<line)
            unsafe memcpy(to + written, from + i, stop - i)
            written += stop - i
            i = stop + (stop < line ? 1 : 0)
          }
          guard line < end else { break }
          i = line + 1
          if i < end, unsafe source[i] == 0x0A { i += 1 }
          unsafe out[written] = 0x0A
          written += 1
        }
        count = written
      }
    }
  }

  /// Where a byte comes first in a range; the range's end where it does not.
  private static func index(
    of byte: Int32, in source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Int {
    guard let from = source.baseAddress,
      let found = unsafe memchr(from + range.lowerBound, byte, range.count)
    else { return range.upperBound }
    return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(from)
  }
}
