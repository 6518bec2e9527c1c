internal import Heard
internal import HeardClassifier
internal import HeardMail
internal import HeardRouter
internal import HeardRouterTools
internal import HeardText

/// Why a message goes where it goes, as a page of text or as JSON.
struct RoutingView {
  /// Where the words are that made the facts, and who names the entries that found them.
  typealias Source = (message: Message, names: RecordWriter)

  let policy: Policy
  let style: Style
  /// Other queues to show at most.
  let elsewhere: Int

  /// Words to quote for a fact at most.
  private static let quoteLimit = 3
  private static let column = 30

  // MARK: Text

  func text(_ facts: Facts, _ source: Source?) -> String {
    let decision = policy.explain(facts)
    var page = style.paint("queue ", .strong) + style.paint(decision.queue, .cool)
    page += " (\(decision.priority)), by the rule '\(decision.rule)'"
    if let rule = policy.rules.first(where: { $0.id == decision.rule }) {
      page += style.paint(" at \(rule.location)", .faint)
    }
    page += "\n"
    for reason in decision.reasons {
      if reason.isAddition { page += "and '\(reason.id)'\n" }
      for fact in reason.facts { page += line(fact.text, quotes(fact, facts, source)) }
      let given = reason.steps + reason.obligations
      if !given.isEmpty { page += "  → \(given.joined(separator: ", "))\n" }
    }
    page += tried(facts) + others(facts)
    return page
  }

  private func tried(_ facts: Facts) -> String {
    let passed = policy.passedOver(facts)
    guard !passed.isEmpty else { return "" }
    var page = "\n" + style.paint("tried before it, in vain", .strong) + "\n"
    for (rule, because) in passed {
      page += line(rule.id, style.paint(because.map(\.text).joined(separator: ", "), .faint))
    }
    return page
  }

  private func others(_ facts: Facts) -> String {
    let changes = policy.nearestChanges(facts)
    guard !changes.isEmpty, elsewhere > 0 else { return "" }
    var page = "\n" + style.paint("what would have sent it elsewhere", .strong) + "\n"
    for change in changes.prefix(elsewhere) {
      page += line(change.queue, change.changes.map(wanted).joined(separator: ", and "))
    }
    if changes.count > elsewhere { page += "  … and \(changes.count - elsewhere) more\n" }
    return page
  }

  /// `anger: 2 (not 1)`; what is merely there or not needs no second half.
  private func wanted(_ change: NearestChange.Change) -> String {
    guard let colon = change.from.firstIndex(of: ":"), change.to.hasPrefix(change.from[...colon])
    else { return change.to }
    let value = change.from[change.from.index(after: colon)...].drop { $0 == " " }
    return "\(change.to) (not \(value))"
  }

  /// The words that made a fact.
  private func quotes(_ fact: FactReason, _ facts: Facts, _ source: Source?) -> String {
    guard let message = source?.message else { return "" }
    var words: [String] = []
    for hit in facts.assessment.contributions
    where fact.kinds.contains(hit.kind) && hit.milli > 0 && !hit.range.isEmpty
      && message.parts.indices.contains(hit.part)
    {
      let text = MarkedText.printable(message.parts[hit.part].bytes[hit.range.range])
      let short = text.count > 40 ? text.prefix(19) + " … " + text.suffix(18) : text
      if !words.contains("“\(short)”") { words.append("“\(short)”") }
    }
    return style.paint(words.prefix(RoutingView.quoteLimit).joined(separator: " "), .faint)
  }

  /// Two columns, without spaces at the end.
  private func line(_ left: String, _ right: String) -> String {
    let gap = max(1, RoutingView.column - left.count)
    return "  \(left)" + (right.isEmpty ? "" : String(repeating: " ", count: gap) + right) + "\n"
  }

  // MARK: JSON

  func json(id: MessageID, _ facts: Facts, _ source: Source?) -> [UInt8] {
    let decision = policy.explain(facts)
    var writer = JSONWriter()
    writer.openObject()
    writer.key("id")
    switch id {
    case .text(let text): writer.string(text)
    case .json(let value): writer.json(value)
    case .none: writer.null()
    }
    writer.key("queue")
    writer.string(decision.queue)
    writer.key("priority")
    writer.string(decision.priority)
    writer.key("rule")
    writer.string(decision.rule)
    writer.key("because")
    writer.openArray()
    for reason in decision.reasons { write(reason, facts, source, into: &writer) }
    writer.closeArray()
    writer.key("passedOver")
    writer.openArray()
    for (rule, because) in policy.passedOver(facts) {
      writer.openObject()
      writer.key("rule")
      writer.string(rule.id)
      writer.key("facts")
      writer.strings(because.map(\.text))
      writer.closeObject()
    }
    writer.closeArray()
    writer.key("elsewhere")
    writer.openArray()
    for change in policy.nearestChanges(facts).prefix(elsewhere) {
      writer.openObject()
      writer.key("queue")
      writer.string(change.queue)
      writer.key("rule")
      writer.string(change.rule)
      writer.key("changes")
      writer.openArray()
      for one in change.changes {
        writer.openObject()
        writer.key("from")
        writer.string(one.from)
        writer.key("to")
        writer.string(one.to)
        writer.closeObject()
      }
      writer.closeArray()
      writer.closeObject()
    }
    writer.closeArray()
    writer.closeObject()
    writer.endLine()
    return writer.finish()
  }

  private func write(
    _ reason: DecisionReason, _ facts: Facts, _ source: Source?, into writer: inout JSONWriter
  ) {
    writer.openObject()
    writer.members(of: reason)
    writer.key("entries")
    var names: [String] = []
    if let records = source?.names {
      for hit in reason.hits(in: facts.assessment.contributions) {
        let name = records.name(of: facts.assessment.contributions[hit].source)
        if !names.contains(name) { names.append(name) }
      }
    }
    writer.strings(names)
    writer.closeObject()
  }
}
