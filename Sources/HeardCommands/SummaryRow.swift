internal import Heard
internal import HeardClassifier
internal import HeardLexicon
internal import HeardMail
internal import HeardRouter
internal import HeardText

/// One line for people: what a message is, where it goes, and the words that decided it.
struct SummaryRow: Sendable {
  let records: RecordWriter
  let style: Style
  /// Columns to fill at most.
  let width: Int

  /// Names of the columns, as wide as the columns are.
  var header: String {
    style.paint(
      [
        pad("message", 22), pad("lang", 6), pad("class", 10), pad("anger", 6), pad("tags", 26),
        pad("queue", 16), "because of",
      ].joined(), .faint)
  }

  /// The line of one message, without a line's end.
  func line(_ judgement: Judgement) -> String {
    let label = Printable.text(label(judgement.id))
    // The end of a path says more than its beginning.
    let name = pad(label.count > 20 ? "…" + label.suffix(19) : label, 22)
    switch judgement.outcome {
    case .failed(let error):
      return name + style.paint("error", .bad) + "  \(error.message) [\(error.code)]"
    case .judged(let message, let assessment, let decision):
      let tags = assessment.tags.filter { $0 != .anger }.map(short).joined(separator: " ")
      let isComplaint = assessment.messageClass == .complaint
      let left =
        name + pad(assessment.language.code, 6)
        + style.paint(
          pad(assessment.messageClass.rawValue, 10), isComplaint ? .warm : .good)
        + style.paint(
          pad(String(repeating: "●", count: assessment.anger), 6), .bad)
        + pad(tags, 26) + style.paint(pad(decision.queue, 16), .cool)
      return left + reasons(assessment, message, room: max(20, width - 86))
    }
  }

  private func label(_ id: MessageID) -> String {
    switch id {
    case .text(let text): text
    case .json(let value): String(decoding: value, as: UTF8.self).filter { $0 != "\"" }
    case .none: "–"
    }
  }

  private func short(_ kind: EvidenceKind) -> String {
    switch kind {
    case .expectationGap: "gap"
    case .staffTargeted: "staff"
    case .pricingDispute: "price"
    default: kind.rawValue
    }
  }

  /// The stretches of text with the largest contributions, strongest first.
  private func reasons(_ assessment: Assessment, _ message: Message, room: Int) -> String {
    let decisive = Set(reasonKinds(assessment))
    var weights: [Contribution.Source: (milli: Int32, hit: Contribution)] = [:]
    for hit in assessment.contributions
    where hit.milli > 0 && decisive.contains(hit.kind) && !hit.range.isEmpty {
      let sum = (weights[hit.source]?.milli ?? 0) + hit.milli
      weights[hit.source] = (sum, weights[hit.source]?.hit ?? hit)
    }
    let strongest = weights.values.sorted {
      ($1.milli, $0.hit.part, $0.hit.range.start) < ($0.milli, $1.hit.part, $1.hit.range.start)
    }
    var shown: [String] = []
    var used = 0
    for (_, hit) in strongest {
      guard message.parts.indices.contains(hit.part) else { continue }
      let words =
        mark(hit.source) ?? excerpt(message.parts[hit.part].bytes[hit.range.range])
      if shown.contains(words) { continue }
      if used + words.count + 2 > room && !shown.isEmpty { break }
      shown.append(words)
      used += words.count + 2
    }
    return shown.joined(separator: style.paint(", ", .faint))
  }

  private func reasonKinds(_ assessment: Assessment) -> [EvidenceKind] {
    switch assessment.messageClass {
    case .complaint: [.complaint] + assessment.tags
    case .question: [.question]
    case .request: [.request]
    case .praise: [.praise]
    case .auto, .other: []
    }
  }

  /// The mark that decided, where the place is only the word in front of it.
  private func mark(_ source: Contribution.Source) -> String? {
    guard case .style(let name) = source else { return nil }
    return ["question": "?", "exclamation": "!", "repeated": "!!", "emoji": ":("][name]
  }

  private func excerpt(_ bytes: ArraySlice<UInt8>) -> String {
    let text = Printable.text(
      String(decoding: bytes, as: UTF8.self)
        .split(whereSeparator: \.isWhitespace).joined(separator: " "))
    return text.count > 42 ? text.prefix(20) + " … " + text.suffix(19) : text
  }

  private func pad(_ text: String, _ columns: Int) -> String {
    let short = text.count > columns - 1 ? String(text.prefix(columns - 2)) + "…" : text
    return short + String(repeating: " ", count: columns - short.count)
  }
}
