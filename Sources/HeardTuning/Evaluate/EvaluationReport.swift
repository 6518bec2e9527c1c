public import HeardCorpus
public import HeardStatistics

/// An evaluation as pages: for the terminal or in Markdown.
public enum EvaluationReport {
  /// One row a set, language and label, in Markdown; queues and errors below.
  public static func table(_ evaluation: Evaluation) -> String {
    var text = labels(evaluation).write(.markdown)
    if evaluation.queued > 0 { text += "\n" + queueLine(evaluation) }
    if evaluation.errors > 0 { text += "errors: \(evaluation.errors)\n" }
    return text
  }

  /// Every table that has rows, each under a title.
  public static func page(_ evaluation: Evaluation, _ form: Table.Form) -> String {
    var sections: [(title: String, body: String)] = [
      ("Labels", labels(evaluation).write(form))
    ]
    let groups = [
      ("Classes", evaluation.classes, evaluation.classConfusion),
      ("Queues", evaluation.queues, evaluation.queueConfusion),
    ]
    for (title, results, confusion) in groups where !results.isEmpty {
      sections.append((title, self.groups(results).write(form)))
      sections.append(
        ("\(title): rows as they are, columns as judged", matrix(confusion).write(form)))
    }
    for table in evaluation.reliability {
      let head =
        "Scores of \(table.label.rawValue): Brier \(Figure.decimals(table.brier, 3)) "
        + "(saying their share always: \(Figure.decimals(table.brierOfShare, 3))), "
        + "calibration error \(Figure.decimals(table.calibrationError, 3))"
      sections.append((head, bins(table).write(form)))
    }
    var text = sections.filter { !$0.body.isEmpty }
      .map { (form == .markdown ? "## " : "") + $0.title + "\n\n" + $0.body }
      .joined(separator: "\n")
    if evaluation.queued > 0 { text += "\n" + queueLine(evaluation) }
    if evaluation.errors > 0 { text += "errors: \(evaluation.errors)\n" }
    return text
  }

  /// The worst errors, each with its reasons; the text only when asked for.
  public static func errors(_ errors: [ExplainedError], showsText: Bool) -> String {
    var text = ""
    for error in errors {
      text +=
        "\(error.predicted ? "wrongly" : "missed") \(error.label.rawValue)  \(error.set) "
        + "\(error.language) \(error.id)  off by \(Figure.share(error.wrongness))\n"
      for reason in error.reasons { text += line(reason, note: "") }
      for reason in error.nearMisses { text += line(reason, note: "  did not count") }
      if showsText {
        for line in error.text.split(separator: "\n") { text += "  > \(line)\n" }
      }
    }
    return text
  }

  /// `.84`, as papers write shares; `1.00` in full.
  static func figure(_ value: Double) -> String { Figure.share(value) }

  private static func queueLine(_ evaluation: Evaluation) -> String {
    "queue: \(evaluation.queuedRight) of \(evaluation.queued) as expected\n"
  }

  private static func line(_ reason: ExplainedError.Reason, note: String) -> String {
    let value = Figure.decimals(Double(reason.milli) / 1000, 2)
    let sign = reason.milli < 0 ? "" : "+"
    return "  \(sign)\(value)  \(reason.name)  \(reason.kind)\(note)\n"
  }

  private static let measures = [
    ">n", ">positive", ">P", ">R", ">F1", "95 %", ">always yes",
  ]

  private static func cells(_ counts: LabelCounts, _ interval: ClosedRange<Double>) -> [String] {
    [
      "\(counts.total)", "\(counts.positives)", figure(counts.precision), figure(counts.recall),
      figure(counts.f1), figure(interval.lowerBound) + "–" + figure(interval.upperBound),
      figure(counts.alwaysYes),
    ]
  }

  private static func labels(_ evaluation: Evaluation) -> Table {
    var table = Table(["set", "lang", "label"] + measures)
    for result in evaluation.results {
      table.add(
        [result.set, result.language, result.label.rawValue]
          + cells(result.counts, result.interval))
    }
    return table
  }

  private static func groups(_ results: [GroupResult]) -> Table {
    var table = Table(["set", "lang", "name"] + measures)
    for result in results {
      table.add([result.set, result.language, result.name] + cells(result.counts, result.interval))
    }
    return table
  }

  static func matrix(_ confusion: Confusion) -> Table {
    let names = confusion.names
    var table = Table([""] + names.map { ">" + $0 })
    for actual in names {
      table.add(
        [actual]
          + names.map { confusion[actual, $0] == 0 ? "·" : "\(confusion[actual, $0])" })
    }
    return table
  }

  private static func bins(_ reliability: Reliability) -> Table {
    var table = Table(["score", ">n", ">mean score", ">share true"])
    for (place, bin) in reliability.bins.enumerated() where bin.count > 0 {
      table.add([
        ".\(place)–" + (place == 9 ? "1.0" : ".\(place + 1)"), "\(bin.count)",
        figure(bin.meanScore), figure(bin.shareTrue),
      ])
    }
    return table
  }
}
