internal import ArgumentParser
internal import Heard
internal import HeardCorpus
internal import HeardInput
internal import HeardLexicon
internal import HeardRouter
internal import HeardSources
internal import HeardTuning

/// `heard sweep`: what another threshold would give.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Show precision, recall and load for every threshold of a score.",
    discussion: """
      Examples:
        heard sweep --tag anger corpus
        heard sweep --tag complaint --per-day 1200 corpus
        heard sweep --tag pricing-dispute --format svg corpus > pricing.svg

      Staffing sees how many messages a day each threshold would send to a desk: of --per-day \
      messages, else by the dates of the records or mails. Tags other than complaint are given to \
      complaints only, whatever the threshold. The queue is the one that the tag fills most, or \
      --queue. Without labels there is the load alone.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case svg
  }

  @Option(help: "complaint, anger, expectation-gap, staff-targeted or pricing-dispute.")
  var tag: String

  @Option(help: "Output: text, json or svg.")
  var format = Format.text

  @Option(help: "Messages that come in a day.")
  var perDay: Double?

  @Option(help: "Count the messages in this queue.")
  var queue: String?

  @Option(help: "Steps from 0 to 1 (4 to 100).")
  var steps = 20

  @OptionGroup var corpus: CorpusOptions
  @OptionGroup var options: PipelineOptions

  func validate() throws {
    guard (4...100).contains(steps) else { throw ValidationError("--steps takes 4 to 100") }
    if let perDay, !(perDay > 0) { throw ValidationError("--per-day takes a number above 0") }
    _ = try kind()
  }

  func run() throws {
    let kind = try kind()
    guard let label = Label(rawValue: kind.rawValue) else { return }
    let pipeline = try options.pipeline()
    let names = pipeline.policy.queues.map(\.name)
    if let queue, !names.contains(queue) {
      let hint = Spelling.nearest(to: queue, among: names).map { "did you mean '\($0)'?" }
      throw Failure(
        .usage, "no queue '\(queue)' in the policy; " + (hint ?? "one of \(Spelling.list(names))"))
    }
    let scan = try corpus.scan()
    let sweep = try CorpusOptions.reading { () throws(InputError) in
      try Sweep(scan, pipeline: pipeline, kind: kind, label: label, steps: steps, queue: queue)
    }
    switch format {
    case .text: try Terminal.write(SweepReport.text(sweep, perDay: perDay))
    case .json: try Terminal.write(SweepReport.json(sweep, perDay: perDay))
    case .svg: try Terminal.write(SweepDrawing.svg(sweep, perDay: perDay))
    }
  }

  private func kind() throws -> EvidenceKind {
    if let kind = EvidenceKind.scores.first(where: { $0.rawValue == tag }) { return kind }
    let names = EvidenceKind.scores.map(\.rawValue)
    let hint = Spelling.nearest(to: tag, among: names).map { "did you mean '\($0)'?" }
    throw ValidationError("no score '\(tag)'; " + (hint ?? "one of \(Spelling.list(names))"))
  }
}
