import HeardClassifier
import HeardText
import Synchronization

@testable import HeardAuthoring
@testable import HeardHunspell
@testable import HeardLexicon
@testable import HeardLexiconTools
@testable import HeardSources

/// What analysts write, in files and spreadsheets, and what is made of it.
enum LexiconTargets {
  static let all = [entries, scoring, pattern, sheet, roundTrip, table, locks, image, dictionary]

  private static let folders = [
    "lexicons/nl", "lexicons/pl", "lexicons/en", "Tests/HeardTuningTests/Fixtures/lexicons",
  ]
  private static let words = [
    "lexicon: heard/1\n", "language: nl\n", "theme: a\n", "entries:\n", "- id: nl.a.x\n",
    "  lemma: ", "  phrase: ", "  phrases: [", "  pos: adjective\n", "  evidence: {anger: 1.5}\n",
    "  negated: {", "  match: {fold: true, compound: any, case: not-name}\n", "  scopes: []\n",
    "  operator: {scope: negation, direction: both, reach: 6}\n", "  examples: [\"", "  forms: [",
    "  counterexamples:", "  max: 2\n", "  concept: ", "  note: |\n", "&a ", "*a", "!!int ", "? ",
    "<number>", "<name>", "(a|b)?", "...5", "~", "complaint", "valence",
  ]

  /// What is read can be linted, compiled and matched; what is not is refused with its place.
  @discardableResult
  static func use(_ text: String) throws -> LexiconSource? {
    let source: LexiconSource
    do throws(LexiconError) {
      source = try LexiconSource(files: [("nl/a.yaml", text)])
    } catch {
      try Laws.error(error)
      return nil
    }
    for found in source.lint() {
      try hold(found.location.line >= 1 && found.location.column >= 1, "no place: \(found)")
    }
    let image: [UInt8]
    do throws(CompiledLexiconError) {
      image = try LexiconCompiler.compile(source)
    } catch {
      try hold(!error.message.isEmpty && !error.help.isEmpty, "no words: \(error)")
      return source
    }
    let lexicon = try CompiledLexicon(bytes: image)
    try hold(lexicon.entryCount == source.entries.count, "an entry was lost")
    let examples = source.entries.prefix(4).flatMap { $0.examples.prefix(2) }
    try match(lexicon, examples.joined(separator: ". "))
    return source
  }

  /// Kept, because a new one takes megabytes.
  private static let analyzer = Mutex(TextAnalyzer())

  /// Matches lie in the text.
  static func match(_ lexicon: CompiledLexicon, _ text: String) throws {
    var document = Document()
    var matches: ContiguousArray<Match> = []
    analyzer.withLock { analyzer in
      analyzer.analyze(Array(text.prefix(2_000).utf8), into: &document)
      var matcher = Matcher(lexicon)
      matcher.match(document, memory: analyzer.memory, into: &matches)
    }
    for match in matches {
      try hold(
        match.firstToken >= 0 && match.firstToken <= match.lastToken
          && Int(match.lastToken) < document.tokens.count, "a match beyond the text")
      try hold(Int(match.entry) < lexicon.entryCount, "a match of no entry")
      _ = lexicon.entry(Int(match.entry))
    }
  }

  static let entries = FuzzTarget(
    name: "lexicon", seeds: folders, words: words, limit: 2048
  ) { input in
    let text: String
    do throws(LexiconError) {
      text = try LexiconSource.text(input.bytes, file: "nl/a.yaml")
    } catch {
      return try Laws.error(error)
    }
    try use(text)
  }

