internal import HeardAuthoring
public import HeardSources
internal import HeardText

/// Lexicons as a sheet for people who live in a spreadsheet: a row an entry, a column a key.
///
/// Loss-free: what is read back gives the same entries, and files change only in the keys whose cells
/// changed; comments, order and spelling of all others stay.
public enum LexiconSheet {
  /// A file of a lexicon folder.
  public typealias File = (path: String, text: String)

  /// The columns: the file, then the keys of an entry.
  public static let columns = ["file"] + SourceSchema.entry.keys.map(\.name)

  /// The lexicon files of a folder (not its scoring, single words and locks).
  ///
  /// - Throws: files that cannot be read.
  public static func files(in folder: String) throws(LexiconError) -> [File] {
    var files: [File] = []
    for file in try LexiconFiles.list(folder: folder)
    where file.path.hasSuffix(".yaml") && file.path != LexiconSource.scoringFile
      && !LexiconSource.isWordsFile(file.path)
    {
      let bytes = try LexiconFiles.read(folder + "/" + file.path, named: file.path)
      files.append((file.path, try LexiconSource.text(bytes, file: file.path)))
    }
    return files
  }

  /// The entries of files as CSV.
  ///
  /// - Parameter only: what ids begin with.
  /// - Throws: YAML that cannot be read.
  public static func export(_ files: [File], only: String = "") throws(LexiconError) -> String {
    var rows = [columns]
    for file in files {
      for entry in try EntryText(file: file.path, text: file.text).entries
      where entry.id.hasPrefix(only) {
        rows.append([file.path] + columns.dropFirst().map { entry.cell($0) ?? "" })
      }
    }
    return CSVText.write(rows)
  }

  /// What a sheet changes.
  public struct Plan: Sendable {
    /// Files whose text changes, whole, by path.
    public var files: [File] = []
    /// Ids of entries that changed.
    public var changed: [String] = []
    /// Ids of entries that are new.
    public var added: [String] = []
    /// Ids of entries that the sheet does not have.
    public var missing: [String] = []
  }

  /// Reads a sheet and says what it changes in files.
  ///
  /// - Parameters:
  ///   - name: the sheet's, for errors.
  ///   - removesMissing: whether entries that the sheet lacks are taken away.
  /// - Throws: a sheet that cannot be read, or that makes entries that cannot.
  public static func plan(
    _ csv: String, name: String, files: [File], removesMissing: Bool = false
  ) throws(LexiconError) -> Plan {
    var plan = Plan()
    let rows = try rows(csv, name: name)
    var paths = files.map(\.path)
    for row in rows where !paths.contains(row.file) { paths.append(row.file) }
    for path in paths {
      let old = files.first { $0.path == path }?.text ?? head(path)
      let text = try EntryText(file: path, text: old)
      var patch = EntryPatch(text)
      let wanted = rows.filter { $0.file == path }
      for entry in text.entries {
        guard let row = wanted.first(where: { $0.id == entry.id }) else {
          plan.missing.append(entry.id)
          if removesMissing { patch.remove(entry) }
          continue
        }
        let cells = Dictionary(entry.cells.map { ($0.key, $0.text) }, uniquingKeysWith: { $1 })
        if cells != row.cells {
          patch.change(entry, to: row.cells)
          plan.changed.append(entry.id)
        }
      }
      for row in wanted where !text.entries.contains(where: { $0.id == row.id }) {
        patch.append(row.cells)
        plan.added.append(row.id)
      }
      let new = patch.result
      guard new != old || !files.contains(where: { $0.path == path }) else { continue }
      try check(new, path: path, wanted: wanted, sheet: name)
      plan.files.append((path, new.hasSuffix("\n") ? new : new + "\n"))
    }
    let untouched = files.filter { file in !plan.files.contains { $0.path == file.path } }
    _ = try LexiconSource(files: untouched + plan.files)
    return plan
  }

  /// Writes the files of a plan into a lexicon folder.
  ///
  /// - Throws: why a file cannot be written.
  public static func write(_ plan: Plan, into folder: String) throws(LexiconError) {
    for file in plan.files {
      let path = folder + "/" + file.path
      LexiconFiles.makeFolder(of: path)
      try LexiconFiles.write(file.text, to: path, named: file.path)
    }
  }

  // MARK: Rows

  private struct Row {
    var line: Int
    var file: String
    var id: String
    /// Cells by key, those that are not empty.
    var cells: [String: String]
  }

