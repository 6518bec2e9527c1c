internal import ArgumentParser
internal import Heard
internal import HeardCorpus
internal import HeardInput

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

  @OptionGroup var output: ComparisonOutput
  @OptionGroup var corpus: CorpusOptions
  @OptionGroup var options: PipelineOptions

  func run() throws {
    let old = try options.pipeline()
    var changed = options
    changed.policy = new
    let new = Pipeline(lexicon: old.lexicon, policy: try changed.readPolicy().policy)
    let scan = try corpus.scan()
    let comparison = try CorpusOptions.reading { () throws(InputError) in
      try Comparison(scan, old: old, new: new, countsDuties: true)
    }
    try output.show(comparison, verb: "changed")
  }
}
