internal import HeardClassifier
internal import HeardDeadlines
internal import HeardLexicon
internal import HeardMail
internal import HeardSources
internal import HeardText
internal import Yams

/// Reads what a rule asks: `when: {class: complaint, anger: ">= 2"}`.
///
/// Several keys in one mapping must all hold; a list as a value means any of its items.
struct ConditionReader {
  /// Deeper nesting is a mistake, and recursion must end.
  static let maximumDepth = 32
  /// Names in names can double at every step; what no page could hold is a mistake.
  private static let maximumSize = 5000
  static let keys = [
    "all", "any", "not", "condition", "class", "tag", "signal", "anger", "sentiment", "score",
    "language", "sender", "recipient", "header", "automatic", "zone", "thread", "received",
  ]

  let context: PolicyContext

  func read(_ node: Node, depth: Int = 0) -> Condition? {
    guard case .mapping(let mapping) = node, !mapping.isEmpty else {
      return context.report(
        node, "a condition must be a mapping", "write e.g. {class: complaint}")
    }
    guard depth < ConditionReader.maximumDepth else {
      return context.report(node, "conditions are nested too deep", "split the rule")
    }
    let parts = mapping.map { key, value in part(key, value, depth: depth) }
    let read = parts.compactMap { $0 }
    guard read.count == parts.count else { return nil }
    return read.count == 1 ? read[0] : .all(read)
  }

  private func part(_ key: Node, _ value: Node, depth: Int) -> Condition? {
    switch context.text(key) {
    case "all": return list(value, depth).map { .all($0) }
    case "any": return list(value, depth).map { .any($0) }
    case "not": return read(value, depth: depth + 1).map { .not($0) }
    case "condition": return named(value, depth)
    case "class":
      return choices(value, "class", MessageClass.allCases, \.rawValue).map { .messageClass($0) }
    case "tag":
      return choices(value, "tag", Array(EvidenceKind.scores.dropFirst()), \.rawValue)
        .map { .tag($0) }
    case "signal":
      return choices(value, "signal", EvidenceKind.signals, \.rawValue).map { .signal($0) }
    case "language":
      return choices(value, "language", Language.allCases, \.code).map { .language($0) }
    case "automatic":
      return choices(value, "kind", Condition.automaticKinds, \.rawValue)
        .map { .automatic(Set($0.map(\.rawValue))) }
    case "zone": return choices(value, "zone", Zone.allCases, \.name).map { .zone($0) }
    case "anger": return comparison(value, within: 0...3).map { .anger($0) }
    case "sentiment": return comparison(value, within: -1...1).map { .sentiment($0) }
    case "score": return scores(value)
    case "sender": return globs(value).map { .sender($0) }
    case "recipient": return globs(value).map { .recipient($0) }
    case "header": return headers(value)
    case "thread": return thread(value)
    case "received": return received(value).map { .received($0) }
    default:
      context.unknown(key, "condition", ConditionReader.keys)
      return nil
    }
  }

  private func list(_ node: Node, _ depth: Int) -> [Condition]? {
    guard case .sequence(let sequence) = node, !sequence.isEmpty else {
      return context.report(node, "'all' and 'any' need a list", "write [{…}, {…}]")
    }
    let read = sequence.map { self.read($0, depth: depth + 1) }
    let parts = read.compactMap { $0 }
    return parts.count == read.count ? parts : nil
  }

  func choices<Choice: Hashable>(
    _ node: Node, _ what: String, _ all: [Choice], _ name: (Choice) -> String
  ) -> Set<Choice>? {
    guard let words = context.values(node) else { return nil }
    guard !words.isEmpty else {
      return context.report(node, "no \(what) is named", "write one, or a list in [ ]")
    }
    var chosen: Set<Choice> = []
    for word in words {
      guard let match = all.first(where: { name($0) == word.text }) else {
        let names = all.map(name)
        let guess = Spelling.nearest(to: word.text, among: names)
        return context.report(
          word.node, "unknown \(what) '\(word.text)'",
          guess.map { "did you mean '\($0)'?" } ?? "use \(Spelling.list(names))")
      }
      chosen.insert(match)
    }
    return chosen
  }

