/// The header of a mail, field by field, as it stands in the bytes.
///
/// The header ends at the first empty line. A line in it that is no field belongs to the field
/// before: readers differ about such lines, and a field behind one must not be overlooked.
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
  init(_ bytes: [UInt8]) {
    if let first = bytes.firstIndex(of: 0x0A), first > 0, bytes[first - 1] == 0x0D {
      lineEnd = [0x0D, 0x0A]
    }
    if bytes.starts(with: "From ".utf8) {
      start = Self.endOfLine(bytes, from: 0)
    }
    var at = start
    while at < bytes.count {
      let end = Self.endOfLine(bytes, from: at)
      if Self.isEmpty(bytes[at..<end]) { return }
      let isContinuation = bytes[at] == 0x20 || bytes[at] == 0x09
      if !isContinuation, let name = Self.name(of: bytes[at..<end]) {
        fields.append(Field(range: at..<end, name: name))
      } else if fields.isEmpty {
        break
      } else {
        fields[fields.count - 1].range = fields[fields.count - 1].range.lowerBound..<end
      }
      at = end
    }
    isMissing = fields.isEmpty
  }

  private static func endOfLine(_ bytes: [UInt8], from start: Int) -> Int {
    bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
  }

  private static func isEmpty(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x0A || $0 == 0x0D }
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
