internal import HeardAuthoring
public import HeardSources

/// The closed class of irregular words of a language: `lexicons/<language>/irregular.tsv`.
///
/// A line a lemma, fields by tabs: `verb ⇥ spreken ⇥ past=sprak,spraken ⇥ participle=gesproken`;
/// lines that begin with `#` are comments. What the slots mean is told by the language's paradigms.
public struct IrregularForms: Hashable, Sendable {
  /// The name of the files.
  public static let fileName = "irregular.tsv"
  /// No word at all.
  public static let empty = IrregularForms()
  private static let slots = [
    "present", "past", "participle", "plural", "comparative", "superlative", "forms", "inseparable",
    "never",
  ]

  private var rows: [FormsLock.Key: [String: [String]]] = [:]

  private init() {}

  /// Reads a table.
  ///
  /// - Throws: every line that cannot be read.
  public init(_ text: String, file: String) throws(LexiconError) {
    var problems: [Diagnostic] = []
    func report(_ line: Int, _ column: Int, _ message: String, _ hint: String) {
      problems.append(
        Diagnostic(
          .error, .badValue, at: SourceLocation(file: file, line: line, column: column), message,
          hint: hint))
    }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      let fields = line.split(separator: "\t")
      guard fields.count >= 3, SourceSchema.partsOfSpeech.contains(String(fields[0])) else {
        report(
          index + 1, 1, "no line of an irregular word", "write pos, lemma, slot=form,form by tabs")
        continue
      }
      let key = FormsLock.Key(lemma: String(fields[1]), partOfSpeech: String(fields[0]))
      var row: [String: [String]] = [:]
      var column = fields[0].count + fields[1].count + 3
      for field in fields.dropFirst(2) {
        let parts = field.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2, Self.slots.contains(parts[0]) {
          row[parts[0]] = parts[1].split(separator: ",").map(String.init)
        } else {
          report(
            index + 1, column, "the field '\(field)'",
            "slots are \(Self.slots.joined(separator: ", "))")
        }
        column += field.count + 1
      }
      if rows.updateValue(row, forKey: key) != nil {
        report(index + 1, 1, "'\(fields[1])' (\(fields[0])) twice", "keep one line")
      }
    }
    if !problems.isEmpty { throw LexiconError(.invalidSource, problems) }
  }

  /// The slots of a word, empty when it is regular.
  func slots(_ lemma: String, _ partOfSpeech: String) -> [String: [String]] {
    rows[FormsLock.Key(lemma: lemma, partOfSpeech: partOfSpeech)] ?? [:]
  }

  /// What looks like a form of the word and is another word.
  func never(_ lemma: String) -> Set<String> {
    var result: Set<String> = []
    for part in SourceSchema.partsOfSpeech { result.formUnion(slots(lemma, part)["never"] ?? []) }
    return result
  }

  /// Every lemma and its part of speech, for tests.
  var lemmas: [FormsLock.Key] { rows.keys.sorted() }
}
