internal import HeardSources
import Yams

/// The entries of a lexicon file as they stand in its text, line by line.
struct EntryText {
  /// An entry: its cells by key, and where they stand.
  struct Entry {
    var id: String
    /// Cells by key, in the order of the file.
    var cells: [(key: String, text: String)]
    /// Line of each key, from 0, in the same order.
    var keyLines: [Int]
    /// Columns before each key, in the same order.
    var keyColumns: [Int]
    /// Lines from that of the dash to behind the last that belongs to it.
    var lines: Range<Int>
    /// Written in braces, or otherwise not a key a line.
    var isFlow: Bool

    func cell(_ key: String) -> String? { cells.first { $0.key == key }?.text }
  }

  let file: String
  private(set) var lines: [String]
  private(set) var entries: [Entry] = []

  /// Takes a file apart.
  ///
  /// - Throws: what the YAML parser says.
  init(file: String, text: String) throws(LexiconError) {
    self.file = file
    // By bytes: as characters, a carriage return would join its line feed.
    lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard case .mapping(let root) = try YAMLText.root(file: file, text: text).get(),
      case .sequence(let nodes)? = root.first(where: { $0.key.scalar?.string == "entries" })?.value
    else { return }
    let mappings = nodes.compactMap { node -> (Node.Mapping, Int)? in
      guard case .mapping(let mapping) = node, let line = node.mark?.line else { return nil }
      return (mapping, line - 1)
    }
    for (index, (mapping, line)) in mappings.enumerated() {
      let next = index + 1 < mappings.count ? mappings[index + 1].1 : lines.count
      let start = min(mapping.compactMap { $0.key.mark.map { $0.line - 1 } }.min() ?? line, line)
      entries.append(entry(mapping, start..<trimmed(start + 1, next)))
    }
  }

  private func entry(_ mapping: Node.Mapping, _ range: Range<Int>) -> Entry {
    var entry = Entry(
      id: "", cells: [], keyLines: [], keyColumns: [], lines: range, isFlow: mapping.style == .flow)
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      let cell = SheetCell.text(value)
      if name == "id" { entry.id = cell }
      entry.cells.append((name, cell))
      entry.keyLines.append((key.mark?.line ?? 1) - 1)
      entry.keyColumns.append((key.mark?.column ?? 1) - 1)
    }
    if Set(entry.keyLines).count < entry.keyLines.count { entry.isFlow = true }
    return entry
  }

  /// The end of what begins before `start` and ends before `end`, without the blank lines and
  /// comments behind it: those belong to what follows.
  private func trimmed(_ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start, Self.isBlankOrComment(lines[end - 1]) { end -= 1 }
    return end
  }

  static func isBlankOrComment(_ line: String) -> Bool {
    guard let first = line.unicodeScalars.first(where: { $0 != " " && $0 != "\t" && $0 != "\r" })
    else { return true }
    return first == "#"
  }

  /// The lines of a key of an entry.
  func lines(of index: Int, in entry: Entry) -> Range<Int> {
    let start = entry.keyLines[index]
    let next = index + 1 < entry.keyLines.count ? entry.keyLines[index + 1] : entry.lines.upperBound
    return start..<max(start + 1, trimmed(start + 1, next))
  }

  /// Comments in some lines, without their indentation: whole lines, and those behind values.
  func comments(_ range: Range<Int>) -> [String] {
    range.compactMap { Self.comment(in: lines[$0]) }
  }

  /// The comment of a line, from its `#`.
  ///
  /// A `#` counts where YAML sees a comment: at the start or behind a space, outside quotes.
  static func comment(in line: String) -> String? {
    var quote: Unicode.Scalar?
    var before: Unicode.Scalar = " "
    let scalars = Array(line.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if let open = quote {
        if scalar == "\\", open == "\"" { index += 1 }
        if scalar == open { quote = nil }
      } else if scalar == "\"" || scalar == "'", " [{,:-".unicodeScalars.contains(before) {
        quote = scalar
      } else if scalar == "#", before == " " || before == "\t" {
        var comment = scalars[index...]
        while comment.last == "\r" || comment.last == " " { comment = comment.dropLast() }
        return String(String.UnicodeScalarView(comment))
      }
      before = scalar
      index += 1
    }
    return nil
  }

  /// The text with some lines replaced; ranges do not overlap.
  func text(replacing edits: [(lines: Range<Int>, by: [String])]) -> String {
    var lines = lines
    // From the end, so that places hold; at one place what is replaced before what is put above it.
    let ordered = edits.enumerated().sorted { one, other in
      let (a, b) = (one.element.lines, other.element.lines)
      return (a.lowerBound, a.isEmpty ? 0 : 1, one.offset)
        > (b.lowerBound, b.isEmpty ? 0 : 1, other.offset)
    }
    for (_, edit) in ordered { lines.replaceSubrange(edit.lines, with: edit.by) }
    return lines.joined(separator: "\n")
  }
}
