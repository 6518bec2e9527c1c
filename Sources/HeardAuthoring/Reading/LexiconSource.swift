internal import HeardLexicon
public import HeardSources
public import HeardText
import Yams

/// Everything that analysts wrote: the entries and the scoring of a lexicon folder, in the order
/// of its files, with the pinned forms of its lemmas.
public struct LexiconSource: Sendable {
  /// The name of the scoring file, which stands in the folder itself.
  public static let scoringFile = "scoring.yaml"
  /// The name of the files of single words, one in the folder of a language.
  public static let wordsFile = "words.yaml"

  /// Whether a path of a lexicon folder is that of a file of single words, in the folder of a language.
  public static func isWordsFile(_ path: String) -> Bool { path.hasSuffix("/" + wordsFile) }

  /// Entries by path of file, then in the order written.
  public var entries: [EntrySource]
  /// The content of `scoring.yaml`.
  public var scoring: ScoringRules
  /// Pinned forms by language; a language without a lock has none.
  public var locks: [Language: FormsLock]
  /// The lines of the scoring file, for places in reports.
  package private(set) var scoringLines: [Substring] = []
  /// What was read, by path.
  public var files: [SourceFile]
  /// Notes and warnings of the reading; errors are thrown.
  public var diagnostics: [Diagnostic]

  /// Reads a lexicon folder: `<language>/<theme>.yaml`, `scoring.yaml`, `<language>/forms.lock`.
  ///
  /// - Throws: every error of every file at once.
  public static func load(folder: String) throws(LexiconError) -> LexiconSource {
    let listed = try LexiconFiles.list(folder: folder)
    var texts: [(path: String, text: String)] = []
    var problems: [Diagnostic] = []
    if !listed.contains(where: { $0.path == scoringFile }) {
      problems.append(
        Diagnostic(
          .error, .fileLayout, at: SourceLocation(file: scoringFile, line: 1, column: 1),
          "no \(scoringFile) in \(folder)",
          hint: "name the folder that has \(scoringFile) and a folder a language"))
    }
    for file in listed {
      do throws(LexiconError) {
        let bytes = try LexiconFiles.read(folder + "/" + file.path, named: file.path)
        texts.append((file.path, try text(bytes, file: file.path)))
      } catch {
        problems += error.diagnostics
      }
    }
    return try LexiconSource(files: texts, stamps: listed, problems: problems)
  }

  /// Reads sources from memory; paths are as in a lexicon folder.
  ///
  /// - Throws: every error of every file at once.
  public init(files: [(path: String, text: String)]) throws(LexiconError) {
    let stamps = files.map { SourceFile(path: $0.path, size: $0.text.utf8.count, modified: 0) }
    try self.init(files: files, stamps: stamps, problems: [])
  }

  private init(
    files texts: [(path: String, text: String)], stamps: [SourceFile], problems: [Diagnostic]
  ) throws(LexiconError) {
    entries = []
    scoring = .neutral
    locks = [:]
    files = stamps
    diagnostics = problems
    var words: [WordWeight] = []
    for (path, text) in texts { read(path, text, &words) }
    scoring.words = words
    checkIDs()
    diagnostics = diagnostics.inFileOrder()
    if diagnostics.contains(where: { $0.severity == .error }) {
      let code: LexiconError.Code =
        diagnostics.contains { $0.check == .unreadable } ? .unreadable : .invalidSource
      throw LexiconError(code, diagnostics)
    }
  }

  private mutating func read(_ path: String, _ text: String, _ words: inout [WordWeight]) {
    let parts = path.split(separator: "/")
    if parts.last.map(String.init) == FormsLock.fileName {
      readLock(path, text, folder: parts.dropLast().last.map(String.init) ?? "")
      return
    }
    if path.hasSuffix(".yml") {
      let location = SourceLocation(file: path, line: 1, column: 1)
      diagnostics.append(
        Diagnostic(
          .error, .fileLayout, at: location, "a lexicon file named .yml",
          hint: "rename it to .yaml"))
      return
    }
    switch YAMLText.root(file: path, text: text) {
    case .failure(let error):
      diagnostics += error.diagnostics
    case .success(let root) where path == Self.scoringFile:
      let result = ScoringReader.read(file: path, text: text, root: root)
      scoring = result.rules
      scoringLines = text.split(separator: "\n", omittingEmptySubsequences: false)
      diagnostics += result.diagnostics
    case .success(let root) where Self.isWordsFile(path):
      let result = WordsReader.read(file: path, text: text, root: root)
      words += result.words
      diagnostics += result.diagnostics
    case .success(let root):
      let result = EntryReader.read(file: path, text: text, root: root)
      entries += result.entries
      diagnostics += result.diagnostics
    }
  }

  private mutating func readLock(_ path: String, _ text: String, folder: String) {
    do throws(LexiconError) {
      let lock = try FormsLock.parse(text, file: path)
      if lock.language.code != folder {
        diagnostics.append(
          Diagnostic(
            .error, .fileLayout, at: SourceLocation(file: path, line: 1, column: 1),
            "a lock for '\(lock.language.code)' in the folder \(folder)/",
            hint: "run heard lexicon expand --write"))
      }
      locks[lock.language] = lock
    } catch {
      diagnostics += error.diagnostics
    }
  }

  private mutating func checkIDs() {
    var first: [String: SourceLocation] = [:]
    for entry in entries where !entry.id.isEmpty {
      if let place = first[entry.id] {
        diagnostics.append(
          Diagnostic(
            .error, .duplicateID, at: entry.location,
            "the id '\(entry.id)' again; the first is at \(place)", hint: "rename one"))
      } else {
        first[entry.id] = entry.location
      }
    }
  }

  /// The bytes as text, or where they are no UTF-8.
  package static func text(_ bytes: [UInt8], file: String) throws(LexiconError) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let place = UTF8Check.firstError(in: bytes)
    throw LexiconError(
      .invalidSource,
      [
        Diagnostic(
          .error, .notUTF8, at: SourceLocation(file: file, line: place.line, column: place.column),
          "the byte 0x\(String(place.byte, radix: 16)) is no UTF-8", hint: "save the file as UTF-8")
      ])
  }
}

/// Finds where bytes stop being UTF-8.
enum UTF8Check {
  /// Line and column (in scalars) of the first byte that is no UTF-8, both from 1.
  static func firstError(in bytes: [UInt8]) -> (line: Int, column: Int, byte: UInt8) {
    var line = 1
    var column = 1
    var index = 0
    while index < bytes.count {
      let length = scalarLength(bytes[index...])
      if length == 0 { return (line, column, bytes[index]) }
      if bytes[index] == 0x0A {
        line += 1
        column = 1
      } else {
        column += 1
      }
      index += length
    }
    return (line, column, bytes.last ?? 0)
  }

  private static func scalarLength(_ bytes: ArraySlice<UInt8>) -> Int {
    guard let first = bytes.first else { return 0 }
    let length: Int
    switch first {
    case 0..<0x80: return 1
    case 0xC2..<0xE0: length = 2
    case 0xE0..<0xF0: length = 3
    case 0xF0..<0xF5: length = 4
    default: return 0
    }
    let candidate = bytes.prefix(length)
    return candidate.count == length && String(validating: candidate, as: UTF8.self) != nil
      ? length : 0
  }
}
