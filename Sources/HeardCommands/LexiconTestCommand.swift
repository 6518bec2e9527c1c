internal import ArgumentParser
internal import HeardAuthoring

/// `heard lexicon test`: tries every example and counterexample.
struct LexiconTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Try the examples and counter-examples of every entry.",
    discussion: """
      Examples:
        heard lexicon test
        heard lexicon test --only nl.staff --verbose
        heard lexicon test --format junit > lexicons.xml
        heard lexicon test --format tap my-lexicons

      An entry must match in its examples and must not in its counterexamples. What stands under \
      todo-examples and todo-counterexamples is tried too, and may fail. Status 1: something failed.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case tap
    case junit
  }

  @Option(help: "Output: text, tap (TAP 14) or junit (XML).")
  var format = Format.text

  @Option(help: "Only entries whose id begins with this.")
  var only: String?

  @Flag(help: "Text: list what holds too.")
  var verbose = false

  @Argument(help: "Folder of lexicons; none is the one that would be used.", completion: .directory)
  var folder: String?

  func run() throws {
    let source = try LexiconFolder(folder).load()
    let lexicon = try LexiconFolder.compile(source)
    let entries = source.entries.filter { only.map($0.id.hasPrefix) ?? true }
    if let only, entries.isEmpty {
      throw Failure(
        .usage, "no entry's id begins with '\(only)'; ids are language.theme.name, as nl.staff.ober"
      )
    }
    let report = ExampleReport(lexicons: LexiconExamples.run(entries, lexicon))
    switch format {
    case .text: try Terminal.write(report.text(verbose: verbose))
    case .tap: try Terminal.write(report.tap)
    case .junit: try Terminal.write(report.junit)
    }
    if report.failed > 0 { throw Failure(.findings, "") }
  }
}