  static let scoring = FuzzTarget(
    name: "scoring", seeds: ["lexicons/scoring.yaml"],
    words: [
      "scoring: heard/1\n", "frames:\n", "- {id: frame.a, first: person, second: conduct, ",
      "window: clause, ", "distance: 10, ", "evidence: {complaint: 0.8}, ", "max: 2}\n",
      "calibration:\n", "- {kind: complaint, language: nl, bias: -1.8, slope: 1.0}\n",
      "scopes: {hypothetical: 0.3}\n", "styles: {capitals: {anger: 0.8}}\n",
      "anger-levels: [0.0, 1.6, 3.2]\n", "signal-threshold: 1.0\n", "1e309", "-0", ".inf", "0x7f",
    ]
  ) { input in
    do throws(LexiconError) {
      let source = try LexiconSource(files: [(LexiconSource.scoringFile, input.text)])
      for found in source.lint() {
        try? hold(found.location.line >= 1, "no place")
      }
    } catch {
      try Laws.error(error)
    }
  }

  static let pattern = FuzzTarget(
    name: "pattern",
    words: [
      "(", ")", "|", ")?", "~", "<number>", "<currency>", "<name>", "<word>", "...", "...12",
      "foto's", "é", "😡", "-", ".", "  ",
    ], limit: 300
  ) { input in
    let text = input.text
    do throws(PatternParser.Failure) {
      _ = try PatternParser.parse(text)
    } catch {
      try hold(
        error.offset >= 0 && error.offset <= text.unicodeScalars.count, "a place outside: \(error)")
      try hold(!error.message.isEmpty && !error.hint.isEmpty, "no words")
      return
    }
    guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else { return }
    try use(
      "lexicon: heard/1\nlanguage: nl\ntheme: a\nentries:\n- id: nl.a.x\n"
        + "  phrase: '\(text.replacing("'", with: "''"))'\n  evidence: {anger: 1}\n"
        + "  examples: ['\(text.replacing("'", with: "''"))']\n")
  }

  /// Sheets of anything, taken into a file that is sound.
  static let sheet = FuzzTarget(
    name: "sheet",
    words: [
      "file,id,phrase,evidence\r\n", "nl/test.yaml,nl.test.kapot,", "id;phrase\n", "\"", "\"\"",
      ",",
      "\r\n", "nl.test.boos", "complaint: 1.5, anger: 2", "nl/new.yaml,nl.new.x,", "'=1+1", "[]",
      "{}", "examples", "negated", "phrases", "note", "\\n",
    ]
  ) { input in
    let removes = input.choice(2) == 1
    let text = input.text
    if let rows = try? CSVText.read(text) {
      for row in rows { try hold(row.line >= 1 && !row.cells.isEmpty, "a row without a place") }
    }
    let plan: LexiconSheet.Plan
    do throws(LexiconError) {
      plan = try LexiconSheet.plan(
        text, name: "sheet.csv", files: [("nl/test.yaml", sound)], removesMissing: removes)
    } catch {
      return try Laws.error(error)
    }
    // What was taken in is what the sheet of it says.
    let files = [("nl/test.yaml", sound)].filter { file in
      !plan.files.contains { $0.path == file.0 }
    }
    let after = files + plan.files
    _ = try LexiconSource(files: after)
    let again = try LexiconSheet.plan(
      try LexiconSheet.export(after), name: "sheet.csv", files: after)
    try hold(again.files.isEmpty && again.changed.isEmpty, "a sheet of itself changes a file")
  }

  /// A file goes into a sheet and comes back.
  static let roundTrip = FuzzTarget(
    name: "sheet-export", seeds: folders, words: words, limit: 2048
  ) { input in
    let files = [(path: "nl/a.yaml", text: input.text)]
    guard let source = try? LexiconSource(files: files) else { return }
    let csv = try LexiconSheet.export(files)
    let same = try LexiconSheet.plan(csv, name: "sheet.csv", files: files)
    try hold(
      same.files.isEmpty && same.changed.isEmpty && same.missing.isEmpty,
      "a sheet of itself changes the file")
    let anew = try LexiconSheet.plan(csv, name: "sheet.csv", files: [])
    let before = source.entries.map(bare)
    let after = try LexiconSource(files: anew.files).entries.map(bare)
    try hold(before == after, "an entry comes back as another")
  }

