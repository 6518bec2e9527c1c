/// Reads the cells of one row of a table (RFC 4180; the separator may be another).
///
/// A cell is quoted when it begins with a quotation mark; inside, two of them stand for one, and
/// line ends and separators are text. Elsewhere a quotation mark is a character like any other.
public struct RowReader {
  /// What is wrong with a row.
  public enum Problem: Error, Hashable, Sendable {
    /// A cell's quotation mark is not closed.
    case openQuotation(column: Int)
    /// Something stands between a closing quotation mark and the next separator.
    case behindQuotation(column: Int)
  }

  /// Makes a reader.
  public init() {}

  private static let quotation = UInt8(ascii: "\"")

  /// Hands the cells of the row at `range` to `body`, in order, and returns how many there are.
  ///
  /// `body` gets the column, the range of the cell's bytes without quotation marks around them, and
  /// whether doubled quotation marks inside stand for one. A line end behind the row is no cell.
  public func read(
    _ bytes: [UInt8], _ range: Range<Int>, separator: UInt8,
    _ body: (_ column: Int, _ cell: Range<Int>, _ isQuoted: Bool) -> Void
  ) throws(Problem) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    var end = range.upperBound
    if end > range.lowerBound, bytes[end - 1] == 0x0A { end -= 1 }
    if end > range.lowerBound, bytes[end - 1] == 0x0D { end -= 1 }
    var column = 0
    var at = range.lowerBound
    while true {
      if at < end, bytes[at] == RowReader.quotation {
        let start = at + 1
        at = start
        while true {
          guard at < end else { throw .openQuotation(column: column) }
          if bytes[at] == RowReader.quotation {
            guard at + 1 < end, bytes[at + 1] == RowReader.quotation else { break }
            at += 1
          }
          at += 1
        }
        body(column, start..<at, true)
        at += 1
        guard at == end || bytes[at] == separator else { throw .behindQuotation(column: column) }
      } else {
        let start = at
        while at < end, bytes[at] != separator { at += 1 }
        body(column, start..<at, false)
      }
      column += 1
      guard at < end else { return column }
      at += 1
    }
  }

  /// Appends a cell's text to `text`.
  public func append(
    _ bytes: [UInt8], _ cell: Range<Int>, isQuoted: Bool, to text: inout [UInt8]
  ) {
    guard isQuoted else {
      text.append(contentsOf: bytes[cell])
      return
    }
    var at = cell.lowerBound
    while at < cell.upperBound {
      let stop = bytes[at..<cell.upperBound].firstIndex(of: RowReader.quotation) ?? cell.upperBound
      text.append(contentsOf: bytes[at..<stop])
      if stop < cell.upperBound { text.append(RowReader.quotation) }
      at = stop + 2
    }
  }
}
