internal import ArgumentParser
internal import Heard
internal import HeardAuthoring
internal import HeardCases
internal import HeardRouter
internal import HeardSources

/// `heard explain`: shows why a message was judged as it was.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", _superCommandName: HeardCommand.name,
    abstract: "Show what was found in a message, what it added up to, and why that queue.",
    discussion: """
      Examples:
        heard explain letter.eml
        echo 'You charged me twice for May!' | heard explain
        heard explain --format html letter.eml > letter.html
        heard explain --entry nl.staff.ober letter.eml   # why did it not count here?
        heard explain --redact --redact-key team.key letter.eml   # to show to others

      The contributions of each score are listed and sum to it exactly; below them what nearly \
      counted, and why it did not. With --redact the message is judged as it was written and shown \
      under pseudonyms; bytes are then those of the text that heard redact gives with the same key.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case html
    case json
  }

  @Option(help: "Output: text, html (one page, no script) or json (a record a line).")
  var format = Format.text

  @Option(help: "Only what became of this entry: counted, held back, covered, or words missing.")
  var entry: String?

  @Option(help: "Colours: auto, always or never.")
  var color = ColourChoice.auto

  @Option(help: "Near misses to show at most.")
  var misses = 12

  @OptionGroup var redaction: RedactionOptions
  @OptionGroup var options: PipelineOptions
  @OptionGroup var handling: HandlingOptions

  @Argument(help: "Mails or texts; - or none is standard input.", completion: .file())
  var files: [String] = []

  func validate() throws {
    if entry != nil, format != .text { throw ValidationError("--entry is written as text only") }
    if misses < 0 { throw ValidationError("--misses takes 0 or more") }
  }

  func run() throws {
    let redactor = try redaction.redactor()
    let pipeline = try options.pipeline()
    let asked = try entry.map { try ExplainEntry($0, pipeline: pipeline, source: sources()) }
    let page = ExplanationPage(pipeline: pipeline, misses: misses)
    if format == .html { try Terminal.write(page.head) }
    let handler = MessageHandler(pipeline, try handling.rules(takesIn: false))
    let received = try handling.receivedTime()
    let input = MessageInput(worker: pipeline.makeWorker())
    let records = RecordWriter(pipeline)
    let view = ExplanationView(
      pipeline: pipeline, style: Style(color), width: Terminal.width, misses: misses)
    let status = try input.forEach(
      files, explain: true,
      handle: { judged throws(Failure) in
        try handling.handle(judged, handler, received: received, keeps: false)
      }
    ) { path, judgement in
      guard let (original, judged, decided) = MessageInput.judged(judgement) else { return }
      let redacted = RedactedMessage(original, by: redactor)
      let (message, assessment) = (redacted.message, redacted.place(judged))
      let decision = redacted.place(decided)
      switch format {
      case .html:
        try Terminal.write(
          page.section(path == "-" ? "message" : path, message, assessment, decision))
      case .json:
        var writer = JSONWriter()
        let shown = Judgement(
          id: judgement.id, outcome: .judged(message, assessment, decision))
        records.write(shown, explain: true, into: &writer)
        try Terminal.write(writer.finish() + [0x0A])
      case .text:
        if files.count > 1 { try Terminal.write("== \(path)\n") }
        if let asked {
          try Terminal.write(asked.text(redacted, assessment))
        } else {
          try Terminal.write(view.text(message, assessment, decision))
          if let handling = decision.handling {
            try Terminal.write(HandlingView.text(handling, message))
          }
        }
      }
    }
    if format == .html { try Terminal.write(page.foot) }
    if status != .done { throw Failure(status, "") }
  }

  /// The sources of the lexicons; nil when they are a compiled file.
  private func sources() throws(Failure) -> LexiconSource? {
    let path = try options.lexiconPath()
    guard (try? LexiconFiles.list(folder: path)) != nil else { return nil }
    return try LexiconFolder(path).load()
  }
}
