internal import ArgumentParser
internal import Heard
internal import HeardInput
internal import HeardReply
internal import HeardStatistics

/// `heard reply evaluate`: measures the rules on labelled replies.
struct ReplyEvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure precision and recall of the rules on labelled replies.",
    discussion: """
      Examples:
        heard reply evaluate corpus/replies --half check
        heard reply evaluate corpus/replies --half tune --misses
        heard reply evaluate corpus/replies --least-precision .9 --least-recall .8

      A file a language, a reply a line: id, lang, text, to (what it replies to, when that matters), \
      expect (rule and, when it stands somewhere, its words), split (tune or check). All rules are \
      on; notes do not count. Intervals are Wilson's, 95 %. corpus/replies/README.md says how to label.
      """)

  @Option(help: "Which half: tune, check or both.")
  var half = CorpusOptions.Half.both

  @Option(help: "Output: text, markdown or tsv.")
  var format = TableForm.text

  @Flag(help: "List what was missed (-) and wrongly found (+): id, rule, words.")
  var misses = false

  @Option(help: "Exit with 1 when the precision of a language is below this (0 to 1).")
  var leastPrecision = 0.0

  @Option(help: "Exit with 1 when the recall of a language is below this (0 to 1).")
  var leastRecall = 0.0

  @OptionGroup var wordingOptions: WordingOptions
  @OptionGroup var options: PipelineOptions

  @Argument(help: "A file or folder of labelled replies.", completion: .file())
  var corpus: String

  enum TableForm: String, CaseIterable, ExpressibleByArgument {
    case text
    case markdown
    case tsv
  }

  func validate() throws {
    for share in [leastPrecision, leastRecall] where !(0...1).contains(share) {
      throw ValidationError("--least-precision and --least-recall take 0 to 1")
    }
  }

  func run() throws {
    let wording = try wordingOptions.wording()
    let replies: [LabelledReply]
    do throws(ReplyCorpus.Problem) {
      replies = try ReplyCorpus.read(corpus)
    } catch {
      throw Failure(error.code == .missing ? .noInput : .data, error.description)
    }
    let evaluation = ReplyEvaluation(
      replies.filter { half == .both || $0.half == half.rawValue }, wording: wording,
      worker: try options.pipeline().makeWorker())
    try Terminal.write(evaluation.table(Table.Form(rawValue: format.rawValue) ?? .text))
    if misses {
      for miss in evaluation.misses {
        try Terminal.write(
          "\(miss.isWrong ? "+" : "-")\t\(miss.id)\t\(miss.rule.rawValue)\t"
            + "\(miss.text.split(whereSeparator: \.isNewline).joined(separator: " "))\n")
      }
    }
    let low = evaluation.replies.keys.contains { language in
      let total = evaluation.total(language)
      return total.precision < leastPrecision || total.recall < leastRecall
    }
    if low { throw Failure(.findings, "a language is below --least-precision or --least-recall") }
  }
}
