internal import HeardSources

/// Rows of words and figures, written for people or spreadsheets.
public struct Table: Sendable {
  /// How a table is written.
  public enum Form: String, CaseIterable, Sendable {
    /// Aligned columns.
    case text
    /// A Markdown table.
    case markdown
    /// Values between tabs, safe to open in a spreadsheet.
    case tsv
  }

  private var titles: [String]
  private var figures: [Bool]
  private var rows: [[String]] = []

  /// Makes a table.
  ///
  /// - Parameter columns: titles; `>` in front of one aligns its column to the right.
  public init(_ columns: [String]) {
    titles = columns.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }
    figures = columns.map { $0.hasPrefix(">") }
  }

  /// Whether it has no rows.
  public var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; cells that are missing are empty.
  public mutating func add(_ cells: [String]) {
    rows.append(Array((cells + Array(repeating: "", count: titles.count)).prefix(titles.count)))
  }

  /// The table, ending with a line's end.
  public func write(_ form: Form) -> String {
    switch form {
    case .text: aligned()
    case .markdown: markdown()
    case .tsv: ([titles] + rows).map { $0.map(Table.safe).joined(separator: "\t") + "\n" }.joined()
    }
  }

  private func aligned() -> String {
    var widths = titles.map(\.count)
    for row in rows {
      for (place, cell) in row.enumerated() { widths[place] = max(widths[place], cell.count) }
    }
    var text = ""
    for row in [titles] + rows {
      var line = ""
      for (place, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[place] - cell.count)
        line += (place == 0 ? "" : "  ") + (figures[place] ? space + cell : cell + space)
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    return text
  }

  private func markdown() -> String {
    var lines = [titles, figures.map { $0 ? "---:" : "---" }]
    lines += rows.map { $0.map { $0.replacing(scalar: "|", with: "\\|") } }
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  /// A cell that no spreadsheet takes for a formula, a second cell or a second row.
  static func safe(_ cell: String) -> String {
    var clean = cell.map { $0 == "\t" || $0.isNewline ? " " : $0 }
    let isNumber = Double(cell) != nil
    if let first = clean.first, "=+-@".contains(first), !isNumber { clean.insert("'", at: 0) }
    return String(clean)
  }
}

/// Figures as papers write them.
public enum Figure {
  /// `.84` of 0.84; `1.00` in full.
  public static func share(_ value: Double) -> String {
    decimals(value, 2, leadingZero: false)
  }

  /// `12.3` of 0.123.
  public static func percent(_ value: Double) -> String { decimals(value * 100, 1) }

  /// A number with so many decimals, rounded half away from zero.
  public static func decimals(_ value: Double, _ places: Int, leadingZero: Bool = true) -> String {
    var one = 1
    for _ in 0..<places { one *= 10 }
    let units = Int((value.magnitude * Double(one)).rounded())
    var fraction = String(units % one)
    while fraction.count < places { fraction = "0" + fraction }
    let whole = units / one
    let sign = value < 0 && units > 0 ? "-" : ""
    guard places > 0 else { return sign + "\(whole)" }
    return sign + (whole == 0 && !leadingZero ? "" : "\(whole)") + "." + fraction
  }
}
