internal import ArgumentParser
internal import Heard
internal import HeardBatch

/// `heard run`: judges corpora.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Judge whole corpora: JSONL, folders of mails, Maildirs, lines of text.",
    discussion: """
      Examples:
        heard run messages.jsonl -o judged.jsonl
        heard run mailbox/ more/*.jsonl --jobs 2 -o judged.jsonl
        zcat big.jsonl.gz | heard run - > judged.jsonl

      One record in, one record out, in the order of the input, whatever --jobs. A bad record \
      becomes an error record and the run goes on; the status is 65 then. The output file appears \
      under its name when it is complete.
      """)

  @Option(
    name: [.short, .long], help: "Where the records go; - is standard output.",
    completion: .file())
  var output = "-"

  @Option(
    help: "Form of the input: auto, jsonl, eml, maildir or text (a line a message).",
    transform: { word in
      guard let form = InputForm(rawValue: word) else {
        let forms = InputForm.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--from takes \(forms), not '\(word)'")
      }
      return form
    })
  var from = InputForm.auto

  @Option(help: "Workers (1 to 256).")
  var jobs = 1

  @Option(help: "JSONL field that holds the text.")
  var textField = "text"

  @Option(help: "JSONL field that holds the id.")
  var idField = "id"

  @Flag(help: "Add hits, near misses and zones to the records.")
  var explain = false

  @Flag(help: "Print a line a message on standard output as well; needs -o FILE.")
  var table = false

  @Option(help: "Colours: auto, always or never.")
  var color = ColourChoice.auto

  @Flag(name: [.short, .long], help: "No progress line and no closing count.")
  var quiet = false

  @OptionGroup var options: PipelineOptions

  @Argument(help: "Files and folders; - is standard input.", completion: .file())
  var inputs: [String]

  func validate() throws {
    guard (1...256).contains(jobs) else {
      throw ValidationError("--jobs takes 1 to 256, not \(jobs)")
    }
    guard !table || output != "-" else {
      throw ValidationError("--table writes to standard output, so the records need -o FILE")
    }
  }

  func run() throws {
    let pipeline = try options.pipeline()
    let sources: [any BlockSource]
    do {
      sources = try InputPlan.sources(inputs, form: from)
    } catch {
      throw Failure(status(of: error), error.description)
    }
    let progress = Progress(
      total: sources.allSatisfy { $0.total != nil }
        ? sources.reduce(0) { $0 + ($1.total ?? 0) } : nil,
      isShown: !quiet && Terminal.errorIsTerminal && !table)
    let statistics: RunStatistics
    do throws(RunError) {
      statistics = try batchRun(pipeline).run(
        sources, to: output == "-" ? .standardOutput : .file(output)
      ) { progress.show($0) }
    } catch {
      progress.clear()
      if error.isBrokenPipe { return }
      throw failure(error)
    }
    progress.clear()
    if !quiet {
      Terminal.complain(
        "\(statistics.records) records, \(statistics.complaints) complaints, "
          + "\(statistics.errors) errors")
    }
    if statistics.errors > 0 { throw Failure(.data, "") }
  }

  private func batchRun(_ pipeline: Pipeline) throws(RunError) -> BatchRun {
    var runOptions = BatchRun.Options()
    runOptions.jobs = jobs
    runOptions.explain = explain
    runOptions.textKey = textField
    runOptions.idKey = idField
    if table {
      let row = SummaryRow(
        records: RecordWriter(pipeline), style: Style(color), width: max(120, Terminal.width))
      let header = row.header
      runOptions.summary = BatchRun.Summary(header: header) { row.line($0) }
    }
    return BatchRun(pipeline: pipeline, options: runOptions)
  }

  private func failure(_ error: RunError) -> Failure {
    switch error {
    case .input(let input): Failure(status(of: input), input.description)
    case .outputFailed(_, let isCreation, let description):
      Failure(isCreation ? .cannotCreate : .inputOutput, description)
    }
  }

  private func status(of error: InputError) -> ExitStatus {
    switch error.code {
    case .noInput: .noInput
    case .unknownForm: .data
    case .readFailed: .inputOutput
    }
  }
}
