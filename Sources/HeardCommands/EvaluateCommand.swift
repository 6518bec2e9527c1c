internal import ArgumentParser
internal import HeardBatch
internal import HeardTuning

/// `heard evaluate`: measures the judgement on labelled messages.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure precision, recall and F1 on labelled messages.",
    discussion: """
      Examples:
        heard evaluate corpus --half check
        heard evaluate corpus ../shared/data --half tune --errors complaint

      Reads corpora in our format (corpus/README.md) and the public sets in JSONL. Each set has two \
      halves, split by document: tune on one, report the other. F1 comes with its 95 % interval \
      and with that of answering yes to everything.
      """)

  enum Half: String, CaseIterable, ExpressibleByArgument {
    case tune
    case check
    case both
  }

  @Option(help: "Which half: tune, check or both.")
  var half = Half.check

  @Option(help: "List the ids misjudged on this label.")
  var errors: String?

  @Option(help: "Exit with 1 when an F1 of the corpus is below this (0 to 1).")
  var failUnder: Double?

  @OptionGroup var options: PipelineOptions

  @Argument(help: "Files and folders of labelled JSONL.", completion: .file())
  var corpora: [String]

  func validate() throws {
    if let errors, Label(rawValue: errors) == nil {
      let names = Label.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--errors takes one of \(names)")
    }
    if let failUnder, !(0...1).contains(failUnder) {
      throw ValidationError("--fail-under takes 0 to 1")
    }
  }

  func run() throws {
    let messages: [LabelledMessage]
    do {
      messages = try CorpusReader.read(corpora)
    } catch {
      throw Failure(error.code == .noInput ? .noInput : .data, error.description)
    }
    let chosen = messages.filter { half == .both || $0.half.rawValue == half.rawValue }
    let evaluation = Evaluation(chosen, pipeline: try options.pipeline())
    try Terminal.write(EvaluationReport.table(evaluation))
    if let errors {
      for miss in evaluation.misjudgements where miss.label.rawValue == errors {
        try Terminal.write("\(miss.predicted ? "+" : "-")\t\(miss.set)\t\(miss.id)\n")
      }
    }
    guard let failUnder else { return }
    let low = evaluation.results.filter { $0.counts.positives > 0 && $0.counts.f1 < failUnder }
    if let first = low.first {
      throw Failure(
        .findings,
        "\(low.count) figures below \(failUnder), the first: \(first.set) \(first.language) "
          + first.label.rawValue)
    }
  }
}
