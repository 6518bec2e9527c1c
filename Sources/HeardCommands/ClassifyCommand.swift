internal import ArgumentParser
internal import Heard
internal import HeardCases

/// `heard classify`: judges single mails or texts.
struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify", _superCommandName: HeardCommand.name,
    abstract: "Judge single mails or texts.",
    discussion: """
      Examples:
        heard classify letter.eml
        echo 'Ik wacht al drie weken op mijn pakket.' | heard classify
        heard classify --format json --explain inbox/*.eml | jq .tags

      Text gives a line a message: language, class, tags, anger, queue and the words that decided. \
      JSON gives a record a line (docs/record.schema.json). A file that cannot be judged gives an \
      error record, and status 65 (66 when it is missing) at the end; so does one that holds many \
      messages, as JSON lines, tables and mailboxes do: heard run reads those.

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
    let rules = try handling.rules()
    let handler = MessageHandler(pipeline, rules)
    let received = try handling.receivedTime()
    let records = RecordWriter(pipeline)
    let row = SummaryRow(records: records, style: Style(color), width: Terminal.width)
    let status = try input.forEach(
      files, explain: explain || format == .text || rules.needExplanations,
      handle: { judged throws(Failure) in
        try handling.handle(judged, handler, received: received)
      }
    ) { _, judgement in
      switch format {
      case .text:
        if MessageInput.judged(judgement) != nil {
          try Terminal.write(row.line(judgement) + "\n")
        }
      case .json:
        var writer = JSONWriter()
        records.write(judgement, explain: explain, into: &writer)
        try Terminal.write(writer.finish() + [0x0A])
      }
    }
    if status != .done { throw Failure(status, "") }
  }
}
