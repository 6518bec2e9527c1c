internal import ArgumentParser
internal import Heard
internal import HeardCases

/// `heard classify`: judges single mails or texts.
struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Judge single mails or texts.",
    discussion: """
      Examples:
        heard classify letter.eml
        echo 'Ik wacht al drie weken op mijn pakket.' | heard classify
        heard classify --format json --explain inbox/*.eml | jq .tags

      Text gives a line a message: language, class, tags, anger, queue and the words that decided. \
      JSON gives a record a line (docs/record.schema.json). A file that cannot be judged gives an \
      error record, and status 65 (66 when it is missing) at the end.

      With --staff, --deadlines or --cases the record also says who has a part in it, what is due \
      when, and what came before in the conversation.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @Option(help: "Output: text or json.")
  var format = Format.text

  @Flag(help: "Add hits, near misses, zones and reasons to the records (json).")
  var explain = false

  @Option(help: "Colours: auto, always or never.")
  var color = ColourChoice.auto

  @OptionGroup var options: PipelineOptions
  @OptionGroup var handling: HandlingOptions

  @Argument(help: "Mails or texts; - or none is standard input.", completion: .file())
  var files: [String] = []

  func run() throws {
    let pipeline = try options.pipeline()
    let input = MessageInput(worker: pipeline.makeWorker())
    let handler = MessageHandler(pipeline, try handling.rules())
    let received = try handling.receivedTime()
    let records = RecordWriter(pipeline)
    let row = SummaryRow(records: records, style: Style(color), width: Terminal.width)
    var status = ExitStatus.done
    for path in files.isEmpty ? ["-"] : files {
      let judgement: Judgement
      do throws(Failure) {
        let judged = try input.judge(
          path, explain: explain || format == .text || handling.isUsed)
        judgement = try handling.handle(judged, handler, received: received)
      } catch {
        Terminal.complain(error.message)
        status = error.status
        continue
      }
      if case .failed(let error) = judgement.outcome {
        status = .data
        if format == .text {
          Terminal.complain("\(error.location): \(error.message) [\(error.code)]")
          continue
        }
      }
      switch format {
      case .text: try Terminal.write(row.line(judgement) + "\n")
      case .json:
        var writer = JSONWriter()
        records.write(judgement, explain: explain, into: &writer)
        try Terminal.write(writer.finish() + [0x0A])
      }
    }
    if status != .done { throw Failure(status, "") }
  }
}
