/// Comma-separated values (RFC 4180) that spreadsheets can open without running anything.
///
/// A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a
/// carriage return, or with a wide form of the signs) gets an apostrophe in front; a cell that begins
/// with an apostrophe gets one too, so that taking one away always gives the cell back.
public enum CSVText {
  /// Why a text is no CSV.
  public struct Failure: Error, Hashable, Sendable {
    /// Line of the problem, from 1.
    public var line: Int
    /// What is wrong.
    public var message: String
  }

  /// A record and the line that it begins on, from 1.
  public struct Row: Hashable, Sendable {
    /// Line in the file.
    public var line: Int
    /// Its cells, apostrophes taken away.
    public var cells: [String]
  }

  private static let dangerous: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
  ]

  /// The rows as CSV with CRLF line ends, as the RFC and spreadsheets have them.
  public static func write(_ rows: [[String]]) -> String {
    var text = ""
    for row in rows {
      text += row.map(cell).joined(separator: ",")
      text += "\r\n"
    }
    return text
  }

  private static func cell(_ value: String) -> String {
    let safe = neutralised(value)
    let plain = safe.unicodeScalars.allSatisfy {
      $0 != "\"" && $0 != "," && $0 != ";" && $0 != "\n" && $0 != "\r" && $0 != "\t"
    }
    let atEdge = safe.unicodeScalars.first == " " || safe.unicodeScalars.last == " "
    return plain && !atEdge ? safe : "\"" + safe.replacing(scalar: "\"", with: "\"\"") + "\""
  }

  /// The cell with nothing in front that a spreadsheet would run.
  static func neutralised(_ value: String) -> String {
    guard let first = value.unicodeScalars.first else { return value }
    return first == "'" || dangerous.contains(first) ? "'" + value : value
  }

  /// The cell as it was.
  static func restored(_ value: String) -> String {
    value.unicodeScalars.first == "'" ? String(value.unicodeScalars.dropFirst()) : value
  }

  /// The rows of CSV as spreadsheets write it: with or without a byte order mark, cells apart by
  /// comma, semicolon or tab (whichever the first line has most), any line end.
  public static func read(_ text: String) throws(Failure) -> [Row] {
    var scalars = Array(text.unicodeScalars)
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    let separator = separator(scalars)
    var rows: [Row] = []
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    var line = 1
    var rowLine = 1
    var opened: Int?
    var wasQuoted = false
    func endCell() {
      cells.append(restored(String(cell)))
      cell = String.UnicodeScalarView()
      wasQuoted = false
    }
    func endRow() {
      endCell()
      if cells != [""] { rows.append(Row(line: rowLine, cells: cells)) }
      cells = []
    }
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      let isLineEnd =
        scalar == "\n" || scalar == "\r" && (index >= scalars.count || scalars[index] != "\n")
      if isLineEnd { line += 1 }
      if opened != nil {
        if scalar == "\"" {
          if index < scalars.count, scalars[index] == "\"" {
            cell.append("\"")
            index += 1
          } else {
            opened = nil
          }
        } else if scalar == "\r" {
          // Line ends inside cells are one character, whatever the spreadsheet made of them.
          if index >= scalars.count || scalars[index] != "\n" { cell.append("\n") }
        } else {
          cell.append(scalar)
        }
        continue
      }
      switch scalar {
      case separator: endCell()
      case "\"" where cell.isEmpty && !wasQuoted:
        opened = line
        wasQuoted = true
      case "\n":
        endRow()
        rowLine = line
      case "\r":
        if isLineEnd {
          endRow()
          rowLine = line
        }
      default:
        guard !wasQuoted else {
          throw Failure(line: line, message: "text behind the closing quotation mark of a cell")
        }
        cell.append(scalar)
      }
    }
    if let opened { throw Failure(line: opened, message: "a quotation mark that is not closed") }
    if !cell.isEmpty || !cells.isEmpty || wasQuoted { endRow() }
    return rows
  }

  private static func separator(_ scalars: [Unicode.Scalar]) -> Unicode.Scalar {
    let head = scalars.prefix { $0 != "\n" && $0 != "\r" }
    let candidates: [Unicode.Scalar] = [",", ";", "\t"]
    return candidates.max { one, other in
      head.count { $0 == one } < head.count { $0 == other }
    } ?? ","
  }
}
