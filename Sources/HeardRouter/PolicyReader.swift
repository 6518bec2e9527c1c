internal import HeardLexicon
internal import Yams

/// Reads a policy file, collecting every mistake with its place; start at ``read(_:digest:)``.
struct PolicyReader {
  static let version = "heard/1"
  private static let topKeys = ["policy", "queues", "fallback", "rules", "also"]
  private static let ruleKeys = ["id", "when", "queue", "priority", "steps", "obligations"]
  private static let additionKeys = ["id", "when", "steps", "obligations"]

  let file: String
  private(set) var problems: [PolicyProblem] = []
  private var queues: [Queue] = []
  private var ids: [String: SourceLocation] = [:]

  init(file: String) {
    self.file = file
  }

  /// The policy of the file's root node; nil when an error makes it unusable.
  mutating func read(_ root: Node, digest: String) -> Policy? {
    guard let top = mapping(root, PolicyReader.topKeys, of: "a policy") else { return nil }
    if text(top["policy"]) != PolicyReader.version {
      report(
        top["policy"] ?? root, "the policy does not say its version",
        "begin with 'policy: \(PolicyReader.version)'")
    }
    queues = readQueues(top["queues"], root)
    let fallback = readFallback(top["fallback"], root)
    let rules = sequence(top["rules"], named: "rules").compactMap { readRule($0) }
    let additions = sequence(top["also"], named: "also").compactMap { readAddition($0) }
    guard let fallback, !problems.contains(where: { $0.severity == .error }) else { return nil }
    let policy = Policy(
      queues: queues, rules: rules, additions: additions, fallbackQueue: fallback.queue,
      fallbackPriority: fallback.priority, digest: digest)
    problems += PolicyCheck.warnings(policy, file: file)
    return policy
  }

  private mutating func readQueues(_ node: Node?, _ root: Node) -> [Queue] {
    guard let node, case .mapping(let mapping) = node, !mapping.isEmpty else {
      report(
        node ?? root, "there are no queues",
        "list them as 'queues: {billing: what it is for, …}'")
      return []
    }
    return mapping.compactMap { key, value in
      guard let name = text(key), isName(name) else {
        report(key, "a queue's name is lower-case letters, digits and hyphens", "rename it")
        return nil
      }
      return Queue(name: name, description: text(value) ?? "", location: location(key))
    }
  }

  private mutating func readFallback(_ node: Node?, _ root: Node) -> (
    queue: String, priority: Priority
  )? {
    guard let node else {
      report(
        root, "there is no fallback, so a message could be left without a queue",
        "add 'fallback: {queue: general, priority: normal}'")
      return nil
    }
    guard let values = mapping(node, ["queue", "priority"], of: "the fallback"),
      let queue = queue(values["queue"], in: node)
    else { return nil }
    return (queue, priority(values["priority"]))
  }

  private mutating func readRule(_ node: Node) -> Rule? {
    guard let values = mapping(node, PolicyReader.ruleKeys, of: "a rule") else { return nil }
    let id = readID(values["id"], in: node)
    let condition = readCondition(values["when"], in: node)
    let queue = queue(values["queue"], in: node)
    let priority = priority(values["priority"])
    let steps = names(values["steps"])
    let obligations = names(values["obligations"])
    guard let id, let condition, let queue else { return nil }
    return Rule(
      id: id, condition: condition, queue: queue, priority: priority, steps: steps,
      obligations: obligations, location: location(node))
  }

  private mutating func readAddition(_ node: Node) -> Addition? {
    guard let values = mapping(node, PolicyReader.additionKeys, of: "an addition") else {
      return nil
    }
    let id = readID(values["id"], in: node)
    let condition = readCondition(values["when"], in: node)
    let steps = names(values["steps"])
    let obligations = names(values["obligations"])
    if steps.isEmpty && obligations.isEmpty {
      report(node, "the addition adds nothing", "give it steps or obligations")
    }
    guard let id, let condition else { return nil }
    return Addition(
      id: id, condition: condition, steps: steps, obligations: obligations,
      location: location(node))
  }

  private mutating func readID(_ node: Node?, in parent: Node) -> String? {
    guard let node, let id = text(node), isName(id), id != "fallback" else {
      report(
        node ?? parent, "the rule has no id of its own",
        "add 'id:' with lower-case letters, digits and hyphens ('fallback' is taken)")
      return nil
    }
    if let first = ids[id] {
      report(node, "the id '\(id)' is taken by \(first)", "rename one of them")
    } else {
      ids[id] = location(node)
    }
    return id
  }

  private mutating func readCondition(_ node: Node?, in parent: Node) -> Condition? {
    guard let node else {
      report(
        parent, "the rule does not say when it holds",
        "add 'when:'; what holds for every message belongs in 'fallback'")
      return nil
    }
    var reader = ConditionReader(file: file)
    let condition = reader.read(node, depth: 0)
    problems += reader.problems
    return condition
  }

  private mutating func queue(_ node: Node?, in parent: Node) -> String? {
    guard let node, let name = text(node) else {
      report(node ?? parent, "the rule names no queue", "add 'queue:'")
      return nil
    }
    let known = queues.map(\.name)
    guard known.contains(name) else {
      let guess = Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
      report(
        node, "unknown queue '\(name)'",
        guess ?? "add it to 'queues:' or use \(Spelling.list(known))")
      return nil
    }
    return name
  }

  private mutating func priority(_ node: Node?) -> Priority {
    guard let node else { return .normal }
    guard let name = text(node), let priority = Priority(rawValue: name) else {
      report(
        node, "unknown priority",
        "use \(Spelling.list(Priority.allCases.map(\.rawValue)))")
      return .normal
    }
    return priority
  }

  private mutating func names(_ node: Node?) -> [String] {
    sequence(node, named: "a list").compactMap { item in
      guard let name = text(item), isName(name) else {
        report(item, "a step or obligation is lower-case letters, digits and hyphens", "rename it")
        return nil
      }
      return name
    }
  }
}

// MARK: - YAML

extension PolicyReader {
  private func location(_ node: Node) -> SourceLocation {
    SourceLocation(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  private mutating func report(_ node: Node, _ message: String, _ hint: String) {
    problems.append(
      PolicyProblem(severity: .error, location: location(node), message: message, hint: hint))
  }

  private mutating func mapping(_ node: Node, _ keys: [String], of what: String) -> [String: Node]?
  {
    guard case .mapping(let mapping) = node else {
      report(node, "\(what) must be a mapping", "write 'key: value' lines")
      return nil
    }
    var values: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = text(key), keys.contains(name) else {
        let name = text(key) ?? ""
        let guess = Spelling.nearest(to: name, among: keys).map { "did you mean '\($0)'?" }
        report(key, "unknown key '\(name)' in \(what)", guess ?? "use \(Spelling.list(keys))")
        continue
      }
      values[name] = value
    }
    return values
  }

  private mutating func sequence(_ node: Node?, named what: String) -> [Node] {
    guard let node else { return [] }
    guard case .sequence(let sequence) = node else {
      report(node, "\(what) must be a list", "write '- item' lines or [a, b]")
      return []
    }
    return Array(sequence)
  }

  private func text(_ node: Node?) -> String? {
    guard case .scalar(let scalar)? = node else { return nil }
    return scalar.string
  }

  private func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
  }
}
