import Foundation
import HeardTestSupport
import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardLexiconTools
@testable import HeardSources

/// What a spreadsheet gives back is what it was given.
@Suite("Sheets") struct SheetTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let file = """
    # What breaks.
    lexicon: heard/1
    language: nl
    theme: test
    entries:

    # Things
    - id: nl.test.kapot
      phrase: kapot  # as it is
      # weighed by hand
      evidence: {complaint: 1.50, shortfall: 1}
      examples:
      - "Mijn lamp is kapot."   # the first
      # and the second
      - 'Kapot, zei ik!'
      note: "=1+1"

    # A short one.
    - {id: nl.test.boos, phrase: boos, scopes: [], evidence: {anger: 1}}  # in braces
    - id: nl.test.niets
      phrases:
      - "(niets|niks) te klagen"
      - geen klachten
      covers: true
    # The end.

    """

  private func plan(
    _ change: (inout [[String]]) -> Void, removesMissing: Bool = false
  ) throws -> (plan: LexiconSheet.Plan, text: String) {
    let files = [(path: "nl/test.yaml", text: Self.file)]
    var rows = try CSVText.read(LexiconSheet.export(files)).map(\.cells)
    change(&rows)
    let plan = try LexiconSheet.plan(
      CSVText.write(rows), name: "sheet.csv", files: files, removesMissing: removesMissing)
    return (plan, plan.files.first?.text ?? "")
  }

  private func column(_ name: String) throws -> Int {
    try #require(LexiconSheet.columns.firstIndex(of: name))
  }

  @Test func whatIsNotChangedIsNotTouched() throws {
    let same = try plan { _ in }.plan
    #expect(same.files.isEmpty && same.changed.isEmpty && same.added.isEmpty)
  }

  @Test func oneCellChangesOneLine() throws {
    let evidence = try column("evidence")
    let (plan, text) = try plan { $0[1][evidence] = "complaint: 2.5, shortfall: 1" }
    #expect(plan.changed == ["nl.test.kapot"])
    #expect(text == Self.file.replacing("1.50", with: "2.5"))
  }

  @Test func commentsStay() throws {
    let phrase = try column("phrase")
    let examples = try column("examples")
    let concept = try column("concept")
    let phrases = try column("phrases")
    let (_, text) = try plan {
      $0[1][phrase] = "(stuk|kapot)"
      $0[1][examples] = "Mijn lamp is stuk."
      $0[1][concept] = "broken"
      $0[2][phrase] = "woest"
      $0[3][phrases] = "niets te klagen"
    }
    for comment in [
      "# as it is", "# weighed by hand", "# the first", "# and the second", "# A short one.",
      "# in braces", "# The end.", "# Things", "# What breaks.",
    ] {
      #expect(text.contains(comment), "lost \(comment) in\n\(text)")
    }
    let entries = try LexiconSource(files: [("nl/test.yaml", text)]).entries
    #expect(entries.map(\.patternTexts) == [["(stuk|kapot)"], ["woest"], ["niets te klagen"]])
    #expect(entries[0].concept == "broken" && entries[0].note == "=1+1")
    #expect(entries[1].scopes == [])
  }

  @Test func keysAndEntriesComeAndGo() throws {
    let note = try column("note")
    let phrase = try column("phrase")
    let (plan, text) = try plan(
      { rows in
        rows[1][note] = ""
        rows[2][1] = "nl.test.nieuw"
        var row = Array(repeating: "", count: rows[0].count)
        row[0] = "nl/new.yaml"
        row[1] = "nl.new.een"
        row[phrase] = "een twee"
        rows.append(row)
      }, removesMissing: true)
    #expect(plan.added == ["nl.test.nieuw", "nl.new.een"])
    #expect(plan.missing == ["nl.test.boos"])
    #expect(!text.contains("=1+1") && !text.contains("nl.test.boos"))
    #expect(plan.files.map(\.path) == ["nl/test.yaml", "nl/new.yaml"])
    #expect(try LexiconSource(files: plan.files).entries.count == 4)
  }

  @Test func nothingInACellIsRun() throws {
    let csv = try LexiconSheet.export([("nl/test.yaml", Self.file)])
    #expect(csv.contains(",'=1+1,"))
    #expect(!csv.contains(",=1+1"))
  }

  @Test(arguments: [
    "=1+1", "+31", "-5", "@SUM(A1)", "\tx", "\rx", "'quoted'", "''", "＝1", "a,b", "a\"b", "a\nb",
    " edge ", "", "plain", "=HYPERLINK(\"x\";\"y\")", "\n=1",
  ])
  func cellsComeBack(cell: String) throws {
    let text = CSVText.write([["head", "x"], [cell, "y"]])
    let rows = try CSVText.read(text)
    // A carriage return inside a cell is a line break to every spreadsheet.
    #expect(rows[1].cells == [cell.replacing("\r", with: "\n"), "y"])
    let first = text.split(separator: "\r\n")[1].unicodeScalars.drop { $0 == "\"" }.first
    if let first { #expect(!"=+-@\t\r＝".unicodeScalars.contains(first)) }
  }

  /// Random cells of everything that CSV and YAML give a meaning to.
  @Test func randomCellsComeBack() throws {
    var generator = SeededGenerator(seed: 7)
    let pieces = [
      "=", "'", "\"", ",", ";", "\n", "\\", "\\n", "[]", "{}", "a", "ż", " ", "#", ": ", "-",
    ]
    for _ in 0..<500 {
      let cells = (0..<3).map { _ in
        (0..<Int.random(in: 0...6, using: &generator))
          .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
      }
      let rows = try CSVText.read(CSVText.write([["a", "b", "c"], cells + ["end"]]))
      #expect(rows[1].cells == cells + ["end"])
    }
  }

  @Test func spreadsheetsWriteInTheirOwnWay() throws {
    let text = "\u{FEFF}id;phrase\r\nnl.test.a;\"een; twee\"\r\n\r\n"
    #expect(
      try CSVText.read(text).map(\.cells) == [["id", "phrase"], ["nl.test.a", "een; twee"]])
    #expect(try CSVText.read("a,b\rc,d").map(\.cells) == [["a", "b"], ["c", "d"]])
  }

  @Test(
    "wrong sheets are refused with their line",
    arguments: [
      ("", "sheet.csv:1:1"), ("phrase\nx\n", "names its columns"),
      ("id,phrasee\nnl.test.a,x\n", "did you mean 'phrase'?"),
      ("id,phrase\nnl.test.a,\"x\n", "sheet.csv:2:1: error: a quotation mark that is not closed"),
      ("id,phrase\nnl.test.a,x\nnl.test.a,y\n", "sheet.csv:3:1"),
      ("id,phrase\n,x\n", "without an id"), ("id,phrase\nx,x\n", "no file"),
      ("file,id,phrase\n../../etc/x.yaml,nl.test.a,x\n", "no file"),
      ("id,phrase,evidence\nnl.test.a,x,complaint: 99\n", "nl/test.yaml:"),
      ("id,phrase,evidence\nnl.test.a,x,nonsense\n", "sheet.csv:2:1"),
      ("id,phrase\nnl.test.a,x,y,z\n", "a row of 4 cells"),
    ])
  func refused(csv: String, says: String) {
    do throws(LexiconError) {
      _ = try LexiconSheet.plan(csv, name: "sheet.csv", files: [("nl/test.yaml", Self.file)])
      Issue.record("taken")
    } catch {
      #expect(error.description.contains(says), "\(error.description)")
    }
  }

  /// All shipped lexicons: out, back into nothing, and the same entries are read.
  @Test func shippedLexiconsGoRound() throws {
    let files = try LexiconSheet.files(in: Self.root.path + "/lexicons")
    let csv = try LexiconSheet.export(files)
    #expect(try LexiconSheet.plan(csv, name: "sheet.csv", files: files).files.isEmpty)
    let plan = try LexiconSheet.plan(csv, name: "sheet.csv", files: [])
    func entries(_ files: [LexiconSheet.File]) throws -> [String: EntrySource] {
      let entries = try LexiconSource(files: files).entries.map { entry in
        var entry = entry
        entry.location = SourceLocation(file: "", line: 1, column: 1)
        entry.patternLocations = []
        return (entry.id, entry)
      }
      return Dictionary(uniqueKeysWithValues: entries)
    }
    let before = try entries(files)
    let after = try entries(plan.files)
    #expect(before.count > 1000)
    for (id, entry) in before { #expect(after[id] == entry, "\(id)") }
    #expect(after.count == before.count)
  }

  /// Every entry rewritten: its file's comments are still there.
  @Test func shippedCommentsStay() throws {
    let files = try LexiconSheet.files(in: Self.root.path + "/lexicons")
    var rows = try CSVText.read(LexiconSheet.export(files)).map(\.cells)
    let note = try column("note")
    for index in rows.indices.dropFirst() { rows[index][note] = "Note \(index): \"so\" it is" }
    let plan = try LexiconSheet.plan(CSVText.write(rows), name: "sheet.csv", files: files)
    #expect(plan.files.count == files.filter { $0.text.contains("- id:") }.count)
    func comments(_ text: String) -> [String] {
      text.split(separator: "\n").compactMap { EntryText.comment(in: String($0)) }.sorted()
    }
    for file in plan.files {
      let old = try #require(files.first { $0.path == file.path })
      #expect(comments(old.text) == comments(file.text), "\(file.path)")
    }
  }
}
