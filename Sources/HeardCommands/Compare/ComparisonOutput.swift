internal import ArgumentParser
internal import HeardCorpus
internal import HeardStatistics
internal import HeardTuning

/// How a comparison is shown, and what of it fails a build.
struct ComparisonOutput: ParsableArguments {
  @Option(help: "Output: text, json or markdown.")
  var format = ReportFormat.text

  @Option(help: "Exit with 1 when more messages than this move.")
  var maxMoved: Int?

  @Option(help: "List this many of the messages that moved.")
  var samples = 20

  func validate() throws {
    if let maxMoved, maxMoved < 0 { throw ValidationError("--max-moved takes 0 or more") }
    guard samples >= 0 else { throw ValidationError("--samples takes 0 or more") }
  }

  /// Shows a comparison, and fails when too much moved.
  ///
  /// - Parameter verb: what messages did that are not as they were.
  func show(_ comparison: Comparison, verb: String) throws {
    switch format {
    case .json: try Terminal.write(ComparisonReport.json(comparison, samples: samples))
    case .text, .markdown:
      try Terminal.write(
        ComparisonReport.page(
          comparison, format == .markdown ? .markdown : .text, samples: samples))
    }
    if let maxMoved, comparison.moved.count > maxMoved {
      throw Failure(
        .findings,
        "\(comparison.moved.count) messages \(verb), more than the \(maxMoved) of --max-moved")
    }
  }
}
