internal import ArgumentParser
internal import Heard
internal import HeardRouter
internal import HeardSources

/// `heard policy explain`: why a message went where it went, and what would have changed that.
struct PolicyExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show why a message went to its queue, and what would have sent it elsewhere.",
    discussion: """
      Examples:
        heard policy explain letter.eml
        echo 'You charged me twice for May!' | heard policy explain
        heard policy explain --with '{thread: {contacts: 3, trend: rising}}' letter.eml
        heard policy explain --facts '{class: complaint, anger: 1, tags: [pricing-dispute]}'

      What would have sent it elsewhere is the fewest facts that would have to be different, for \
      each other queue. `heard explain` shows the words that made the facts.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @Option(help: "Output: text or json (an object a line).")
  var format = Format.text

  @Option(help: "Facts that a message does not tell: {thread: {…}, received: …}.")
  var with: String?

  @Option(help: "Explain these facts instead of a message: {class: complaint, anger: 2}.")
  var facts: String?

  @Option(help: "Other queues to show at most.")
  var elsewhere = 8

  @Option(help: "Colours: auto, always or never.")
  var color = ColourChoice.auto

  @OptionGroup var options: PipelineOptions

  @Argument(help: "Mails or texts; - or none is standard input.", completion: .file())
  var files: [String] = []

  func validate() throws {
    if elsewhere < 0 { throw ValidationError("--elsewhere takes 0 or more") }
    if facts != nil, with != nil || !files.isEmpty {
      throw ValidationError("--facts stands alone: it is instead of a message")
    }
  }

  func run() throws {
    if let facts {
      let policy = try options.readPolicy().policy
      let view = RoutingView(policy: policy, style: Style(color), elsewhere: elsewhere)
      guard case .facts(let named) = try read(facts, policy, option: "--facts") else {
        throw Failure(.usage, "--facts takes facts, as {class: complaint, anger: 2}")
      }
      return try write(view, id: .none, named.facts, nil)
    }
    let pipeline = try options.pipeline()
    let more = try with.map { try read($0, pipeline.policy, option: "--with") }
    let input = MessageInput(worker: pipeline.makeWorker())
    let view = RoutingView(policy: pipeline.policy, style: Style(color), elsewhere: elsewhere)
    let status = try input.forEach(files, explain: true) { path, judgement in
      guard let (message, assessment, _) = MessageInput.judged(judgement) else { return }
      var facts = Facts(assessment: assessment, message: message)
      if case .facts(let named) = more { named.add(to: &facts) }
      if files.count > 1, format == .text { try Terminal.write("== \(path)\n") }
      try write(view, id: judgement.id, facts, (message, RecordWriter(pipeline)))
    }
    if status != .done { throw Failure(status, "") }
  }

  private func write(
    _ view: RoutingView, id: MessageID, _ facts: Facts, _ source: RoutingView.Source?
  ) throws {
    switch format {
    case .text: try Terminal.write(view.text(facts, source))
    case .json: try Terminal.write(view.json(id: id, facts, source))
    }
  }

  private func read(
    _ text: String, _ policy: Policy, option: String
  ) throws(Failure) -> PolicyExample.Subject {
    do throws(PolicyError) {
      return try policy.readExample(text, file: option)
    } catch {
      throw Failure(.usage, error.description)
    }
  }
}
