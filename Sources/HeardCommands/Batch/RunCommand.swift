internal import ArgumentParser
internal import Heard
internal import HeardBatch
internal import HeardCases
internal import HeardInput
internal import HeardRedaction

/// `heard run`: judges corpora.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", _superCommandName: HeardCommand.name,
    abstract: "Judge whole corpora: JSONL, tables, mailboxes, folders of mails, lines of text.",
    discussion: """
      Examples:
        heard run messages.jsonl -o judged.jsonl
        heard run 'archive/*.mbox.gz' mail/ --jobs 2 -o judged.sqlite
        heard run tickets.csv --text-field body --id-field number -o judged.csv
        heard run tickets.jsonl --text-field message.body --per-queue desks/
        heard run huge.jsonl.zst -o judged.jsonl --resume
        heard run huge.jsonl --shard 2/4 -o part-2.jsonl     # then: heard merge part-*.jsonl
        zcat big.jsonl.gz | heard run - > judged.jsonl
        heard run - --lines < pipe > pipe                    # a line in, a line out, at once

      One record in, one record out, in the order of the input, whatever --jobs. A bad record \
      becomes an error record and the run goes on; the status is 65 then. The id of a mail in a folder \
      is its path below the folder (with the folder's own in front when two of them have it), that of \
      a mail in a mailbox its Message-ID. The output appears under \
      its name when it is complete. Until then it is OUTPUT.partial, and OUTPUT.checkpoint says how \
      far it is: after a kill, a crash or a full disk the same command with --resume goes on there \
      and gives the same bytes. SIGINT and SIGTERM finish the blocks at hand first (status 130, 143).
      """)

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Output") var output: OutputArguments

  @Option(help: "Workers (1 to 256).")
  var jobs = 1

  @Flag(help: "Go on where the checkpoint beside the output says; begin without one.")
  var resume = false

  @Option(help: "Seconds between checkpoints; 0: behind every block.")
  var checkpointEvery = 5.0

  @Flag(help: "Write blocks as they are done, in any order.")
  var unordered = false

  @Option(
    help: "Judge the i-th of n pieces only, as 2/4; `heard merge` puts the outputs together.",
    transform: { word in
      let numbers = word.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 2, let number = numbers[0], let count = numbers[1],
        let shard = Shard(number, of: count)
      else { throw ValidationError("--shard takes i/n, as 2/4, not '\(word)'") }
      return shard
    })
  var shard: Shard?

  @Flag(help: "A line in, a record out at once: each line JSON or a text, whatever the others are.")
  var lines = false

  @Option(help: "Progress on standard error: auto (a line on a terminal), line, json or none.")
  var progress = Progress.Form.auto

  @Flag(
    help: """
      Print a line a message on standard output as well; needs -o FILE, which is written to its end \
      also when nobody reads the lines any more.
      """)
  var table = false

  @Option(help: "Colours: auto, always or never.")
  var color = ColourChoice.auto

  @Flag(name: [.short, .long], help: "No progress and no closing count.")
  var quiet = false

  @OptionGroup var options: PipelineOptions
  @OptionGroup var handling: HandlingOptions

  @Argument(
    help: "Files, folders and patterns; - is standard input.", completion: .file())
  var inputs: [String]

  func validate() throws {
    guard (1...256).contains(jobs) else {
      throw ValidationError("--jobs takes 1 to 256, not \(jobs)")
    }
    guard jobs == 1 && !unordered || handling.cases == nil else {
      throw ValidationError(
        "--cases takes messages in one by one, in their order: leave out --jobs and --unordered")
    }
    guard checkpointEvery >= 0, checkpointEvery <= 86_400 else {
      throw ValidationError("--checkpoint-every takes 0 to 86400 seconds")
    }
    guard !table || output.output != "-" || output.perQueue != nil else {
      throw ValidationError("--table writes to standard output, so the records need -o FILE")
    }
    if unordered, output.form == .sqlite {
      throw ValidationError("--unordered is for lines; the rows of a database have an order anyway")
    }
    if lines,
      inputs != ["-"] || output.output != "-" || output.perQueue != nil || resume
        || shard != nil || output.form != .jsonl
    {
      throw ValidationError("--lines reads standard input (-) and writes JSONL to standard output")
    }
  }

  func run() throws {
    let pipeline = try options.pipeline()
    var runOptions = try makeOptions(pipeline)
    if lines { return try runLines(pipeline, runOptions) }
    let plan: InputPlan
    do throws(InputError) {
      plan = try InputPlan(inputs, options: input.options)
    } catch {
      throw Failure(BatchFailure.status(of: error), error.description)
    }
    guard !plan.reads(output.output) else {
      throw Failure(.usage, "\(output.output): is an input too; name another file with -o")
    }
    if !quiet { for note in plan.notes { Terminal.complain(note) } }
    let sink = output.sink(pipeline, &runOptions)
    let checkpoint = sink.checkpointPath.map { CheckpointFile($0) }
    if let checkpoint, checkpoint.isThere, !resume, !quiet {
      Terminal.complain(
        "beginning anew; \(checkpoint.path) of an earlier run is given up (--resume would go on)")
    }
    let shown = Progress(quiet || table ? .none : progress, total: plan.totalBytes())
    StopSignal.listen()
    let name = sink.name
    let outcome: RunOutcome
    do throws(RunError) {
      outcome = try BatchRun(pipeline: pipeline, options: runOptions).run(
        plan, to: sink, resumes: resume
      ) { shown.show($0) }
    } catch {
      shown.end()
      // Only the records' own reader can have left: one of the --table does not stop a run.
      if error.isBrokenPipe { return }
      throw BatchFailure.failure(error, canResume: checkpoint?.isThere ?? false)
    }
    shown.end()
    try close(outcome, name, canResume: checkpoint?.isThere ?? false)
  }

  /// Says what was done, and ends with the status that it deserves.
  private func close(_ outcome: RunOutcome, _ name: String, canResume: Bool) throws(Failure) {
    let statistics = outcome.statistics
    if let status = outcome.stopStatus {
      let how =
        canResume
        ? "; the same command with --resume goes on behind them" : ", which cannot be gone on with"
      throw Failure(
        status == 130 ? .interrupted : .terminated,
        "stopped: \(statistics.records) records are in \(unfinished(name))\(how)")
    }
    if !quiet {
      Terminal.complain(
        "\(statistics.records) records, \(statistics.complaints) complaints, "
          + "\(statistics.errors) errors")
      if let error = outcome.firstError {
        Terminal.complain("the first error: \(error.location): \(error.message) [\(error.code)]")
      }
    }
    if statistics.errors > 0 { throw Failure(.data, "") }
  }

  /// Where records are while the output is not complete.
  private func unfinished(_ name: String) -> String {
    if output.perQueue != nil { return "\(name), in *.partial" }
    return output.output == "-" ? name : PartialFile(output.output).temporaryPath
  }

  /// A line in, a line out.
  private func runLines(_ pipeline: Pipeline, _ runOptions: BatchRun.Options) throws(Failure) {
    do throws(RunError) {
      try LineExchange(pipeline: pipeline, options: runOptions, inputs: input.options).run()
    } catch {
      if error.isBrokenPipe { return }
      throw BatchFailure.failure(error, canResume: false)
    }
  }

  private func makeOptions(_ pipeline: Pipeline) throws(Failure) -> BatchRun.Options {
    var runOptions = BatchRun.Options()
    runOptions.jobs = jobs
    let rules = try handling.rules()
    let received = try handling.receivedTime()
    runOptions.handlerFacts = try handling.facts()
    if !rules.isEmpty {
      let explain = output.explain
      runOptions.handlerExplains = rules.needExplanations
      runOptions.makeHandler = {
        let handler = MessageHandler(pipeline, rules)
        return { Self.handle($0, by: handler, received: received, explain: explain) }
      }
    }
    runOptions.explain = output.explain
    runOptions.form = output.recordForm
    runOptions.unordered = unordered
    runOptions.checkpointInterval = checkpointEvery
    runOptions.shard = shard
    if output.withMeta {
      let key = try RedactionOptions.key(output.senderKey, option: "--sender-key")
      runOptions.sign = { SenderName.pseudonym($0, key) }
    }
    if table {
      let row = SummaryRow(
        records: RecordWriter(pipeline), style: Style(color), width: max(120, Terminal.width))
      let header = row.header
      runOptions.summary = BatchRun.Summary(header: header) { row.line($0) }
    }
    return runOptions
  }
}

