internal import ArgumentParser
internal import Heard
internal import HeardBatch
internal import HeardTuning

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

  @Option(help: "Output: text, json or markdown.")
  var format = ReportFormat.text

  @Option(help: "Exit with 1 when more messages than this move.")
  var maxMoved: Int?

  @Option(help: "List this many of the messages that moved.")
  var samples = 20

  @OptionGroup var corpus: CorpusOptions
  @OptionGroup var options: PipelineOptions

  func validate() throws {
    if let maxMoved, maxMoved < 0 { throw ValidationError("--max-moved takes 0 or more") }
    guard samples >= 0 else { throw ValidationError("--samples takes 0 or more") }
  }

  func run() throws {
    let oldPipeline = try ComparedSide(name: old).pipeline(options)
    let newPipeline = try ComparedSide(name: new).pipeline(options)
    let scan = try corpus.scan()
    let comparison = try CorpusOptions.reading { () throws(InputError) in
      try Comparison(scan, old: oldPipeline, new: newPipeline)
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
        "\(comparison.moved.count) messages moved, more than the \(maxMoved) of --max-moved")
    }
  }
}
