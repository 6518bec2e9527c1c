public import HeardAuthoring
public import HeardLexicon
public import HeardSources

extension LexiconSource {
  /// What ``lint()`` finds and what the compiled lexicon makes of the examples, in the order of the
  /// files.
  ///
  /// - Parameter lexicon: these sources, compiled.
  public func lint(with lexicon: CompiledLexicon) -> [Diagnostic] {
    (lint() + Self.diagnostics(of: LexiconExamples.run(entries, lexicon))).inFileOrder()
  }

  private static func diagnostics(of outcomes: [LexiconExamples.Outcome]) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var covers: [String: (location: SourceLocation, by: Set<String>, counts: Bool)] = [:]
    for outcome in outcomes {
      if let failure = outcome.failure {
        found.append(
          Diagnostic(
            .error, .exampleFails, at: failure.location, failure.message, hint: failure.hint))
      }
      if outcome.isTodo, outcome.holds {
        let name = outcome.mustMatch ? "examples" : "counterexamples"
        found.append(
          Diagnostic(
            .note, .exampleTodo, at: outcome.location,
            "'\(outcome.text)' under todo-\(name) of '\(outcome.entry)' holds",
            hint: "move it to \(name):"))
      }
      guard outcome.mustMatch, !outcome.isTodo, outcome.words != nil else { continue }
      var sum = covers[outcome.entry] ?? (outcome.location, [], false)
      if let cover = outcome.coveredBy { sum.by.insert(cover) } else { sum.counts = true }
      covers[outcome.entry] = sum
    }
    for (entry, sum) in covers where !sum.counts {
      found.append(
        Diagnostic(
          .warning, .alwaysCovered, at: sum.location,
          "'\(entry)' does not count in any of its examples: longer phrases of "
            + "\(sum.by.sorted().prefix(3).joined(separator: ", ")) cover it",
          hint: "remove it, or give an example in which it counts"))
    }
    return found
  }
}
