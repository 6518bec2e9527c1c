public import HeardLexicon
public import HeardSources
import HeardText

/// Holds entries to their own examples.
public enum LexiconExamples {
  /// One example of an entry, tried.
  public struct Outcome: Hashable, Sendable {
    /// The entry's id.
    public var entry: String
    /// Where the entry stands.
    public var location: SourceLocation
    /// The example as written.
    public var text: String
    /// Whether the entry must match in it; else it must not.
    public var mustMatch: Bool
    /// Whether it stands under a `todo-` key: it may fail.
    public var isTodo: Bool
    /// What the entry matched; nil when it did not.
    public var words: String?
    /// The entry whose longer phrase covers every match; nil when one counts.
    public var coveredBy: String?

    /// Whether the lexicon agrees with it.
    public var holds: Bool { (words != nil) == mustMatch }
  }

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

    /// What is wrong, without the place.
    public var message: String {
      switch problem {
      case .notFound: "\(entry) is not found in its example '\(text)'"
      case .found: "\(entry) is found as '\(words ?? "")' in its counterexample '\(text)'"
      }
    }

    /// What to do.
    public var hint: String {
      switch problem {
      case .notFound: "correct the pattern or the example"
      case .found: "narrow the pattern, or drop the counterexample"
      }
    }

    /// Location, entry, what went wrong and what to do, in one line.
    public var description: String { "\(location): \(message); \(hint)" }
  }

  /// Reads the examples and counterexamples of entries with a lexicon that has them, each as a text
  /// in the entry's language.
  ///
  /// - Returns: those that the lexicon does not agree with, in the order of the entries.
  public static func check(_ entries: [EntrySource], _ lexicon: CompiledLexicon) -> [Failure] {
    run(entries, lexicon).compactMap(\.failure)
  }

  /// Tries every example, counterexample and example to do, in the order of the entries.
  public static func run(_ entries: [EntrySource], _ lexicon: CompiledLexicon) -> [Outcome] {
    let numbers = Dictionary(
      (0..<lexicon.entryCount).map { (lexicon.entryID($0), UInt32($0)) },
      uniquingKeysWith: { first, _ in first })
    let analyzer = TextAnalyzer()
    var matcher = Matcher(lexicon)
    var document = Document()
    var matches: ContiguousArray<Match> = []
    var outcomes: [Outcome] = []
    for entry in entries {
      guard let number = numbers[entry.id] else { continue }
      let texts = [
        (entry.examples, true, false), (entry.counterexamples, false, false),
        (entry.todoExamples, true, true), (entry.todoCounterexamples, false, true),
      ]
      for (list, mustMatch, isTodo) in texts {
        for text in list {
          analyzer.analyze(Array(text.utf8), into: &document)
          matcher.match(
            document, memory: analyzer.memory, languages: LanguageSet(entry.language),
            into: &matches)
          let own = matches.filter { $0.entry == number }
          var outcome = Outcome(
            entry: entry.id, location: entry.location, text: text, mustMatch: mustMatch,
            isTodo: isTodo)
          if let match = own.first {
            outcome.words = words(of: match, in: document)
            if own.allSatisfy(\.covered) {
              outcome.coveredBy = matches.first { $0.isLonger(than: match) }
                .map { lexicon.entryID(Int($0.entry)) }
            }
          }
          outcomes.append(outcome)
        }
      }
    }
    return outcomes
  }

  private static func words(of match: Match, in document: Document) -> String {
    let start = Int(document.tokens[Int(match.firstToken)].start)
    let end = Int(document.tokens[Int(match.lastToken)].end)
    return String(decoding: document.bytes[start..<end], as: UTF8.self)
  }
}

extension LexiconExamples.Outcome {
  /// What is wrong when the lexicon does not agree; nil for what holds or is to do.
  public var failure: LexiconExamples.Failure? {
    guard !holds, !isTodo else { return nil }
    return LexiconExamples.Failure(
      entry: entry, location: location, problem: mustMatch ? .notFound : .found, text: text,
      words: words)
  }
}

extension Match {
  /// Whether the match takes more words than another and all of the other's, by which the other
  /// does not count.
  public func isLonger(than other: Match) -> Bool {
    let shift = other.firstToken - firstToken
    guard shift >= 0, shift < Int32(UInt64.bitWidth) else { return false }
    return words.nonzeroBitCount > other.words.nonzeroBitCount
      && other.words & ~(words >> UInt64(shift)) == 0
  }
}
