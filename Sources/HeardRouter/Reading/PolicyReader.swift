internal import HeardDeadlines
internal import HeardSources
internal import Yams

/// Reads a policy, collecting every mistake with its place; start at ``read(_:digest:)``.
///
/// Declarations of all files come first (variables, queues, conditions), then what uses them, so
/// that a file may use what another one declares.
struct PolicyReader {
  static let version = "heard/1"
  /// What the policy's own file may say.
  static let topKeys = [
    "policy", "strategy", "time-zone", "include", "variables", "queues", "conditions", "fallback",
    "rules", "also", "promises",
  ]
  /// What only the policy's own file may say.
  private static let mainKeys: Set<String> = ["strategy", "time-zone", "fallback"]

  let context: PolicyContext
  var ids: [String: SourceLocation] = [:]
  var examples: [PolicyExample] = []

  init(file: String) {
    context = PolicyContext(file: file)
  }

  /// The policy of the files; nil when an error makes it unusable.
  mutating func read(_ files: [(file: String, root: Node)], digest: String) -> Policy? {
    var tops: [(file: String, root: Node, values: [String: Node])] = []
    for (index, one) in files.enumerated() {
      context.file = one.file
      guard let values = readTop(one.root, isMain: index == files.count - 1) else { return nil }
      tops.append((one.file, one.root, values))
    }
    for top in tops { declare(top.file, top.values) }
    guard let main = tops.last else { return nil }
    if context.queues.isEmpty {
      context.file = main.file
      context.note(
        main.values["queues"] ?? main.root, "there are no queues",
        "list them as 'queues: {billing: what it is for, …}'")
    }
    context.clock = main.values["time-zone"].flatMap { ConditionReader(context: context).clock($0) }
    let strategy = readStrategy(main.values["strategy"], main.root)
    let conditions = readConditions()
    context.file = main.file
    let fallback = readFallback(main.values["fallback"], main.root)
    var rules: [Rule] = []
    var additions: [Addition] = []
    var promises: [Promise] = []
    for top in tops {
      context.file = top.file
      rules += context.sequence(top.values["rules"], named: "rules").compactMap { readRule($0) }
      additions += context.sequence(top.values["also"], named: "also")
        .compactMap { readAddition($0) }
      promises += context.sequence(top.values["promises"], named: "promises")
        .compactMap { readPromise($0) }
    }
    guard let fallback, !context.hasErrors else { return nil }
    noteUnused()
    var policy = Policy(
      queues: context.queues, rules: PolicyReader.tried(rules, strategy), additions: additions,
      fallbackQueue: fallback.queue, fallbackPriority: fallback.priority, digest: digest)
    policy.strategy = strategy
    policy.promises = promises
    policy.examples = examples
    policy.conditions = conditions
    policy.fallbackLocation = fallback.location
    return policy
  }

  /// Rules in the order in which they are tried.
  static func tried(_ rules: [Rule], _ strategy: Strategy) -> [Rule] {
    guard strategy == .best else { return rules }
    return rules.enumerated().sorted { left, right in
      let one = (-left.element.weight, -left.element.condition.weight, left.offset)
      return one < (-right.element.weight, -right.element.condition.weight, right.offset)
    }.map(\.element)
  }

  private mutating func readTop(_ root: Node, isMain: Bool) -> [String: Node]? {
    let what = isMain ? "a policy" : "an included policy"
    guard var values = context.mapping(root, PolicyReader.topKeys, of: what) else { return nil }
    if context.text(values["policy"]) != PolicyReader.version {
      context.note(
        values["policy"] ?? root, "the policy does not say its version",
        "begin with 'policy: \(PolicyReader.version)'")
    }
    guard !isMain else { return values }
    for key in PolicyReader.mainKeys.sorted() {
      guard let node = values.removeValue(forKey: key) else { continue }
      context.note(
        node, "an included file has no '\(key)'", "say it in the file that includes it")
    }
    return values
  }

  /// Variables, queues and names of conditions of one file.
  private mutating func declare(_ file: String, _ values: [String: Node]) {
    context.file = file
    for (key, node) in entries(values["variables"], "variables") {
      guard let name = context.name(key, "a variable's name") else { continue }
      guard isUnique(key, "variable", name, context.variables[name]?.location) else { continue }
      context.variables[name] = .init(node: node, location: context.location(key))
    }
    for (key, node) in entries(values["queues"], "queues") {
      guard let name = context.name(key, "a queue's name") else { continue }
      guard name != Policy.asBefore else {
        context.note(key, "'\(name)' is no queue of its own", "it means: where it was before")
        continue
      }
      let known = context.queues.first { $0.name == name }
      guard isUnique(key, "queue", name, known?.location) else { continue }
      context.queues.append(
        Queue(name: name, description: context.text(node) ?? "", location: context.location(key)))
    }
    for (key, node) in entries(values["conditions"], "conditions") {
      guard let name = context.name(key, "a condition's name") else { continue }
      let known = context.names.declared[name]?.location
      guard isUnique(key, "condition", name, known) else { continue }
      context.names.declared[name] = .init(node: node, file: file, location: context.location(key))
      context.names.order.append(name)
    }
  }

  private func entries(_ node: Node?, _ what: String) -> [(key: Node, value: Node)] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
      context.note(node, "'\(what)' must be a mapping", "write 'name: value' lines")
      return []
    }
    return mapping.map { ($0.key, $0.value) }
  }

  private func isUnique(
    _ node: Node, _ what: String, _ name: String, _ first: SourceLocation?
  ) -> Bool {
    guard let first else { return true }
    context.note(node, "the \(what) '\(name)' is declared at \(first) already", "rename one")
    return false
  }

  private func readStrategy(_ node: Node?, _ root: Node) -> Strategy {
    guard let node else {
      context.problems.append(
        PolicyProblem(
          check: .noStrategy, severity: .note, location: context.location(root),
          message: "the policy does not say its strategy; the first rule that holds decides",
          hint: "write 'strategy: first' or 'strategy: best'"))
      return .first
    }
    guard let strategy = context.text(node).flatMap(Strategy.init(rawValue:)) else {
      context.unknown(node, "strategy", Strategy.allCases.map(\.rawValue))
      return .first
    }
    return strategy
  }

  private func readConditions() -> [NamedCondition] {
    context.names.order.compactMap { name in
      guard let declared = context.names.declared[name] else { return nil }
      context.file = declared.file
      let isUsed = context.names.used.contains(name)
      let read = ConditionReader(context: context).resolve(name, at: declared.node, depth: 0)
      // To read it here is not to use it.
      if !isUsed { context.names.used.remove(name) }
      guard case .named(_, let condition) = read else { return nil }
      return NamedCondition(name: name, condition: condition, location: declared.location)
    }
  }

  private func noteUnused() {
    for name in context.names.order where !context.names.used.contains(name) {
      guard let location = context.names.declared[name]?.location else { continue }
      warn(.unused, location, "nothing uses the condition '\(name)'", "use it or remove it")
    }
    for name in context.variables.keys.sorted() where !context.usedVariables.contains(name) {
      guard let location = context.variables[name]?.location else { continue }
      warn(.unused, location, "nothing uses the variable '$\(name)'", "use it or remove it")
    }
  }

  private func warn(
    _ check: PolicyCheck, _ location: SourceLocation, _ message: String, _ hint: String
  ) {
    context.problems.append(
      PolicyProblem(
        check: check, severity: .warning, location: location, message: message, hint: hint))
  }
}
