internal import HeardDeadlines
internal import HeardSources
internal import Yams

/// What the readers of one policy share: the file that is read, what was declared, what was wrong.
///
/// A class, because a condition is read in the middle of reading another one; it lives for one
/// reading and is never shared between threads.
final class PolicyContext {
  /// A value or list that is written as `$name` elsewhere.
  struct Variable {
    let node: Node
    let location: SourceLocation
  }

  /// The file whose nodes are being read.
  var file: String
  var problems: [PolicyProblem] = []
  var variables: [String: Variable] = [:]
  var usedVariables: Set<String> = []
  var queues: [Queue] = []
  var clock: WeekClock?
  var names: ConditionNames = .init()

  init(file: String) {
    self.file = file
  }

  /// Whether something makes the policy unusable.
  var hasErrors: Bool { problems.contains { $0.severity == .error } }

  func location(_ node: Node) -> SourceLocation {
    SourceLocation(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  /// Notes an error.
  func note(_ node: Node, _ message: String, _ hint: String) {
    problems.append(
      PolicyProblem(severity: .error, location: location(node), message: message, hint: hint))
  }

  /// Notes an error and gives nil, for `return context.report(…)`.
  func report<Value>(_ node: Node, _ message: String, _ hint: String) -> Value? {
    note(node, message, hint)
    return nil
  }

  // MARK: YAML

  /// A scalar as it is written.
  func text(_ node: Node?) -> String? {
    guard case .scalar(let scalar)? = node else { return nil }
    return scalar.string
  }

  /// The values of a mapping that may have these keys only.
  func mapping(_ node: Node, _ keys: [String], of what: String) -> [String: Node]? {
    guard case .mapping(let mapping) = node else {
      return report(node, "\(what) must be a mapping", "write 'key: value' lines")
    }
    var values: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = text(key), keys.contains(name) else {
        unknown(key, "key", keys, " in \(what)")
        continue
      }
      values[name] = value
    }
    return values
  }

  /// Notes a word that is none of those allowed.
  func unknown(_ node: Node, _ what: String, _ allowed: [String], _ place: String = "") {
    let name = text(node) ?? ""
    let guess = Spelling.nearest(to: name, among: allowed).map { "did you mean '\($0)'?" }
    note(node, "unknown \(what) '\(name)'\(place)", guess ?? "use \(Spelling.list(allowed))")
  }

  func sequence(_ node: Node?, named what: String) -> [Node] {
    guard let node else { return [] }
    guard case .sequence(let sequence) = node else {
      note(node, "\(what) must be a list", "write '- item' lines or [a, b]")
      return []
    }
    return Array(sequence)
  }

  /// Whether a text can name a rule, queue, step or the like.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
  }

  /// A name that was written, when it is one and judges nobody.
  func name(_ node: Node, _ what: String) -> String? {
    guard let name = text(node), PolicyContext.isName(name) else {
      return report(node, "\(what) is lower-case letters, digits and hyphens", "rename it")
    }
    if let word = JudgingWords.first(in: name) {
      return report(
        node, "'\(name)' says who is right or what a customer is worth ('\(word)')",
        "heard never judges that; name what is to be done")
    }
    return name
  }
}

// MARK: - Variables

extension PolicyContext {
  /// A scalar with variables put in; nil, and noted, when one is unknown.
  ///
  /// `$name` stands for the variable's value, `$$` for a dollar.
  func value(_ node: Node) -> String? {
    guard let written = text(node) else { return nil }
    guard written.contains("$") else { return written }
    var result = ""
    var rest = written[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "$" {
        result += "$"
        rest = rest.dropFirst()
        continue
      }
      let name = String(rest.prefix { PolicyContext.isName(String($0)) })
      rest = rest.dropFirst(name.count)
      guard let variable = variable(name, at: node) else { return nil }
      guard let value = text(variable.node) else {
        return report(
          node, "'$\(name)' is a list and stands where one value is asked",
          "write '$\(name)' alone in a list of values")
      }
      result += value
    }
    return result + rest
  }

  /// One value or a list of them; a variable that is a list stands for its items.
  func values(_ node: Node) -> [(text: String, node: Node)]? {
    let items: [Node]
    if case .sequence(let sequence) = node { items = Array(sequence) } else { items = [node] }
    var values: [(text: String, node: Node)] = []
    for item in items {
      if let written = text(item), written.hasPrefix("$"),
        PolicyContext.isName(String(written.dropFirst()))
      {
        guard let variable = variable(String(written.dropFirst()), at: item) else { return nil }
        if case .sequence(let sequence) = variable.node {
          values += sequence.compactMap { part in text(part).map { ($0, item) } }
          continue
        }
      }
      guard let value = value(item) else {
        if text(item) == nil { note(item, "a value must be a word", "write [a, b]") }
        return nil
      }
      values.append((value, item))
    }
    return values
  }

  private func variable(_ name: String, at node: Node) -> Variable? {
    guard let variable = variables[name] else {
      let known = variables.keys.sorted()
      let guess = Spelling.nearest(to: name, among: known).map { "did you mean '$\($0)'?" }
      return report(
        node, "unknown variable '$\(name)'",
        guess ?? "declare it under 'variables:'; a dollar itself is written $$")
    }
    usedVariables.insert(name)
    return variable
  }
}

/// Conditions by their names, while they are read.
struct ConditionNames {
  struct Declared {
    let node: Node
    let file: String
    let location: SourceLocation
  }

  /// As they stand in the files.
  var declared: [String: Declared] = [:]
  /// In the order of the files.
  var order: [String] = []
  /// Those that were read; nil for one in error.
  var read: [String: Condition?] = [:]
  /// How many questions each asks, those of the names in it included.
  var sizes: [String: Int] = [:]
  /// Those being read, outermost first: a name in it would stand for itself.
  var open: [String] = []
  /// Those that something refers to.
  var used: Set<String> = []
}
