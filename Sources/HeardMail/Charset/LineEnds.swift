/// Line ends as `\n`, without NULs.
enum LineEnds {
  /// CR LF, CR and LF become `\n`; NULs go.
  static func normalised(_ bytes: [UInt8]) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: bytes.count) { out, count in
      unsafe bytes.withUnsafeBufferPointer { source in
        var written = 0
        var i = 0
        while i < source.count {
          let byte = unsafe source[i]
          i += 1
          if byte == 0x0D {
            if i < source.count, unsafe source[i] == 0x0A { i += 1 }
            unsafe out[written] = 0x0A
            written += 1
          } else if byte != 0 {
            unsafe out[written] = byte
            written += 1
          }
        }
        count = written
      }
    }
  }
}
