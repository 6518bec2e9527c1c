internal import ArgumentParser
internal import Heard

/// `heard explain`: shows why a message was judged as it was.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show what was found in a message, what it added up to, and why that queue.",
    discussion: """
      Examples:
        heard explain letter.eml
        echo 'You charged me twice for May!' | heard explain

      The contributions of each score are listed and sum to it exactly; below them what nearly \
      counted, and why it did not.
      """)

  @Option(help: "Colours: auto, always or never.")
  var color = ColourChoice.auto

  @Option(help: "Near misses to show at most.")
  var misses = 12

  @OptionGroup var options: PipelineOptions

  @Argument(help: "Mails or texts; - or none is standard input.", completion: .file())
  var files: [String] = []

  func run() throws {
    let pipeline = try options.pipeline()
    let input = MessageInput(worker: pipeline.makeWorker())
    let view = ExplanationView(
      pipeline: pipeline, style: Style(color), width: Terminal.width, misses: misses)
    var status = ExitStatus.done
    for path in files.isEmpty ? ["-"] : files {
      let judgement: Judgement
      do throws(Failure) {
        judgement = try input.judge(path, explain: true)
      } catch {
        Terminal.complain(error.message)
        status = error.status
        continue
      }
      switch judgement.outcome {
      case .failed(let error):
        Terminal.complain("\(error.location): \(error.message) [\(error.code)]")
        status = .data
      case .judged(let message, let assessment, let decision):
        if files.count > 1 { try Terminal.write("== \(path)\n") }
        try Terminal.write(view.text(message, assessment, decision))
      }
    }
    if status != .done { throw Failure(status, "") }
  }
}
