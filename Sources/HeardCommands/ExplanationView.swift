internal import Heard
internal import HeardClassifier
internal import HeardLexicon
internal import HeardMail
internal import HeardRouter
internal import HeardText

/// A judged message as a page of text: the verdict, the message with its evidence marked, the sums,
/// the queue, and what nearly counted.
struct ExplanationView {
  let pipeline: Pipeline
  let style: Style
  let width: Int
  /// Near misses to show at most.
  let misses: Int
  private let records: RecordWriter

  init(pipeline: Pipeline, style: Style, width: Int, misses: Int) {
    self.pipeline = pipeline
    self.style = style
    self.width = width
    self.misses = misses
    records = RecordWriter(pipeline)
  }

  /// The page.
  func text(_ message: Message, _ assessment: Assessment, _ decision: Decision) -> String {
    var page = verdict(assessment)
    for (index, part) in message.parts.enumerated() {
      page +=
        "\n"
        + MarkedText(style: style).render(
          part, isScored: { $0 == message.scoredZone },
          evidence: assessment.contributions.filter { $0.part == index })
    }
    for repair in message.repairs {
      page += style.paint("repaired: \(repair.detail) [\(repair.code)]\n", .faint)
    }
    page += sums(message, assessment)
    page += routing(decision)
    page += nearMisses(message, assessment)
    return page
  }

  private func verdict(_ assessment: Assessment) -> String {
    var line = style.paint(
      assessment.messageClass.rawValue,
      assessment.messageClass == .complaint ? .warm : .good)
    line += "  language \(Self.languages(assessment))"
    line += "  anger \(assessment.anger)  sentiment \(decimal(milli(assessment.sentiment)))"
    line += "\ntags: \(list(assessment.tags.map(\.rawValue)))"
    line += "  signals: \(list(assessment.signals.map(\.rawValue)))\n"
    return line
  }

  /// The language, and the shares of all when there are several: `nl (nl 82 %, en 18 %)`.
  static func languages(_ assessment: Assessment) -> String {
    guard assessment.languages.count > 1 else { return assessment.language.code }
    let shares = assessment.languages
      .map { "\($0.language.code) \(Int(($0.share * 100).rounded())) %" }
      .joined(separator: ", ")
    return "\(assessment.language.code) (\(shares))"
  }

  /// For every kind that got evidence: the contributions and their sum.
  private func sums(_ message: Message, _ assessment: Assessment) -> String {
    var page = ""
    for kind in EvidenceKind.allCases {
      let reasons = assessment.contributions.filter { $0.kind == kind && $0.milli != 0 }
      guard Self.isWorthTelling(reasons, sum: assessment.sums[kind.index]) else { continue }
      page += "\n" + style.paint(kind.rawValue, .strong) + "\n"
      for reason in reasons {
        page +=
          "  " + sign(Int(reason.milli)) + "  "
          + pad(records.name(of: reason.source), 40) + " "
          + (reason.source == .words
            ? Self.words(records.words(for: kind, of: assessment), reason)
            : excerpt(message, reason.part, reason.range))
        if !reason.scopes.isEmpty {
          page += style.paint(
            "  [\(reason.scopes.list.joined(separator: ", "))]", .faint)
        }
        page += "\n"
      }
      let sum = Int(assessment.sums[kind.index])
      page += "  " + sign(sum) + "  " + style.paint("sum", .strong)
      if EvidenceKind.scores.contains(kind) {
        page += ", score \(decimal(milli(assessment.score(kind))))"
      }
      page += "\n"
    }
    return page
  }

  /// Whether a kind has a reason of its own: everyday words and the bias are in every message.
  static func isWorthTelling(_ reasons: [Contribution], sum: Int32) -> Bool {
    reasons.contains { $0.source != .bias && ($0.source != .words || sum >= 0) }
  }

  /// The heaviest single words: `niet +0.120, weer +0.100 and 14 more`, and what they would have added
  /// without a limit.
  static func words(
    _ words: [(text: String, milli: Int32)], _ together: Contribution
  ) -> String {
    let shown = words.prefix(5).map { "\($0.text) \(signed(Int($0.milli)))" }
    let rest = words.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
      + (together.milli == together.plainMilli
        ? "" : "; together \(signed(Int(together.plainMilli)))")
  }

  private func routing(_ decision: Decision) -> String {
    var page = "\n" + style.paint("queue ", .strong) + style.paint(decision.queue, .cool)
    page += " (\(decision.priority)), by the rule '\(decision.rule)'"
    if let rule = pipeline.policy.rules.first(where: { $0.id == decision.rule }) {
      page += style.paint(" at \(rule.location)", .faint)
    }
    page += "\n"
    if !decision.steps.isEmpty {
      page += "  steps: \(decision.steps.joined(separator: " → "))\n"
    }
    if !decision.obligations.isEmpty {
      page += "  obligations: \(list(decision.obligations))\n"
    }
    return page
  }

  private func nearMisses(_ message: Message, _ assessment: Assessment) -> String {
    let ranked = Self.ranked(assessment.nearMisses).prefix(misses)
    guard !ranked.isEmpty else { return "" }
    var page = "\n" + style.paint("what nearly counted", .strong) + "\n"
    for miss in ranked {
      page +=
        "  " + sign(Int(miss.lostMilli)) + "  " + pad(records.name(of: miss.source), 40) + " "
        + excerpt(message, miss.part, miss.range)
        + style.paint("  \(miss.kind.rawValue): \(miss.reason.text)", .faint) + "\n"
    }
    return page
  }

  /// What lost most first; as much, in the order of the text.
  static func ranked(_ misses: [NearMiss]) -> [NearMiss] {
    misses.enumerated()
      .sorted {
        ($1.element.lostMilli.magnitude, $0.offset) < ($0.element.lostMilli.magnitude, $1.offset)
      }
      .map(\.element)
  }

  private func excerpt(_ message: Message, _ part: Int, _ range: ByteRange) -> String {
    guard message.parts.indices.contains(part), !range.isEmpty else { return "" }
    let text = Printable.text(
      String(decoding: message.parts[part].bytes[range.range], as: UTF8.self)
        .split(whereSeparator: \.isWhitespace).joined(separator: " "))
    return "“" + (text.count > 60 ? text.prefix(29) + " … " + text.suffix(28) : text) + "”"
  }

  private func list(_ words: [String]) -> String {
    words.isEmpty ? "–" : words.joined(separator: ", ")
  }

  private func milli(_ value: Double) -> Int { Int((value * 1000).rounded()) }

  private func decimal(_ milli: Int) -> String {
    var writer = JSONWriter()
    writer.thousandths(milli)
    return String(decoding: writer.finish(), as: UTF8.self)
  }

  /// `+1.250`.
  static func signed(_ milli: Int) -> String {
    let fraction = String(milli.magnitude % 1000)
    return (milli < 0 ? "−" : "+") + "\(milli.magnitude / 1000)."
      + String(repeating: "0", count: 3 - fraction.count) + fraction
  }

  /// `+1.250`, aligned.
  private func sign(_ milli: Int) -> String {
    let text = Self.signed(milli)
    return String(repeating: " ", count: max(0, 8 - text.count)) + text
  }

  private func pad(_ text: String, _ columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - text.count))
  }
}
