/// Finds the mails of a mailbox.
struct MboxSplitter: RecordSplitter {
  private let dialect: MboxDialect
  /// Longest mail; a Content-Length beyond it is not believed.
  private let limit: Int
  /// Whether a mail has been begun to be looked at.
  private var isStarted = false
  /// Where the search for the next mail goes on.
  private var at = 0
  /// Where the mail ends by its Content-Length.
  private var promised: Promise?

  private enum Promise {
    case unknown
    case none
    case end(Int)
  }

  init(_ dialect: MboxDialect, limit: Int) {
    self.dialect = dialect
    self.limit = limit
  }

  var content: Block.Content { .mails(dialect) }
  /// A line end before a `From ` line, and the line itself.
  var memory: Int { EnvelopeLine.limit + 8 }
  var countsLines: Bool { false }

  mutating func forget(_ count: Int) {
    at = max(0, at - count)
    promised = Promise.none
  }

  mutating func end(
    of start: Int, in bytes: [UInt8], before filled: Int, atEnd: Bool
  ) -> Int? {
    if !isStarted {
      isStarted = true
      at = start
      promised = dialect.usesLength ? .unknown : Promise.none
    }
    if case .unknown = promised {
      guard let found = promise(start, bytes, filled, atEnd) else { return nil }
      promised = found
    }
    if case .end(let end) = promised {
      guard let kept = isKept(end, bytes, filled, atEnd) else { return nil }
      if let mailEnd = kept {
        isStarted = false
        return mailEnd
      }
      promised = Promise.none
    }
    return search(start, bytes, filled, atEnd)
  }

  mutating func prepare(
    _ bytes: [UInt8], before filled: Int, atEnd: Bool, name: String
  ) throws(InputError) -> Int? {
    var start = 0
    while start < filled, bytes[start] == 0x0A || bytes[start] == 0x0D { start += 1 }
    if start == filled { return atEnd ? filled : nil }
    guard bytes[start..<filled].starts(with: "From ".utf8) else {
      throw InputError(
        .unknownForm, "\(name): is no mailbox: it does not begin with a \"From \" line")
    }
    return start
  }

  /// Looks for the next mail's beginning.
  private mutating func search(
    _ start: Int, _ bytes: [UInt8], _ filled: Int, _ atEnd: Bool
  ) -> Int? {
    while let found = LineScan.find("\nFrom ", in: bytes, min(at, filled)..<filled) {
      let line = found + 1
      let lineEnd = LineScan.end(of: line, in: bytes, before: filled)
      if lineEnd == filled, !atEnd, filled - line <= EnvelopeLine.limit {
        at = found
        return nil
      }
      if isBeginning(line, lineEnd, start, bytes) {
        isStarted = false
        return line
      }
      at = line
    }
    if atEnd {
      isStarted = false
      return filled
    }
    // The six bytes may stand across the end of what is there.
    at = max(min(at, filled), filled - 5)
    return nil
  }

  /// Whether the line at `line` begins a mail, where mails are not measured.
  private func isBeginning(_ line: Int, _ lineEnd: Int, _ start: Int, _ bytes: [UInt8]) -> Bool {
    switch dialect {
    case .mboxo, .mboxrd: return true
    case .auto, .mboxcl, .mboxcl2:
      // Programs write an empty line before it; a line inside a mail may well begin with "From".
      guard line >= 2 else { return false }
      let isBehindCR = line >= 3 && bytes[line - 2] == 0x0D && bytes[line - 3] == 0x0A
      guard bytes[line - 2] == 0x0A || isBehindCR else { return false }
      return EnvelopeLine.looksLikeOne(bytes[line..<lineEnd])
    }
  }

  /// The end that the Content-Length of the mail at `start` promises; nil: more bytes are needed.
  private func promise(
    _ start: Int, _ bytes: [UInt8], _ filled: Int, _ atEnd: Bool
  ) -> Promise? {
    var line = LineScan.end(of: start, in: bytes, before: filled) + 1
    var length: Int?
    while line < filled {
      let end = LineScan.end(of: line, in: bytes, before: filled)
      if end == filled, !atEnd { break }
      if end == line || (end == line + 1 && bytes[line] == 0x0D) {
        guard let length else { return Promise.none }
        return .end(end + 1 + length)
      }
      if let value = MboxSplitter.contentLength(bytes[line..<end]) {
        length = value <= limit ? value : nil
      }
      line = end + 1
      // A header as long as this is none.
      if line - start > 1 << 20 { return Promise.none }
    }
    return atEnd || filled - start > limit ? Promise.none : nil
  }

  /// Whether a mail does end at `end`: the input ends there, or the next mail begins.
  ///
  /// Returns the mail's end with the empty line behind it; `.some(nil)` when it does not end there,
  /// and nil when more bytes are needed.
  private func isKept(
    _ end: Int, _ bytes: [UInt8], _ filled: Int, _ atEnd: Bool
  ) -> Int?? {
    guard end + EnvelopeLine.limit <= filled || atEnd else { return nil }
    guard end <= filled else { return .some(nil) }
    var next = end
    while next < filled, next < end + 4, bytes[next] == 0x0A || bytes[next] == 0x0D { next += 1 }
    if next == filled { return atEnd ? .some(filled) : .some(nil) }
    let isBegun =
      bytes[next..<filled].starts(with: "From ".utf8)
      && (next > end || bytes[next - 1] == 0x0A)
    return isBegun ? .some(next) : .some(nil)
  }

  /// The value of a Content-Length field; nil for other lines.
  static func contentLength(_ line: ArraySlice<UInt8>) -> Int? {
    let name = "content-length:".utf8
    guard line.count > name.count, zip(line, name).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 })
    else { return nil }
    var value: Int?
    for byte in line.dropFirst(name.count) {
      switch byte {
      case 0x30...0x39:
        let (shifted, overflow) = (value ?? 0).multipliedReportingOverflow(by: 10)
        guard !overflow, shifted < Int.max - 9 else { return nil }
        value = shifted + Int(byte - 0x30)
      case 0x20, 0x09, 0x0D: continue
      default: return nil
      }
    }
    return value
  }
}
