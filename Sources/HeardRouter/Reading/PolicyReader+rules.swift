internal import HeardDeadlines
internal import HeardSources
internal import Yams

/// Rules, additions, promises and the fallback.
extension PolicyReader {
  private static let ruleKeys = [
    "id", "when", "queue", "priority", "steps", "obligations", "weight", "examples",
    "counterexamples",
  ]
  private static let additionKeys = [
    "id", "when", "steps", "obligations", "examples", "counterexamples",
  ]
  private static let promiseKeys = ["id", "when", "queue", "steps", "obligations"]
  private static let weightRange = -1000...1000

  func readFallback(_ node: Node?, _ root: Node) -> (
    queue: String, priority: Priority, location: SourceLocation
  )? {
    guard let node else {
      return context.report(
        root, "there is no fallback, so a message could be left without a queue",
        "add 'fallback: {queue: general, priority: normal}'")
    }
    guard let values = context.mapping(node, ["queue", "priority"], of: "the fallback"),
      let queue = queue(values["queue"], in: node)
    else { return nil }
    guard queue != Policy.asBefore else {
      return context.report(
        node, "the fallback must lead somewhere at once", "name one of the queues")
    }
    return (queue, priority(values["priority"]), context.location(node))
  }

  mutating func readRule(_ node: Node) -> Rule? {
    guard let values = context.mapping(node, PolicyReader.ruleKeys, of: "a rule") else {
      return nil
    }
    let id = readID(values["id"], in: node)
    var condition = readCondition(values["when"], in: node)
    let queue = queue(values["queue"], in: node)
    let priority = priority(values["priority"])
    let steps = names(values["steps"])
    let obligations = names(values["obligations"])
    let weight = weight(values["weight"])
    guard let id, let read = condition, let queue else { return nil }
    readExamples(values, of: id, isAddition: false)
    if queue == Policy.asBefore {
      // Where nobody knows where it was, the rule cannot hold: the policy stays total.
      condition = .all([read, .threadQueue(Set(context.queues.map(\.name)))])
    }
    return Rule(
      id: id, condition: condition ?? read, queue: queue, priority: priority, steps: steps,
      obligations: obligations, weight: weight, location: context.location(node))
  }

  mutating func readAddition(_ node: Node) -> Addition? {
    guard let values = context.mapping(node, PolicyReader.additionKeys, of: "an addition") else {
      return nil
    }
    let id = readID(values["id"], in: node)
    let condition = readCondition(values["when"], in: node)
    let steps = names(values["steps"])
    let obligations = names(values["obligations"])
    if steps.isEmpty && obligations.isEmpty {
      context.note(node, "the addition adds nothing", "give it steps or obligations")
    }
    guard let id, let condition else { return nil }
    readExamples(values, of: id, isAddition: true)
    return Addition(
      id: id, condition: condition, steps: steps, obligations: obligations,
      location: context.location(node))
  }

  mutating func readPromise(_ node: Node) -> Promise? {
    guard let values = context.mapping(node, PolicyReader.promiseKeys, of: "a promise") else {
      return nil
    }
    let id = readID(values["id"], in: node)
    let condition = readCondition(values["when"], in: node)
    let steps = names(values["steps"])
    let obligations = names(values["obligations"])
    let queues =
      values["queue"].map { node in
        ConditionReader(context: context)
          .choices(node, "queue", context.queues.map(\.name), \.self) ?? []
      } ?? []
    if steps.isEmpty && obligations.isEmpty && queues.isEmpty {
      context.note(node, "the promise promises nothing", "give it a queue, steps or obligations")
    }
    guard let id, let condition else { return nil }
    return Promise(
      id: id, condition: condition, queues: queues.sorted(), steps: steps,
      obligations: obligations, location: context.location(node))
  }

  private mutating func readExamples(
    _ values: [String: Node], of id: String, isAddition: Bool
  ) {
    let reader = ExampleReader(context: context)
    for (key, mustHold) in [("examples", true), ("counterexamples", false)] {
      for node in context.sequence(values[key], named: "'\(key)'") {
        guard let (subject, summary) = reader.read(node) else { continue }
        examples.append(
          PolicyExample(
            id: id, isAddition: isAddition, mustHold: mustHold, subject: subject,
            summary: summary, location: context.location(node)))
      }
    }
  }

  private mutating func readID(_ node: Node?, in parent: Node) -> String? {
    guard let node, let id = context.text(node), PolicyContext.isName(id), id != "fallback" else {
      return context.report(
        node ?? parent, "the rule has no id of its own",
        "add 'id:' with lower-case letters, digits and hyphens ('fallback' is taken)")
    }
    guard context.name(node, "an id") != nil else { return nil }
    if let first = ids[id] {
      context.note(node, "the id '\(id)' is taken by \(first)", "rename one of them")
    } else {
      ids[id] = context.location(node)
    }
    return id
  }

  private func readCondition(_ node: Node?, in parent: Node) -> Condition? {
    guard let node else {
      return context.report(
        parent, "the rule does not say when it holds",
        "add 'when:'; what holds for every message belongs in 'fallback'")
    }
    let reader = ConditionReader(context: context)
    return reader.read(node).flatMap { reader.bounded($0, at: node) }
  }

  private func queue(_ node: Node?, in parent: Node) -> String? {
    guard let node, let name = context.value(node) else {
      return context.report(node ?? parent, "the rule names no queue", "add 'queue:'")
    }
    let known = context.queues.map(\.name)
    guard known.contains(name) || name == Policy.asBefore else {
      let guess = Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
      return context.report(
        node, "unknown queue '\(name)'",
        guess ?? "add it to 'queues:' or use \(Spelling.list(known))")
    }
    return name
  }

  private func priority(_ node: Node?) -> Priority {
    guard let node else { return .normal }
    guard let priority = context.value(node).flatMap(Priority.init(rawValue:)) else {
      context.note(
        node, "unknown priority", "use \(Spelling.list(Priority.allCases.map(\.rawValue)))")
      return .normal
    }
    return priority
  }

  private func weight(_ node: Node?) -> Int {
    guard let node else { return 0 }
    guard let weight = context.value(node).flatMap(Int.init),
      PolicyReader.weightRange.contains(weight)
    else {
      context.note(node, "a weight is a whole number of -1000 to 1000", "write e.g. weight: 10")
      return 0
    }
    return weight
  }

  private func names(_ node: Node?) -> [String] {
    context.sequence(node, named: "a list").compactMap {
      context.name($0, "a step or obligation")
    }
  }
}
