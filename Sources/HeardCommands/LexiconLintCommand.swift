internal import ArgumentParser
internal import HeardLexicon

/// `heard lexicon lint`: reads the sources, and tries every example.
struct LexiconLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Read the lexicons and report mistakes with file, line and column.",
    discussion: """
      Examples:
        heard lexicon lint
        heard lexicon lint my-lexicons --level note

      Also tries the examples and counter-examples of every entry. Status 0: nothing at or above \
      --fail-on; 1: findings; 78: the sources cannot be used.
      """)

  @Option(help: "Lowest severity to print: note, warning or error.")
  var level = Level.warning

  @Option(help: "Lowest severity that makes the status 1.")
  var failOn = Level.error

  @Argument(help: "Folder of lexicons; none is the one that would be used.", completion: .directory)
  var folder: String?

  enum Level: String, CaseIterable, ExpressibleByArgument {
    case note
    case warning
    case error

    var severity: Diagnostic.Severity {
      switch self {
      case .note: .note
      case .warning: .warning
      case .error: .error
      }
    }
  }

  func run() throws {
    let source = try LexiconFolder(folder).load()
    let findings = source.lint()
    let lexicon = try LexiconFolder.compile(source)
    for finding in findings where finding.severity >= level.severity {
      Terminal.complain(finding.description)
    }
    let failures = LexiconExamples.check(source.entries, lexicon)
    for failure in failures { Terminal.complain(failure.description) }
    let count = failures.count + findings.count { $0.severity >= failOn.severity }
    let errors = failures.count + findings.count { $0.severity == .error }
    let warnings = findings.count { $0.severity == .warning }
    try Terminal.write(
      "\(source.entries.count) entries, \(lexicon.frames.count) frames, "
        + "\(errors) errors, \(warnings) warnings\n")
    if count > 0 { throw Failure(.findings, "") }
  }
}
