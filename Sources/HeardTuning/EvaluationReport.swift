/// Figures as a Markdown table, which is readable in a terminal too.
public enum EvaluationReport {
  /// One row a set, language and label.
  public static func table(_ evaluation: Evaluation) -> String {
    var lines = [
      "| set | lang | label | n | positive | P | R | F1 | 95 % | always yes |",
      "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- | ---: |",
    ]
    for result in evaluation.results {
      let counts = result.counts
      let cells = [
        result.set, result.language, result.label.rawValue, "\(counts.total)",
        "\(counts.positives)", figure(counts.precision), figure(counts.recall),
        figure(counts.f1),
        figure(result.interval.lowerBound) + "–" + figure(result.interval.upperBound),
        figure(counts.alwaysYes),
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    if evaluation.queued > 0 {
      lines.append("")
      lines.append("queue: \(evaluation.queuedRight) of \(evaluation.queued) as expected")
    }
    if evaluation.errors > 0 { lines.append("errors: \(evaluation.errors)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `.84`, as papers write shares; `1.00` in full.
  static func figure(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    guard hundredths < 100 else { return "1.00" }
    return "." + (hundredths < 10 ? "0" : "") + "\(hundredths)"
  }
}