extension RunCommand {
  private static func handle(
    _ judged: Judgement, by handler: MessageHandler, received: Int64?, explain: Bool
  ) -> Judgement {
    do throws(CaseError) {
      return try handler.handle(judged, received: received, explain: explain)
    } catch {
      // One record in, one record out: it is judged again when the account can be kept.
      let problem = RecordError(
        code: "cases-\(error.code.rawValue)", message: error.message, location: error.path)
      return Judgement(id: judged.id, outcome: .failed(problem))
    }
  }
}

/// Pseudonyms of senders.
enum SenderName {
  /// The same for the same address and key, however the address is written.
  static func pseudonym(_ sender: String, _ key: RedactionKey) -> String {
    let canonical = sender.filter { !$0.isWhitespace }.lowercased()
    let digits = Array("0123456789abcdef")
    let code = key.authenticate(Array("sender:\(canonical)".utf8))
    return "sha256:" + String(code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

/// The failures of runs as statuses.
enum BatchFailure {
  /// What to say and exit with.
  static func failure(_ error: RunError, canResume: Bool) -> Failure {
    let how = canResume ? "; the same command with --resume goes on where this run ended" : ""
    return switch error {
    case .input(let input): Failure(status(of: input), input.description + how)
    case .outputFailed(_, let isCreation, let description):
      Failure(isCreation ? .cannotCreate : .inputOutput, description + how)
    case .notResumable(let description): Failure(.data, description)
    }
  }

  /// The status of an input's error.
  static func status(of error: InputError) -> ExitStatus {
    switch error.code {
    case .noInput: .noInput
    case .unknownForm, .damaged: .data
    case .usage: .usage
    case .readFailed: .inputOutput
    }
  }
}
