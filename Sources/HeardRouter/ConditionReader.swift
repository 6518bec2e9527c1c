internal import HeardClassifier
internal import HeardLexicon
internal import HeardMail
internal import HeardText
internal import Yams

/// Reads what a rule asks: `when: {class: complaint, anger: ">= 2"}`.
///
/// Several keys in one mapping must all hold; a list as a value means any of its items.
struct ConditionReader {
  /// Deeper nesting is a mistake, and recursion must end.
  private static let maximumDepth = 32
  private static let keys = [
    "all", "any", "not", "class", "tag", "signal", "anger", "sentiment", "score", "language",
    "sender", "recipient", "header", "automatic",
  ]
  private static let automaticKinds: [AutomaticKind] = [.autoReply, .bounce, .list, .bulk]

  let file: String
  private(set) var problems: [PolicyProblem] = []

  init(file: String) {
    self.file = file
  }

  mutating func read(_ node: Node, depth: Int) -> Condition? {
    guard case .mapping(let mapping) = node, !mapping.isEmpty else {
      return report(node, "a condition must be a mapping", "write e.g. {class: complaint}")
    }
    guard depth < ConditionReader.maximumDepth else {
      return report(node, "conditions are nested too deep", "split the rule")
    }
    let parts = mapping.map { key, value in part(key, value, depth: depth) }
    let read = parts.compactMap { $0 }
    guard read.count == parts.count else { return nil }
    return read.count == 1 ? read[0] : .all(read)
  }

  private mutating func part(_ key: Node, _ value: Node, depth: Int) -> Condition? {
    switch text(key) {
    case "all": return list(value, depth).map { .all($0) }
    case "any": return list(value, depth).map { .any($0) }
    case "not": return read(value, depth: depth + 1).map { .not($0) }
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
      return choices(value, "kind", ConditionReader.automaticKinds, \.rawValue)
        .map { .automatic(Set($0.map(\.rawValue))) }
    case "anger": return comparison(value, within: 0...3).map { .anger($0) }
    case "sentiment": return comparison(value, within: -1...1).map { .sentiment($0) }
    case "score": return scores(value)
    case "sender": return globs(value).map { .sender($0) }
    case "recipient": return globs(value).map { .recipient($0) }
    case "header": return headers(value)
    case let name:
      let guess = Spelling.nearest(to: name ?? "", among: ConditionReader.keys)
      return report(
        key, "unknown condition '\(name ?? "")'",
        guess.map { "did you mean '\($0)'?" } ?? "use \(Spelling.list(ConditionReader.keys))")
    }
  }

  private mutating func list(_ node: Node, _ depth: Int) -> [Condition]? {
    guard case .sequence(let sequence) = node, !sequence.isEmpty else {
      return report(node, "'all' and 'any' need a list", "write [{…}, {…}]")
    }
    let read = sequence.map { self.read($0, depth: depth + 1) }
    let parts = read.compactMap { $0 }
    return parts.count == read.count ? parts : nil
  }

  private mutating func choices<Choice: Hashable>(
    _ node: Node, _ what: String, _ all: [Choice], _ name: (Choice) -> String
  ) -> Set<Choice>? {
    let words = scalars(node)
    guard !words.isEmpty else {
      return report(node, "no \(what) is named", "write one, or a list in [ ]")
    }
    var chosen: Set<Choice> = []
    for word in words {
      guard let match = all.first(where: { name($0) == text(word) }) else {
        let names = all.map(name)
        let guess = Spelling.nearest(to: text(word) ?? "", among: names)
        return report(
          word, "unknown \(what) '\(text(word) ?? "")'",
          guess.map { "did you mean '\($0)'?" } ?? "use \(Spelling.list(names))")
      }
      chosen.insert(match)
    }
    return chosen
  }

  private mutating func comparison(_ node: Node, within range: ClosedRange<Double>) -> Comparison? {
    guard let written = text(node), let comparison = Comparison(written) else {
      return report(node, "not a comparison", "write a number or e.g. \">= 2\" in quotes")
    }
    guard range.contains(comparison.limit) else {
      return report(
        node, "the limit \(comparison.limit) is out of range",
        "use \(range.lowerBound) to \(range.upperBound)")
    }
    return comparison
  }

  private mutating func scores(_ node: Node) -> Condition? {
    guard case .mapping(let mapping) = node, !mapping.isEmpty else {
      return report(node, "'score' needs a mapping", "write {pricing-dispute: \">= 0.8\"}")
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

  private mutating func headers(_ node: Node) -> Condition? {
    guard case .mapping(let mapping) = node, !mapping.isEmpty else {
      return report(node, "'header' needs a mapping", "write {X-Shop: \"*outlet*\"}")
    }
    var parts: [Condition] = []
    for (key, value) in mapping {
      guard let name = text(key), let globs = globs(value) else { return nil }
      parts.append(.header(name: name, globs))
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func globs(_ node: Node) -> [Glob]? {
    let words = scalars(node).compactMap(text)
    guard !words.isEmpty, words.allSatisfy({ !$0.isEmpty }) else {
      return report(node, "no pattern", "write e.g. \"*@example.com\" in quotes")
    }
    return words.map(Glob.init)
  }

  private func scalars(_ node: Node) -> [Node] {
    if case .sequence(let sequence) = node { Array(sequence) } else { [node] }
  }

  private func text(_ node: Node) -> String? {
    if case .scalar(let scalar) = node { scalar.string } else { nil }
  }

  private mutating func report<Value>(_ node: Node, _ message: String, _ hint: String) -> Value? {
    problems.append(
      PolicyProblem(
        severity: .error,
        location: SourceLocation(
          file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1),
        message: message, hint: hint))
    return nil
  }
}
