/// Cuts what arrives into lines.
struct LineCutter {
  private let limit: Int
  private var line: [UInt8] = []
  private var isTooLong = false
  private var number = 1

  /// - Parameter limit: bytes of a line at most; the rest of a longer one is not kept.
  init(limit: Int) { self.limit = limit }

  /// The lines that end in `bytes`, without those that are empty; nil stands for one too long.
  mutating func take(_ bytes: some Collection<UInt8>) -> [(number: Int, bytes: [UInt8]?)] {
    var lines: [(number: Int, bytes: [UInt8]?)] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 0x0A) {
      keep(rest[..<end])
      close(&lines)
      number += 1
      rest = rest[rest.index(after: end)...]
    }
    keep(rest)
    return lines
  }

  /// The last line, when it has no end.
  mutating func finish() -> [(number: Int, bytes: [UInt8]?)] {
    var lines: [(number: Int, bytes: [UInt8]?)] = []
    close(&lines)
    return lines
  }

  private mutating func keep(_ bytes: some Collection<UInt8>) {
    if line.count + bytes.count > limit {
      isTooLong = true
      line = []
    } else if !isTooLong {
      line.append(contentsOf: bytes)
    }
  }

  private mutating func close(_ lines: inout [(number: Int, bytes: [UInt8]?)]) {
    if isTooLong {
      lines.append((number, nil))
    } else if line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) {
      lines.append((number, line))
    }
    line = []
    isTooLong = false
  }
}
