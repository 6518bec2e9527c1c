public import HeardCorpus
internal import HeardStatistics

/// Suggestions as text.
public enum SuggestionReport {
  /// Candidates and harmful entries, each with what it would do and with lines of context.
  public static func text(_ suggestions: Suggestions, label: Label) -> String {
    let counts = suggestions.counts
    var text =
      "\(label.rawValue): \(counts.falseNegatives) missed and \(counts.falsePositives) wrongly caught "
      + "of \(counts.total) messages\n"
    var language = ""
    for one in suggestions.candidates {
      if one.language != language {
        language = one.language
        text +=
          "\nTo add, \(language) (figures: if it decided by itself; now \(figures(one.before)))\n"
      }
      text += "\n\(one.phrase)"
      if one.forms.count > 1 { text += " (\(one.forms.joined(separator: ", ")))" }
      text +=
        "\tz \(FitReport.decimal(one.score, 1)), in \(one.missed) missed, \(one.left) rightly "
      text += "left: \(figures(one.after))\n"
      text += ConcordanceReport.text(one.lines)
    }
    if !suggestions.harmful.isEmpty {
      text += "\nTo weaken, or to give a counterexample (figures: without the entry)\n"
    }
    for one in suggestions.harmful {
      text += "\n\(one.id)\tdecides \(one.harm) wrongly, \(one.good) rightly: "
      text += "\(figures(one.before)) → \(figures(one.after))\n"
      text += ConcordanceReport.text(one.lines)
    }
    return text
  }

  /// One line each behind a head, without context.
  public static func tsv(_ suggestions: Suggestions) -> String {
    var text = "what\tlang\tphrase or entry\tz\tgood\tharm\tP\tR\tF1\tP after\tR after\tF1 after\n"
    func row(_ cells: [String], _ before: LabelCounts, _ after: LabelCounts) {
      let figures = [before, after].flatMap { [$0.precision, $0.recall, $0.f1] }
        .map { FitReport.decimal($0, 3) }
      text += (cells + figures).joined(separator: "\t") + "\n"
    }
    for one in suggestions.candidates {
      row(
        [
          "add", one.language, one.forms.joined(separator: "|"), FitReport.decimal(one.score, 2),
          "\(one.missed)", "\(one.left)",
        ], one.before, one.after)
    }
    for one in suggestions.harmful {
      row(
        ["weaken", String(one.id.prefix(2)), one.id, "", "\(one.good)", "\(one.harm)"], one.before,
        one.after)
    }
    return text
  }

  private static func figures(_ counts: LabelCounts) -> String {
    let figure = EvaluationReport.figure
    return "P \(figure(counts.precision)) R \(figure(counts.recall)) F1 \(figure(counts.f1))"
  }
}
