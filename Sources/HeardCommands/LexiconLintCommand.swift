internal import ArgumentParser
internal import HeardAuthoring
internal import HeardLexicon
internal import HeardLexiconTools
internal import HeardSources

/// `heard lexicon lint`: reads the sources, and tries every example.
struct LexiconLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Read the lexicons and report mistakes with file, line and column.",
    discussion: """
      Examples:
        heard lexicon lint
        heard lexicon lint my-lexicons --level note --fail-on warning
        heard lexicon lint --check duplicate-form --level note
        heard lexicon lint --format sarif > lexicons.sarif
        heard lexicon lint --list

      Also tries the examples and counter-examples of every entry. Text goes to standard error, json \
      and sarif (2.1.0, for code review) to standard output. Status 0: nothing at or above \
      --fail-on; 1: findings; 78: the sources cannot be used.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case sarif
  }

  @Option(help: "Lowest severity to print: note, warning or error.")
  var level = SeverityArgument.warning

  @Option(help: "Lowest severity that makes the status 1.")
  var failOn = SeverityArgument.error

  @Option(help: "Output: text, json or sarif.")
  var format = Format.text

  @Option(parsing: .singleValue, help: "Only this check; may be given several times.")
  var check: [String] = []

  @Flag(help: "List the checks and what each looks for.")
  var list = false

  @Argument(help: "Folder of lexicons; none is the one that would be used.", completion: .directory)
  var folder: String?

  func validate() throws {
    for name in check where LexiconCheck(rawValue: name) == nil {
      throw ValidationError("--check takes a name that --list shows, not '\(name)'")
    }
  }

  func run() throws {
    if list {
      for check in LexiconCheck.allCases {
        try Terminal.write("\(check.rawValue)\t\(check.summary)\n")
      }
      return
    }
    let folder = try LexiconFolder(folder)
    let source = try folder.load()
    let lexicon = try LexiconFolder.compile(source)
    let all = source.lint(with: lexicon)
      .filter { check.isEmpty || check.contains($0.check.rawValue) }
    let report = Findings(
      lexicons: folder.path, all.filter { $0.severity >= level.severity })
    switch format {
    case .text:
      Terminal.complain(report.text)
      let counts = Diagnostic.Severity.allCases.map { level in all.count { $0.severity == level } }
      try Terminal.write(
        "\(source.entries.count) entries, \(lexicon.frames.count) frames, "
          + "\(counts[2]) errors, \(counts[1]) warnings, \(counts[0]) notes\n")
    case .json: try Terminal.write(report.json)
    case .sarif: try Terminal.write(report.sarif)
    }
    if all.contains(where: { $0.severity >= failOn.severity }) { throw Failure(.findings, "") }
  }
}
