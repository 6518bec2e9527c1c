internal import ArgumentParser
internal import Heard
internal import HeardCorpus
internal import HeardInput
internal import HeardLexicon
internal import HeardSources
internal import HeardStatistics
internal import HeardTuning

/// `heard evaluate`: measures the judgement on labelled messages.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure precision, recall and F1 on labelled messages.",
    discussion: """
      Examples:
        heard evaluate corpus --half check
        heard evaluate corpus --worst 10 --label anger --half tune
        heard evaluate tickets.jsonl --label-map 'text=body,complaint=kind:complaint|grievance'
        heard evaluate corpus --fail-under .5 --fail-under complaint=.8

      Reads corpora in our format (corpus/README.md), foreign JSONL by a label map, and the public \
      sets. Each set has two halves, split by document: tune on one, report the other. F1 comes \
      with its 95 % interval and with that of answering yes to everything; confusion of classes \
      and queues and the reliability of the scores follow. Errors are told by id and entries; \
      --show-text adds the customers' words, with \
      --redact under pseudonyms.
      """)

  @Option(help: "Output: text, json or markdown.")
  var format = ReportFormat.text

  @Option(help: "List the ids misjudged on this label.")
  var errors: String?

  @Option(help: "Explain this many of the worst errors.")
  var worst = 0

  @Option(help: "Only errors on this label.")
  var label: String?

  @Flag(help: "Show the text of the worst errors.")
  var showText = false

  @Option(
    help: ArgumentHelp(
      "Exit with 1 when an F1 is below this (0 to 1), of all labels or of one; repeatable.",
      valueName: "[label=]f1"))
  var failUnder: [String] = []

  @OptionGroup var redaction: RedactionOptions
  @OptionGroup var corpus: CorpusOptions
  @OptionGroup var options: PipelineOptions

  func validate() throws {
    for name in [errors, label].compactMap(\.self) { _ = try EvaluateCommand.label(name) }
    guard worst >= 0 else { throw ValidationError("--worst takes 0 or more") }
    _ = try bars()
  }

  func run() throws {
    let pipeline = try options.pipeline()
    let scan = try corpus.scan()
    let evaluation = try CorpusOptions.reading { () throws(InputError) in
      try Evaluation(scan, pipeline: pipeline, keepsErrors: worst > 0)
    }
    guard !evaluation.results.isEmpty || !evaluation.classes.isEmpty else {
      throw Failure(
        .data,
        "no message of the corpus has a label; name their fields, as "
          + "--label-map complaint=labels.complaint")
    }
    let found = WorstErrors.find(
      in: evaluation, label: label.flatMap(Label.init(rawValue:)), limit: worst,
      pipeline: pipeline, redactor: try redaction.redactor())
    switch format {
    case .json:
      try Terminal.write(EvaluationJSON.write(evaluation, worst: found, showsText: showText))
    case .text, .markdown:
      try Terminal.write(
        EvaluationReport.page(evaluation, format == .markdown ? .markdown : .text))
      if !found.isEmpty {
        try Terminal.write(
          "\nWorst errors\n\n" + EvaluationReport.errors(found, showsText: showText))
      }
    }
    if let errors, format != .json {
      for miss in evaluation.misjudgements where miss.label.rawValue == errors {
        try Terminal.write("\(miss.predicted ? "+" : "-")\t\(miss.set)\t\(miss.id)\n")
      }
    }
    try check(evaluation)
  }

  private func check(_ evaluation: Evaluation) throws {
    let bars = try bars()
    let low = evaluation.results.filter { result in
      bars.contains { label, bar in
        (label == nil || label == result.label) && result.counts.positives > 0
          && result.counts.f1 < bar
      }
    }
    if let first = low.first {
      throw Failure(
        .findings,
        "\(low.count) \(low.count == 1 ? "figure is" : "figures are") below --fail-under, the "
          + "first: \(first.set) \(first.language) \(first.label.rawValue) "
          + Figure.share(first.counts.f1))
    }
  }

  private func bars() throws -> [(label: Label?, bar: Double)] {
    try failUnder.map { text in
      let halves = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard let value = halves.last.flatMap(EvaluateCommand.share) else {
        throw ValidationError("--fail-under takes 0 to 1, or label=0 to 1, not '\(text)'")
      }
      return (halves.count == 2 ? try EvaluateCommand.label(halves[0]) : nil, value)
    }
  }

  /// A share as people write it: `0.8` or `.8`.
  private static func share(_ text: String) -> Double? {
    Double(text.hasPrefix(".") ? "0" + text : text).flatMap { (0...1).contains($0) ? $0 : nil }
  }

  static func label(_ name: String) throws -> Label {
    if let label = Label(rawValue: name) { return label }
    let names = Label.allCases.map(\.rawValue)
    let hint = Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
    throw ValidationError("no label '\(name)'; " + (hint ?? "one of \(Spelling.list(names))"))
  }
}