  func comparison(_ node: Node, within range: ClosedRange<Double>) -> Comparison? {
    guard let written = context.value(node), let comparison = Comparison(written) else {
      return context.report(
        node, "not a comparison", "write a number or e.g. \">= 2\" in quotes")
    }
    guard range.contains(comparison.limit) else {
      return context.report(
        node, "the limit \(comparison.limit) is out of range",
        "use \(range.lowerBound) to \(range.upperBound)")
    }
    return comparison
  }

  private func scores(_ node: Node) -> Condition? {
    guard case .mapping(let mapping) = node, !mapping.isEmpty else {
      return context.report(node, "'score' needs a mapping", "write {pricing-dispute: \">= 0.8\"}")
    }
    var parts: [Condition] = []
    for (key, value) in mapping {
      guard
        let kinds = choices(key, "score", EvidenceKind.scores, \.rawValue),
        let kind = kinds.first, let comparison = comparison(value, within: 0...1)
      else { return nil }
      parts.append(.score(kind, comparison))
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private func headers(_ node: Node) -> Condition? {
    guard case .mapping(let mapping) = node, !mapping.isEmpty else {
      return context.report(node, "'header' needs a mapping", "write {X-Shop: \"*outlet*\"}")
    }
    var parts: [Condition] = []
    for (key, value) in mapping {
      guard let name = context.text(key), let globs = globs(value) else { return nil }
      parts.append(.header(name: name, globs))
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private func globs(_ node: Node) -> [Glob]? {
    guard let words = context.values(node) else { return nil }
    guard !words.isEmpty, words.allSatisfy({ !$0.text.isEmpty }) else {
      return context.report(node, "no pattern", "write e.g. \"*@example.com\" in quotes")
    }
    return words.map { Glob($0.text) }
  }
}

// MARK: - Names

extension ConditionReader {
  /// `condition: heated`, or a list of which any.
  private func named(_ node: Node, _ depth: Int) -> Condition? {
    guard let words = context.values(node), !words.isEmpty else {
      return context.report(node, "no condition is named", "write one, or a list in [ ]")
    }
    let read = words.map { resolve($0.text, at: $0.node, depth: depth + 1) }
    let parts = read.compactMap { $0 }
    guard parts.count == read.count else { return nil }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  /// The condition, unless it asks more than any page could.
  func bounded(_ condition: Condition, at node: Node) -> Condition? {
    guard size(condition) <= ConditionReader.maximumSize else {
      return context.report(
        node, "the condition asks more than \(ConditionReader.maximumSize) questions",
        "its names stand for too much; write a shorter one")
    }
    return condition
  }

  /// How many questions a condition asks; those of a name are counted once, when it is read.
  private func size(_ condition: Condition) -> Int {
    switch condition {
    case .all(let parts), .any(let parts): parts.reduce(1) { $0 + size($1) }
    case .not(let part): size(part)
    case .named(let name, _): context.names.sizes[name] ?? 1
    default: 1
    }
  }

  /// What a name stands for; nil when it is unknown, stands for itself, or is in error.
  func resolve(_ name: String, at node: Node, depth: Int) -> Condition? {
    guard let declared = context.names.declared[name] else {
      let known = context.names.order
      let guess = Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
      return context.report(
        node, "unknown named condition '\(name)'", guess ?? "declare it under 'conditions:'")
    }
    context.names.used.insert(name)
    if let start = context.names.open.firstIndex(of: name) {
      let circle = context.names.open[start...] + [name]
      return context.report(
        node, "the condition '\(name)' stands for itself: \(circle.joined(separator: " → "))",
        "take one of them out of the circle")
    }
    if let read = context.names.read[name] { return read.map { .named(name, $0) } }
    let file = context.file
    context.file = declared.file
    context.names.open.append(name)
    let condition = read(declared.node, depth: depth).flatMap { bounded($0, at: declared.node) }
    context.names.open.removeLast()
    context.file = file
    context.names.sizes[name] = condition.map { size($0) } ?? 0
    context.names.read[name] = .some(condition)
    return condition.map { .named(name, $0) }
  }
}

// MARK: - Conversation and time

extension ConditionReader {
  private static let threadKeys = ["contacts", "queue", "trend", "hand-overs"]
  /// As many messages or hand-overs as a rule can ask for.
  private static let countRange = 0.0...1000.0

  private func thread(_ node: Node) -> Condition? {
    guard let values = context.mapping(node, ConditionReader.threadKeys, of: "'thread'"),
      !values.isEmpty
    else {
      return context.report(node, "'thread' asks nothing", "write {thread: {contacts: \">= 2\"}}")
    }
    var parts: [Condition?] = []
    if let node = values["contacts"] {
      parts.append(comparison(node, within: ConditionReader.countRange).map { .contacts($0) })
    }
    if let node = values["hand-overs"] {
      parts.append(comparison(node, within: ConditionReader.countRange).map { .handOvers($0) })
    }
    if let node = values["queue"] {
      parts.append(
        choices(node, "queue", context.queues.map(\.name), \.self).map { .threadQueue($0) })
    }
    if let node = values["trend"] {
      parts.append(
        choices(node, "trend", ThreadFacts.AngerTrend.allCases, \.rawValue).map { .trend($0) })
    }
    let read = parts.compactMap { $0 }
    guard read.count == parts.count else { return nil }
    return read.count == 1 ? read[0] : .all(read)
  }

  private func received(_ node: Node) -> ReceiptTime? {
    guard let values = context.mapping(node, ["days", "hours", "time-zone"], of: "'received'"),
      values["days"] != nil || values["hours"] != nil
    else {
      return context.report(
        node, "'received' asks nothing", "write {received: {days: [sat, sun]}} or {hours: 18-8}")
    }
    let own = values["time-zone"].map { clock($0) }
    guard let clock = own ?? context.clock else {
      return own == nil
        ? context.report(
          node, "no time zone is named", "write 'time-zone: Europe/Amsterdam' at the top") : nil
    }
    let days = values["days"].map { self.days($0) } ?? 0x7F
    let hours = values["hours"].map { self.hours($0) } ?? []
    guard let days, let hours else { return nil }
    return ReceiptTime(days: days, hours: hours, clock: clock)
  }

  /// The clock of a zone's name.
  func clock(_ node: Node) -> WeekClock? {
    guard let name = context.value(node), let clock = WeekClock(name) else {
      return context.report(
        node, "unknown time zone", "use a name of the tz database, as Europe/Warsaw")
    }
    return clock
  }

  private func days(_ node: Node) -> UInt8? {
    guard let words = context.values(node) else { return nil }
    var days: UInt8 = 0
    for word in words {
      let ends = word.text.split(separator: "-", omittingEmptySubsequences: false)
        .map { ReceiptTime.dayNames.firstIndex(of: String($0)) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1]
      else {
        return context.report(
          word.node, "unknown day '\(word.text)'",
          "use \(Spelling.list(ReceiptTime.dayNames)), or mon-fri")
      }
      var day = first
      days |= 1 << UInt8(day)
      while day != last {
        day = (day + 1) % 7
        days |= 1 << UInt8(day)
      }
    }
    return days
  }

  private func hours(_ node: Node) -> [ReceiptTime.Hours]? {
    guard let words = context.values(node) else { return nil }
    var hours: [ReceiptTime.Hours] = []
    for word in words {
      guard let one = ReceiptTime.Hours(word.text) else {
        return context.report(
          word.node, "no hours of a day: '\(word.text)'", "write 9-17, 18-8 or 8:30-17:15")
      }
      hours.append(one)
    }
    return hours
  }
}
