internal import ArgumentParser
internal import Heard
internal import HeardBatch
internal import HeardTuning

/// `heard policy what-if`: what another policy would move.
struct PolicyWhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if",
    abstract: "Show what another policy would change: queues, priorities, steps, obligations.",
    discussion: """
      Examples:
        heard policy what-if new.yaml corpus
        heard policy what-if new.yaml inbox.jsonl --samples 50 --format markdown
        heard policy what-if new.yaml corpus --max-moved 25

      The policy is compared with the one in use (--policy); the lexicons are the same for both, so \
      what moves moves by a rule. Nothing is written or delivered. `heard compare` does the same for \
      lexicons.
      """)

  @Argument(help: "The policy to try.", completion: .file(extensions: ["yaml"]))
  var new: String

  @Option(help: "Output: text, json or markdown.")
  var format = ReportFormat.text

  @Option(help: "Exit with 1 when more messages than this change.")
  var maxMoved: Int?

  @Option(help: "List this many of the messages that changed.")
  var samples = 20

  @OptionGroup var corpus: CorpusOptions
  @OptionGroup var options: PipelineOptions

  func validate() throws {
    if let maxMoved, maxMoved < 0 { throw ValidationError("--max-moved takes 0 or more") }
    guard samples >= 0 else { throw ValidationError("--samples takes 0 or more") }
  }

  func run() throws {
    let old = try options.pipeline()
    var changed = options
    changed.policy = new
    let new = Pipeline(lexicon: old.lexicon, policy: try changed.readPolicy().policy)
    let scan = try corpus.scan()
    let comparison = try CorpusOptions.reading { () throws(InputError) in
      try Comparison(scan, old: old, new: new, countsDuties: true)
    }
    switch format {
    case .json: try Terminal.write(ComparisonReport.json(comparison, samples: samples))
    case .text, .markdown:
      try Terminal.write(
        ComparisonReport.page(
          comparison, format == .markdown ? .markdown : .text, samples: samples))
    }
    if let maxMoved, comparison.moved.count > maxMoved {
      throw Failure(
        .findings,
        "\(comparison.moved.count) messages changed, more than the \(maxMoved) of --max-moved")
    }
  }
}
