internal import HeardAuthoring

/// Changes entries in the text of a lexicon file and leaves everything else as it was: order,
/// comments, blank lines, quotes.
struct EntryPatch {
  let text: EntryText
  private var edits: [(lines: Range<Int>, by: [String])] = []

  init(_ text: EntryText) { self.text = text }

  /// The text with all changes made.
  var result: String { text.text(replacing: edits) }

  /// Gives an entry the cells wanted.
  mutating func change(_ entry: EntryText.Entry, to cells: [String: String]) {
    let keys = SourceSchema.entry.keys
    let first = entry.cells.first?.key ?? "id"
    guard !entry.isFlow, cells[first] != nil else { return rewrite(entry, cells) }
    for (index, old) in entry.cells.enumerated() {
      let range = text.lines(of: index, in: entry)
      guard let new = cells[old.key] else {
        edits.append((range, indented(text.comments(range), entry)))
        continue
      }
      guard new != old.text, let key = keys.first(where: { $0.name == old.key }) else { continue }
      let prefix = String(
        String.UnicodeScalarView(
          text.lines[range.lowerBound].unicodeScalars.prefix(
            entry.keyColumns[index])))
      var lines = SheetCell.lines(key, new, indent: indent(entry))
      let comments = text.comments(range)
      if comments.count == 1, range.count == 1, lines.count == 1 {
        lines[0] += "  " + comments[0]
        edits.append((range, [prefix + lines[0]]))
      } else if index == 0 {
        edits.append((range, [prefix + lines[0]] + lines.dropFirst() + indented(comments, entry)))
      } else {
        edits.append((range, indented(comments, entry) + [prefix + lines[0]] + lines.dropFirst()))
      }
    }
    for (order, key) in keys.enumerated() {
      guard let new = cells[key.name], entry.cell(key.name) == nil else { continue }
      // Behind the last key that stands before it in the reference.
      let place =
        entry.cells.lastIndex { old in
          (keys.firstIndex { $0.name == old.key } ?? keys.count) < order
        } ?? 0
      let end = text.lines(of: place, in: entry).upperBound
      let lines = SheetCell.lines(key, new, indent: indent(entry))
      edits.append((end..<end, [indent(entry) + lines[0]] + lines.dropFirst()))
    }
  }

  /// Takes an entry away, not the comments above it.
  mutating func remove(_ entry: EntryText.Entry) { edits.append((entry.lines, [])) }

  /// Adds an entry behind the last.
  mutating func append(_ cells: [String: String]) {
    let dash = text.entries.last.map { String(dashPrefix($0)) } ?? "- "
    let end =
      text.entries.last?.lines.upperBound ?? text.lines.lastIndex { !$0.isEmpty }.map { $0 + 1 }
    let place = end ?? text.lines.count
    edits.append((place..<place, Self.lines(cells, dash: dash)))
  }

  /// All of an entry anew, a key a line, under its comments.
  private mutating func rewrite(_ entry: EntryText.Entry, _ cells: [String: String]) {
    let dash = dashPrefix(entry)
    let spaces = String(dash.prefix { $0 == " " })
    let comments = text.comments(entry.lines).map { spaces + $0 }
    edits.append((entry.lines, comments + Self.lines(cells, dash: dash)))
  }

  /// An entry in the order of the reference, a key a line.
  static func lines(_ cells: [String: String], dash: String) -> [String] {
    let indent = String(repeating: " ", count: dash.count)
    var lines: [String] = []
    for key in SourceSchema.entry.keys {
      guard let cell = cells[key.name] else { continue }
      let new = SheetCell.lines(key, cell, indent: indent)
      lines.append((lines.isEmpty ? dash : indent) + new[0])
      lines += new.dropFirst()
    }
    return lines
  }

  /// `- ` with what stands before it.
  private func dashPrefix(_ entry: EntryText.Entry) -> String {
    let line = text.lines[entry.lines.lowerBound]
    guard let dash = line.firstIndex(of: "-") else { return "- " }
    return String(line[..<dash]) + "- "
  }

  private func indent(_ entry: EntryText.Entry) -> String {
    String(repeating: " ", count: entry.keyColumns.first ?? 2)
  }

  private func indented(_ comments: [String], _ entry: EntryText.Entry) -> [String] {
    comments.map { indent(entry) + $0 }
  }
}
