import HeardText

/// Holds entries to their own examples.
public enum LexiconExamples {
  /// An example that the lexicon does not agree with.
  public struct Failure: Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    public enum Problem: String, CaseIterable, Sendable {
      /// An example in which the entry is not found.
      case notFound = "not-found"
      /// A counterexample in which it is found.
      case found
    }

    /// The entry's id.
    public var entry: String
    /// Where the entry stands.
    public var location: SourceLocation
    /// What went wrong.
    public var problem: Problem
    /// The example as written.
    public var text: String
    /// What was found in a counterexample.
    public var words: String?

    /// Location, entry, what went wrong and what to do, in one line.
    public var description: String {
      switch problem {
      case .notFound:
        "\(location): \(entry) is not found in its example '\(text)'; "
          + "correct the pattern or the example"
      case .found:
        "\(location): \(entry) is found as '\(words ?? "")' in its counterexample '\(text)'; "
          + "narrow the pattern, or drop the counterexample"
      }
    }
  }

  /// Reads the examples and counterexamples of entries with a lexicon that has them, each as a text
  /// in the entry's language.
  ///
  /// - Returns: those that the lexicon does not agree with, in the order of the entries.
  public static func check(_ entries: [EntrySource], _ lexicon: CompiledLexicon) -> [Failure] {
    let numbers = Dictionary(
      (0..<lexicon.entryCount).map { (lexicon.entryID($0), UInt32($0)) },
      uniquingKeysWith: { first, _ in first })
    let analyzer = TextAnalyzer()
    var matcher = Matcher(lexicon)
    var document = Document()
    var matches: ContiguousArray<Match> = []
    var failures: [Failure] = []
    for entry in entries {
      let number = numbers[entry.id]
      func matched(_ text: String) -> Match? {
        analyzer.analyze(Array(text.utf8), into: &document)
        matcher.match(
          document, memory: analyzer.memory, languages: LanguageSet(entry.language),
          into: &matches)
        return matches.first { $0.entry == number }
      }
      for text in entry.examples where matched(text) == nil {
        failures.append(
          Failure(entry: entry.id, location: entry.location, problem: .notFound, text: text))
      }
      for text in entry.counterexamples {
        guard let match = matched(text) else { continue }
        let start = Int(document.tokens[Int(match.firstToken)].start)
        let end = Int(document.tokens[Int(match.lastToken)].end)
        failures.append(
          Failure(
            entry: entry.id, location: entry.location, problem: .found, text: text,
            words: String(decoding: document.bytes[start..<end], as: UTF8.self)))
      }
    }
    return failures
  }
}
