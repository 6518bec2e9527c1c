internal import ArgumentParser
internal import Heard
internal import HeardRouter
internal import HeardTuning

/// `heard policy test`: tries the examples beside the rules.
struct PolicyTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Try the examples and counter-examples of every rule, with the lexicons.",
    discussion: """
      Examples:
        heard policy test
        heard policy test new.yaml --only contested --verbose
        heard policy test --format junit > policy.xml

      A rule must decide its examples and must not decide its counterexamples; an addition must \
      come with its examples and must not come with its counterexamples. Status 1: something failed.
      """)

  @Option(help: "Output: text, tap (TAP 14) or junit (XML).")
  var format = LexiconTestCommand.Format.text

  @Option(help: "Only rules and additions whose id begins with this.")
  var only: String?

  @Flag(help: "Text: list what holds too.")
  var verbose = false

  @Option(help: "Folder of lexicons, or a compiled lexicon.", completion: .directory)
  var lexicons: String?

  @Argument(help: "Policy file; none is the one that would be used.", completion: .file())
  var file: String?

  func run() throws {
    var options = PipelineOptions()
    options.lexicons = lexicons
    options.policy = file
    let pipeline = try options.pipeline()
    let examples = pipeline.policy.examples.filter { one in
      only.map { one.id.hasPrefix($0) } ?? true
    }
    if let only, examples.isEmpty {
      throw Failure(.usage, "no rule with examples has an id that begins with '\(only)'")
    }
    let report = ExampleReport(policy: PolicyExamples.run(examples, pipeline))
    switch format {
    case .text: try Terminal.write(report.text(verbose: verbose))
    case .tap: try Terminal.write(report.tap)
    case .junit: try Terminal.write(report.junit)
    }
    if report.failed > 0 { throw Failure(.findings, "") }
  }
}

extension ExampleReport {
  /// Examples of rules and additions.
  init(policy outcomes: [PolicyExamples.Outcome]) {
    self.init(
      tool: "heard policy test", subjects: "rules", outcomes: outcomes.map(TriedExample.init))
  }
}

extension TriedExample {
  fileprivate init(_ outcome: PolicyExamples.Outcome) {
    let example = outcome.example
    let verb = example.isAddition ? "comes with" : "takes"
    let not = example.isAddition ? "does not come with" : "does not take"
    let name = "\(example.id) \(example.mustHold ? verb : not): '\(example.summary)'"
    var failure: Failure?
    if !outcome.holds {
      let rule = outcome.decision.map { "'\($0.rule)' takes it" } ?? "nothing takes it"
      let message =
        "'\(example.id)' must \(example.mustHold ? "" : "not ")"
        + "\(example.isAddition ? "come with" : "take") '\(example.summary)': \(rule) "
        + "(\(outcome.judged))"
      let hint = "correct the example or a rule; `heard policy explain` says what decided"
      failure = Failure(
        problem: example.mustHold ? "not-taken" : "taken", message: message, hint: hint,
        description: "\(example.location): \(message); \(hint)")
    }
    self.init(
      subject: example.id, location: example.location, name: name, holds: outcome.holds,
      failure: failure)
  }
}
