internal import HeardClassifier
internal import HeardDeadlines
internal import HeardLexicon
internal import HeardMail
internal import HeardText
internal import Yams

/// Reads an example: a text, or a mapping of facts, or a text with the facts that no text tells.
struct ExampleReader {
  /// Facts that a text tells by itself.
  private static let judgedKeys = [
    "class", "tags", "signals", "anger", "sentiment", "language", "scores", "automatic", "zones",
  ]
  private static let otherKeys = ["sender", "recipients", "headers", "thread", "received"]
  private static let summaryLength = 72

  let context: PolicyContext
  private var choices: ConditionReader { ConditionReader(context: context) }

  init(context: PolicyContext) {
    self.context = context
  }

  /// What is tried, and the example in a line.
  func read(_ node: Node) -> (PolicyExample.Subject, String)? {
    if let text = context.text(node) {
      guard !text.isEmpty else {
        return context.report(node, "an empty example", "write a text, or {class: complaint, …}")
      }
      return (.text(text, ExampleFacts()), ExampleReader.summary(text))
    }
    let keys = ["text"] + ExampleReader.judgedKeys + ExampleReader.otherKeys
    guard let values = context.mapping(node, keys, of: "an example"), !values.isEmpty,
      let facts = facts(values)
    else { return nil }
    guard let node = values["text"] else {
      let summary = values.sorted { $0.key < $1.key }
        .map { "\($0.key): \(words($0.value))" }.joined(separator: ", ")
      return (.facts(facts), ExampleReader.summary(summary))
    }
    if let judged = ExampleReader.judgedKeys.first(where: { values[$0] != nil }) {
      return context.report(
        node, "an example with a text cannot say its '\(judged)'",
        "the lexicons say it; leave one of them out")
    }
    guard let text = context.text(node), !text.isEmpty else {
      return context.report(node, "an empty example", "write a text")
    }
    return (.text(text, facts), ExampleReader.summary(text))
  }

  private func facts(_ values: [String: Node]) -> ExampleFacts? {
    let errors = context.problems.count
    var facts = ExampleFacts()
    let tags = Array(EvidenceKind.scores.dropFirst())
    if let node = values["class"] {
      facts.messageClass = choices.choices(node, "class", MessageClass.allCases, \.rawValue)?.first
    }
    if let node = values["tags"] {
      facts.tags = choices.choices(node, "tag", tags, \.rawValue) ?? []
    }
    if let node = values["signals"] {
      facts.signals = choices.choices(node, "signal", EvidenceKind.signals, \.rawValue) ?? []
    }
    if let node = values["anger"] { facts.anger = Int(number(node, in: 0...3)) }
    if let node = values["sentiment"] { facts.sentiment = number(node, in: -1...1) }
    if let node = values["language"] {
      let read = choices.choices(node, "language", Language.allCases, \.code)
      facts.language = read?.first ?? .english
    }
    for (key, value) in pairs(values["scores"], "scores") {
      guard let kind = choices.choices(key, "score", EvidenceKind.scores, \.rawValue)?.first
      else { continue }
      facts.scores[kind] = number(value, in: 0...1)
    }
    if let node = values["automatic"] {
      facts.automatic =
        choices.choices(
          node, "kind", Condition.automaticKinds, \.rawValue)?.first
    }
    if let node = values["zones"] {
      facts.zones = choices.choices(node, "zone", Zone.allCases, \.name) ?? []
    }
    facts.sender = values["sender"].flatMap { context.value($0) } ?? ""
    facts.recipients = values["recipients"].flatMap { context.values($0) }?.map(\.text) ?? []
    for (key, value) in pairs(values["headers"], "headers") {
      facts.headers.append(
        HeaderField(name: context.text(key) ?? "", value: context.text(value) ?? ""))
    }
    facts.thread = values["thread"].flatMap { thread($0) }
    if let node = values["received"] {
      facts.received = context.text(node).flatMap(Moment.parse)
      if facts.received == nil {
        context.note(node, "no moment of RFC 3339", "write e.g. 2026-11-21T23:15:00+01:00")
      }
    }
    if let named = facts.messageClass, named != .complaint, !facts.tags.isEmpty {
      let node = values["tags"] ?? values["class"]
      if let node { context.note(node, "only a complaint has tags", "leave one of them out") }
    }
    return context.problems.count == errors ? facts : nil
  }

  private func thread(_ node: Node) -> ThreadFacts? {
    guard
      let values = context.mapping(
        node, ["contacts", "queue", "trend", "hand-overs"], of: "'thread'")
    else { return nil }
    var thread = ThreadFacts()
    if let node = values["contacts"] { thread.contacts = Int(number(node, in: 0...1000)) }
    if let node = values["hand-overs"] { thread.handOvers = Int(number(node, in: 0...1000)) }
    // A queue of long ago may be gone from the policy; an example may say so.
    thread.queue = values["queue"].flatMap { context.value($0) }
    if let node = values["trend"] {
      let read = choices.choices(node, "trend", ThreadFacts.AngerTrend.allCases, \.rawValue)
      thread.trend = read?.first ?? .steady
    }
    return thread
  }

  private func number(_ node: Node, in range: ClosedRange<Double>) -> Double {
    guard let value = context.value(node).flatMap(Double.init), range.contains(value) else {
      let ends = [range.lowerBound, range.upperBound].map(Figures.short).joined(separator: " to ")
      context.note(node, "no number of \(ends)", "write one")
      return range.lowerBound
    }
    return value
  }

  private func pairs(_ node: Node?, _ what: String) -> [(key: Node, value: Node)] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
      context.note(node, "'\(what)' must be a mapping", "write {name: value}")
      return []
    }
    return mapping.map { ($0.key, $0.value) }
  }

  private func words(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string
    case .sequence(let sequence): "[" + sequence.map(words).joined(separator: ", ") + "]"
    case .mapping(let mapping):
      "{" + mapping.map { "\(words($0.key)): \(words($0.value))" }.joined(separator: ", ") + "}"
    default: ""
    }
  }

  private static func summary(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > summaryLength ? line.prefix(summaryLength - 1) + "…" : line
  }
}