  private static func bare(_ entry: EntrySource) -> EntrySource {
    var entry = entry
    entry.location = SourceLocation(file: "", line: 1, column: 1)
    entry.patternLocations = []
    return entry
  }

  static let table = FuzzTarget(
    name: "sheet-cells",
    words: ["\"", "\"\u{301}", ",\u{301}", "\"\"", ",", ";", "\t", "\r", "\n", "'", "=", "＝", " "],
    limit: 400
  ) { input in
    // A carriage return inside a cell is a line break to every spreadsheet.
    var bytes: [UInt8] = []
    for byte in input.bytes where byte != 0x0A || bytes.last != 0x0D { bytes.append(byte) }
    bytes = bytes.map { $0 == 0x0D ? 0x0A : $0 }
    let cells = bytes.split(separator: 1, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    let rows = try CSVText.read(CSVText.write([["a", "b"], cells + ["end"]]))
    try hold(rows.count == 2 && rows[1].cells == cells + ["end"], "cells do not come back")
  }

  static let locks = FuzzTarget(
    name: "forms-lock", seeds: ["lexicons/nl/forms.lock"],
    words: ["# heard-forms/1 nl x\n", "boos\tadjective\t", "boze! ", "=", "_", "\t", "\n", "..."]
  ) { input in
    let lock: FormsLock
    do throws(LexiconError) {
      lock = try FormsLock.parse(input.text, file: "nl/forms.lock")
    } catch {
      return try Laws.error(error)
    }
    let written = lock.write()
    let again = try FormsLock.parse(written, file: "nl/forms.lock")
    try hold(again.write() == written, "a lock that is written is read as another")
  }

  /// Images of anything, and images that were forged with care.
  static let image = FuzzTarget(
    name: "image", words: ["HEARDLEX", "\0\0\0\0", "\u{FF}\u{FF}\u{FF}\u{FF}"], limit: 1024
  ) { input in
    let isForged = input.choice(4) != 0
    let bytes = isForged ? try ImageForgery.apply(input.bytes) : input.bytes
    let lexicon: CompiledLexicon
    do throws(CompiledLexiconError) {
      lexicon = try CompiledLexicon(bytes: bytes)
    } catch {
      try hold(!error.message.isEmpty && !error.help.isEmpty, "no words: \(error)")
      return
    }
    try match(lexicon, "niets te veel klagen not at all 3 weken klaagt laske klachtenbrief. boos")
    _ = lexicon.entries
    _ = lexicon.scopeFactor(.negation)
  }

  static let dictionary = FuzzTarget(
    name: "hunspell",
    words: [
      "SET UTF-8\n", "FLAG num\n", "FLAG long\n", "SFX A Y 1\n", "SFX A 0 s [^s]\n", "PFX B N 1\n",
      "PFX B 0 on .\n", "AF 2\n", "NEEDAFFIX X\n", "ONLYINCOMPOUND Y\n", "COMPOUNDFLAG Z\n", "\0",
      "2\nwerk/A\nhuis/AB\n", "/", "1,2", "SET ISO8859-2\n", "[abc]", "[^", "FORBIDDENWORD F\n",
    ]
  ) { input in
    let halves = input.bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2 else { return }
    let read: HunspellDictionary
    do throws(LexiconError) {
      read = try HunspellDictionary(aff: Array(halves[0]), dic: Array(halves[1]), name: "x")
    } catch {
      return try Laws.error(error)
    }
    for line in halves[1].split(separator: 0x0A).prefix(8) {
      let word = String(decoding: line.prefix { $0 != 0x2F }, as: UTF8.self)
      _ = read.contains(word)
      _ = read.stems(of: word)
      _ = read.forms(of: word, suffixes: { _ in true }, prefixes: { _ in true })
    }
  }

  static let sound = """
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
}
