public import Heard
public import HeardCorpus
public import HeardLexicon
internal import HeardStatistics

/// What a fit is worth, as text.
public enum FitReport {
  /// How the kinds fared in cross-validation.
  public static func validation(_ fit: LexiconFit, settings: FitSettings) -> String {
    if fit.validations.isEmpty {
      return "No kind has \(settings.minimumPositives) positive messages: nothing was fitted.\n"
    }
    var lines = [
      "Cross-validated in \(settings.folds) folds by document; F1 averaged over sets.", "",
      "| kind | rows | positive | strength | log loss | fitted | F1 | fitted | taken |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for one in fit.validations {
      let cells = [
        one.kind, "\(one.rows)", "\(one.positives)", decimal(one.strength, 1),
        decimal(one.lossBefore, 3), decimal(one.lossAfter, 3),
        one.f1Before.map(EvaluationReport.figure) ?? "–",
        one.f1After.map(EvaluationReport.figure) ?? "–",
        one.isTaken ? "yes" : "no",
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How many single words were taken, by language and score.
  public static func words(_ fit: WordFit) -> String {
    var lines = [
      "| language | score | rows | positive | words |", "| --- | --- | ---: | ---: | ---: |",
    ]
    for one in fit.outcomes {
      lines.append(
        "| \(one.language) | \(one.kind) | \(one.rows) | \(one.positives) | \(one.words) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// F1 before and after on messages that the fit has not seen; nil when there are none.
  ///
  /// Both are measured by judging anew, with the lexicon as it is and with the patched one.
  public static func heldOut(
    _ messages: [LabelledMessage], before: Pipeline, after: CompiledLexicon
  ) -> String? {
    guard !messages.isEmpty else { return nil }
    let old = Evaluation(messages, pipeline: before).results
    let new = Evaluation(
      messages, pipeline: Pipeline(lexicon: after, policy: before.policy, limits: before.limits)
    ).results
    guard old.contains(where: { $0.label != .negative && $0.counts.positives > 0 }) else {
      return "None of them has a label that was fitted.\n"
    }
    var lines = [
      "| set | lang | label | n | positive | P | R | F1 | fitted P | R | F1 | change |",
      "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for (old, new) in zip(old, new) where old.label != .negative && old.counts.positives > 0 {
      let points = Int(((new.counts.f1 - old.counts.f1) * 100).rounded())
      let cells =
        [old.set, old.language, old.label.rawValue]
        + ["\(old.counts.total)", "\(old.counts.positives)"]
        + [
          old.counts.precision, old.counts.recall, old.counts.f1, new.counts.precision,
          new.counts.recall, new.counts.f1,
        ].map(EvaluationReport.figure) + [
          points == 0 ? "0" : points > 0 ? "+\(points)" : "\(points)"
        ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n") + "\n\n" + means(old, new)
  }

  /// F1 averaged over sets, by label; only sets with positives enough.
  private static func means(_ old: [LabelResult], _ new: [LabelResult]) -> String {
    var text = ""
    for label in Label.allCases where label != .negative {
      let pairs = zip(old, new).filter {
        $0.0.label == label && $0.0.counts.positives >= ShiftChoice.leastPositives
      }
      guard !pairs.isEmpty else { continue }
      let before = pairs.reduce(0) { $0 + $1.0.counts.f1 } / Double(pairs.count)
      let after = pairs.reduce(0) { $0 + $1.1.counts.f1 } / Double(pairs.count)
      text += "\(label.rawValue): F1 \(decimal(before, 3)) → \(decimal(after, 3))"
      text += ", mean of \(pairs.count) sets\n"
    }
    return text
  }

  /// The numbers that would change, as a table.
  public static func changes(_ fit: LexiconFit) -> String {
    var text = ""
    for change in fit.changes {
      let firings = change.firings > 0 ? "\tin \(change.firings) messages" : ""
      text += "\(change.name)\t\(change.old) → \(change.new)\(firings)\n"
    }
    return text
  }

  /// Messages to fit on when a set is left out: without the set, and without any document of it.
  public static func leavingOut(
    _ set: String, of messages: [LabelledMessage]
  ) -> [LabelledMessage] {
    let documents = Set(
      messages.filter { $0.set == set }.map { DocumentSplit.documentName(of: $0.id) })
    return messages.filter {
      $0.set != set && !documents.contains(DocumentSplit.documentName(of: $0.id))
    }
  }

  static func decimal(_ value: Double, _ places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    var rest = "\(scaled % scale)"
    while rest.count < places { rest = "0" + rest }
    return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled / scale)"
      + (places > 0 ? ".\(rest)" : "")
  }
}
