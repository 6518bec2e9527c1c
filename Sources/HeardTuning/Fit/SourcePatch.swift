internal import HeardLexicon

/// New numbers for the files of a lexicon folder; everything else stays byte for byte.
struct SourcePatch {
  /// The files as they were.
  let files: [(path: String, text: String)]
  /// The lines that change, by file, from 0.
  private var changes: [String: [Int: String]] = [:]
  /// How many numbers change.
  private(set) var count = 0

  /// A patch of these files that changes the numbers at their places.
  ///
  /// A place whose text is no longer what it was is left alone.
  init(files: [(path: String, text: String)], _ edits: [(place: NumberPlace, text: String)]) {
    self.files = files
    let byFile = Dictionary(grouping: edits) { $0.place.file }
    for (path, text) in files {
      guard let edits = byFile[path] else { continue }
      let lines = SourcePatch.lines(text)
      // From the right, so that places to the left stay what they are.
      for edit in edits.sorted(by: { $0.place.column > $1.place.column }) {
        let index = edit.place.line - 1
        guard lines.indices.contains(index) else { continue }
        var scalars = Array((changes[path]?[index] ?? lines[index]).unicodeScalars)
        let old = Array(edit.place.text.unicodeScalars)
        let range = edit.place.column..<(edit.place.column + old.count)
        guard range.upperBound <= scalars.count, scalars[range].elementsEqual(old) else { continue }
        scalars.replaceSubrange(range, with: edit.text.unicodeScalars)
        var line = String.UnicodeScalarView()
        line.append(contentsOf: scalars)
        changes[path, default: [:]][index] = String(line)
        count += 1
      }
    }
  }

  /// The files as they shall be.
  var patched: [(path: String, text: String)] {
    files.map { path, text in
      guard let changed = changes[path] else { return (path, text) }
      var lines = SourcePatch.lines(text)
      for (index, line) in changed { lines[index] = line }
      return (path, lines.joined(separator: "\n"))
    }
  }

  /// Paths of the files that change, in their order.
  var changedPaths: [String] { files.map(\.path).filter { changes[$0] != nil } }

  /// A unified diff, for `patch -p1` or `git apply` where the folder is below the present one.
  ///
  /// - Parameter folder: path of the lexicon folder.
  func unifiedDiff(folder: String) -> String {
    var diff = ""
    for (path, text) in files {
      guard let changed = changes[path] else { continue }
      let isAbsolute = folder.hasPrefix("/")
      let name = folder == "." ? path : "\(folder)/\(path)"
      diff += "--- \(isAbsolute ? "" : "a/")\(name)\n+++ \(isAbsolute ? "" : "b/")\(name)\n"
      diff += SourcePatch.hunks(SourcePatch.lines(text), changed)
    }
    return diff
  }

  private static let context = 3

  private static func hunks(_ lines: [String], _ changed: [Int: String]) -> String {
    // A final newline leaves an empty piece behind it, which is no line.
    let count = lines.last == "" ? lines.count - 1 : lines.count
    var hunks: [Range<Int>] = []
    for index in changed.keys.sorted() {
      let range = max(0, index - context)..<min(count, index + context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    var text = ""
    for hunk in hunks {
      let place = "\(hunk.lowerBound + 1),\(hunk.count)"
      text += "@@ -\(place) +\(place) @@\n"
      var index = hunk.lowerBound
      while index < hunk.upperBound {
        guard changed[index] != nil else {
          text += " \(lines[index])\n"
          index += 1
          continue
        }
        // Neighbouring changes stand together: first all old lines, then all new ones.
        var end = index
        while end < hunk.upperBound, changed[end] != nil { end += 1 }
        for line in index..<end { text += "-\(lines[line])\n" }
        for line in index..<end { text += "+\(changed[line] ?? "")\n" }
        index = end
      }
    }
    if lines.last != "", hunks.last?.upperBound == lines.count {
      text += "\\ No newline at end of file\n"
    }
    return text
  }

  /// Lines without their `\n`; joined with `\n` they are the text again.
  private static func lines(_ text: String) -> [String] {
    text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
  }
}