  private static func rows(_ csv: String, name: String) throws(LexiconError) -> [Row] {
    var problems: [Diagnostic] = []
    func report(_ line: Int, _ message: String, hint: String) {
      let place = SourceLocation(file: name, line: line, column: 1)
      problems.append(Diagnostic(.error, .sheetFormat, at: place, message, hint: hint))
    }
    let table: [CSVText.Row]
    do throws(CSVText.Failure) {
      table = try CSVText.read(csv)
    } catch {
      report(error.line, error.message, hint: "save the sheet as CSV in UTF-8")
      throw LexiconError(.invalidSource, problems)
    }
    guard let head = table.first, head.cells.contains("id") else {
      report(
        1, "a sheet without a first row that names its columns",
        hint: "keep the row of heard lexicon export: \(columns.joined(separator: ","))")
      throw LexiconError(.invalidSource, problems)
    }
    for column in head.cells where !columns.contains(column) && !column.isEmpty {
      report(
        head.line, "unknown column '\(column)'",
        hint: Spelling.nearest(to: column, among: columns).map { "did you mean '\($0)'?" }
          ?? "columns are \(columns.joined(separator: ", "))")
    }
    var rows: [Row] = []
    var lines: [String: Int] = [:]
    for row in table.dropFirst() {
      if row.cells.count > head.cells.count {
        report(
          row.line, "a row of \(row.cells.count) cells", hint: "columns are \(head.cells.count)")
        continue
      }
      var cells: [String: String] = [:]
      for (column, cell) in zip(head.cells, row.cells) where !cell.isEmpty { cells[column] = cell }
      let file = cells.removeValue(forKey: "file")
      guard let id = cells["id"] else {
        report(row.line, "a row without an id", hint: "write language.theme.name, as nl.staff.ober")
        continue
      }
      if let before = lines.updateValue(row.line, forKey: id) {
        report(row.line, "the id '\(id)' again, as in line \(before)", hint: "keep one row")
      }
      let parts = id.split(separator: ".")
      guard let path = file ?? (parts.count > 2 ? "\(parts[0])/\(parts[1]).yaml" : nil),
        Language.read.contains(where: { path.hasPrefix("\($0.code)/") }), path.hasSuffix(".yaml"),
        !path.split(separator: "/").contains("..")
      else {
        report(
          row.line, "no file for the entry '\(id)'",
          hint: "write language/theme.yaml in the column file")
        continue
      }
      rows.append(Row(line: row.line, file: path, id: id, cells: cells))
    }
    if !problems.isEmpty { throw LexiconError(.invalidSource, problems) }
    return rows
  }

  private static func head(_ path: String) -> String {
    let parts = path.split(separator: "/")
    let theme = parts.last.map { $0.dropLast(5) } ?? ""
    return
      "lexicon: \(SourceSchema.version)\nlanguage: \(parts.first ?? "")\ntheme: \(theme)\nentries:\n"
  }

  /// Makes sure that the patched text says what the sheet does.
  private static func check(
    _ text: String, path: String, wanted: [Row], sheet: String
  ) throws(LexiconError) {
    let entries = try EntryText(file: path, text: text).entries
    for row in wanted {
      let entry = entries.first { $0.id == row.id }
      let cells = Dictionary(
        (entry?.cells ?? []).map { ($0.key, $0.text) }, uniquingKeysWith: { $1 })
      for key in SourceSchema.entry.keys where !same(cells[key.name], row.cells[key.name], key) {
        throw LexiconError(
          .invalidSource,
          [
            Diagnostic(
              .error, .sheetFormat, at: SourceLocation(file: sheet, line: row.line, column: 1),
              "'\(key.name)' of '\(row.id)' cannot be written as the cell says",
              hint: "write it as export does, or change \(path) by hand")
          ])
      }
    }
  }

  /// Whether two cells say the same; spaces in mappings and empty lines in lists say nothing.
  private static func same(_ one: String?, _ other: String?, _ key: SourceKey) -> Bool {
    guard let one, let other else { return one == other }
    switch key.kind {
    case .text, .number, .wholeNumber, .yesNo: return one == other
    case .textList, .nameList, .numberList, .mappingList:
      return one.split(separator: "\n") == other.split(separator: "\n")
    case .evidence, .mapping:
      func tight(_ cell: String) -> String {
        cell.replacing("\n", with: ",").filter { !$0.isWhitespace }
      }
      return tight(one) == tight(other)
    }
  }
}
