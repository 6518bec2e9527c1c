internal import ArgumentParser
internal import Heard
internal import HeardCorpus
internal import HeardInput
internal import HeardStatistics

/// `heard compare`: which messages a change moves, and why.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Show which messages change class, tag or queue between two lexicons or policies.",
    discussion: """
      Examples:
        heard compare git:HEAD lexicons corpus
        heard compare policies/default.yaml policies/new.yaml inbox.jsonl --samples 50
        heard compare git:v1.0 git:HEAD corpus --max-moved 25

      Each side is a folder of lexicons, a policy, a folder with lexicons/ and policies/, or a \
      revision of this repository; what a side does not name is that of --lexicons and --policy. \
      Entries responsible are those whose contributions differ. On labelled messages, gained and \
      lost are told with the exact test of McNemar: a small p is no accident.
      """)

  @Argument(help: "What was: a folder of lexicons, a policy, or git:REVISION.")
  var old: String

  @Argument(help: "What is to be.")
  var new: String

  @OptionGroup var output: ComparisonOutput
  @OptionGroup var corpus: CorpusOptions
  @OptionGroup var options: PipelineOptions

  func run() throws {
    let oldPipeline = try ComparedSide(name: old).pipeline(options)
    let newPipeline = try ComparedSide(name: new).pipeline(options)
    let scan = try corpus.scan()
    let comparison = try CorpusOptions.reading { () throws(InputError) in
      try Comparison(scan, old: oldPipeline, new: newPipeline)
    }
    try output.show(comparison, verb: "moved")
  }
}
