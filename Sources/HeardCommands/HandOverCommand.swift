internal import ArgumentParser
internal import Heard
internal import HeardCases
internal import HeardMail

/// `heard handover`: the packet of a case for the person who takes it over.
struct HandOverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handover",
    abstract: "Write the packet for the person who takes a case over.",
    discussion: """
      Examples:
        heard handover letter.eml
        heard handover --format html --staff staff.yaml letter.eml > packet.html
        heard handover --format json --cases cases.db letter.eml | jq .callBack

      A number to call back on (Dutch, Polish, British and other numbers as +31201234567; none found \
      is said), what was expected and what was got, what was already tried, the language, and with \
      --staff, --deadlines and --cases who has a part in it, what is due, and what came before. \
      Everything is quoted from the message; the account of conversations is only read.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case html
    case json
  }

  @Option(help: "Output: text, html (one page, no script) or json.")
  var format = Format.text

  @OptionGroup var options: PipelineOptions
  @OptionGroup var handling: HandlingOptions

  @Argument(help: "Mails or texts; - or none is standard input.", completion: .file())
  var files: [String] = []

  func run() throws {
    let pipeline = try options.pipeline()
    let rules = try handling.rules(takesIn: false)
    let handler = MessageHandler(pipeline, rules)
    let received = try handling.receivedTime()
    let input = MessageInput(worker: pipeline.makeWorker())
    let status = try input.forEach(
      files, explain: true,
      handle: { judged throws(Failure) in
        try handling.handle(judged, handler, received: received, keeps: false)
      }
    ) { path, judgement in
      guard let (message, assessment, decision) = MessageInput.judged(judgement) else { return }
      let view = HandOverView(
        message: message, assessment: assessment, decision: decision,
        name: message.id ?? (path == "-" ? "message" : path),
        staff: handling.staffKey == nil ? rules.staff : nil)
      switch format {
      case .text: try Terminal.write(view.text)
      case .html: try Terminal.write(HandOverPage(view: view).html)
      case .json: try Terminal.write(view.json + [0x0A])
      }
    }
    if status != .done { throw Failure(status, "") }
  }
}
