/// The header of a mail, field by field, as it stands in the bytes.
///
/// The header ends at the first empty line. A line in it that is no field belongs to the field
/// before: readers differ about such lines, and a field behind one must not be overlooked. They
/// differ about carriage returns without a line feed, too: one ends a line here, for a reader may
/// find a field behind it, and does not end the header, for another goes on reading it.
struct HeaderBlock {
  /// A field with its continuation lines and line ends.
  struct Field {
    /// Where it stands.
    var range: Range<Int>
    /// Its name without the colon, in lower case.
    var name: String
  }

  /// Where the header begins: behind the `From ` line of an mbox.
  private(set) var start = 0
  /// The fields, ascending.
  private(set) var fields: [Field] = []
  /// What ends lines here.
  private(set) var lineEnd: [UInt8] = [0x0A]
  /// Whether there is neither a field nor an empty line: the bytes are a text, or nothing.
  private(set) var isMissing = false

  /// Reads the header of a mail.
  ///
  /// - Parameter hasMboxLine: whether a `From ` line may stand before it.
  init(_ bytes: [UInt8], hasMboxLine: Bool = true) {
    if hasMboxLine, bytes.starts(with: "From ".utf8) {
      var ends = LineEnds()
      start = ends.next(in: bytes, from: 0)
    }
    if let first = bytes[start...].firstIndex(of: 0x0A) ?? bytes.firstIndex(of: 0x0A), first > 0,
      bytes[first - 1] == 0x0D
    {
      lineEnd = [0x0D, 0x0A]
    }
    let isEnded = readFields(bytes)
    isMissing = !isEnded && fields.isEmpty
  }

  /// Reads to the empty line that ends the header, and says whether there was one.
  private mutating func readFields(_ bytes: [UInt8]) -> Bool {
    var at = start
    // Behind an empty line between carriage returns, text may be meant: there fields are found, and
    // what is no field belongs to none.
    var isDoubtful = false
    var ends = LineEnds()
    while at < bytes.count {
      if at == start || bytes[at - 1] == 0x0A, Self.isEmptyLine(bytes[at...]) { return true }
      let end = ends.next(in: bytes, from: at)
      let isContinuation = bytes[at] == 0x20 || bytes[at] == 0x09
      if !isContinuation, let name = Self.name(of: bytes[at..<end]) {
        fields.append(Field(range: at..<end, name: name))
      } else if fields.isEmpty {
        break
      } else if bytes[at] == 0x0D {
        isDoubtful = true
      } else if fields[fields.count - 1].range.upperBound == at, isContinuation || !isDoubtful {
        fields[fields.count - 1].range = fields[fields.count - 1].range.lowerBound..<end
      }
      at = end
    }
    return false
  }

  /// What stays of the mail, from ``start``, when fields go.
  ///
  /// A line that ended in a bare carriage return before one that goes ends as that one did: no
  /// reader is to find two lines in one, or one in two.
  func ranges(
    of bytes: [UInt8], without isGone: (Field) -> Bool
  ) -> [Range<Int>] {
    var kept: [Range<Int>] = []
    var at = start
    var index = 0
    while index < fields.count {
      defer { index += 1 }
      guard isGone(fields[index]) else { continue }
      let begin = fields[index].range.lowerBound
      while index + 1 < fields.count, isGone(fields[index + 1]),
        fields[index + 1].range.lowerBound == fields[index].range.upperBound
      {
        index += 1
      }
      var end = fields[index].range.upperBound
      let isBehindReturn = begin > at && bytes[begin - 1] == 0x0D
      if isBehindReturn {
        if bytes[end - 1] == 0x0A { end -= 1 }
        while bytes[end - 1] == 0x0D { end -= 1 }
      }
      kept.append(at..<(isBehindReturn ? begin - 1 : begin))
      at = end
    }
    kept.append(at..<bytes.count)
    return kept
  }

  /// Finds line ends: carriage returns and a line feed, a line feed, or one carriage return.
  private struct LineEnds {
    /// Where the carriage returns end that were looked at last, or each would be again for those
    /// before it.
    private var returnsEnd = 0

    /// The place behind the end of a line.
    mutating func next(in bytes: [UInt8], from start: Int) -> Int {
      guard let end = bytes[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
        return bytes.count
      }
      if bytes[end] == 0x0A { return end + 1 }
      if returnsEnd <= end {
        returnsEnd = bytes[end...].firstIndex { $0 != 0x0D } ?? bytes.count
      }
      return returnsEnd < bytes.count && bytes[returnsEnd] == 0x0A ? returnsEnd + 1 : end + 1
    }
  }

  /// Whether an empty line stands here: a line feed, with a carriage return before it or not.
  private static func isEmptyLine(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.first == 0x0A || rest.first == 0x0D && (rest.count == 1 || rest.dropFirst().first == 0x0A)
  }

  /// The name before the colon, white space between them allowed (RFC 5322, 4.5); nil without one.
  private static func name(of line: ArraySlice<UInt8>) -> String? {
    // A byte order mark may stand before the first field.
    let line = line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
    guard let colon = line.prefix(998).firstIndex(of: UInt8(ascii: ":")) else { return nil }
    var name = line[line.startIndex..<colon]
    while let last = name.last, last == 0x20 || last == 0x09 { name.removeLast() }
    guard !name.isEmpty, name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    return String(
      decoding: name.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
