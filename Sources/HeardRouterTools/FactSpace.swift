internal import HeardClassifier
internal import HeardDeadlines
internal import HeardLexicon
internal import HeardMail
internal import HeardRouter
internal import HeardSources
internal import HeardText

/// All messages there can be, as far as the conditions of a policy tell them apart.
///
/// Conditions become sets of facts. The space may hold combinations that no message has (it knows
/// the laws between facts that ``possible`` states, and no more), never the other way round: what is
/// said to be impossible is proved, what is said to be possible may not be.
struct FactSpace {
  private(set) var variables: [FactVariable]
  private(set) var cells: [[FactVariable.Cell]]
  private(set) var index: [FactVariable: Int] = [:]
  private let questions: FactQuestions
  var diagram = DecisionDiagram()
  /// Facts that do not contradict each other.
  private(set) var possible = DecisionDiagram.all

  init(_ policy: Policy) {
    let conditions =
      policy.rules.map(\.condition) + policy.additions.map(\.condition)
      + policy.conditions.map(\.condition) + policy.promises.map(\.condition)
    let questions = FactQuestions(conditions, queues: policy.queues.map(\.name))
    self.questions = questions
    // Sorted by their texts too, so that the same policy gives the same answers.
    let all = questions.variables.map { ($0, $0.cells(questions)) }.sorted {
      ($0.0.rank, $0.1.last?.text ?? "") < ($1.0.rank, $1.1.last?.text ?? "")
    }
    variables = all.map(\.0)
    cells = all.map(\.1)
    for (place, variable) in variables.enumerated() { index[variable] = place }
    possible = diagram.and(laws())
  }

  // MARK: Conditions

  /// The facts that meet a condition, possible or not.
  mutating func set(_ condition: Condition) -> DecisionDiagram.Node {
    switch condition {
    case .all(let parts):
      var result = DecisionDiagram.all
      for part in parts { result = diagram.and(result, set(part)) }
      return result
    case .any(let parts):
      var result = DecisionDiagram.none
      for part in parts { result = diagram.or(result, set(part)) }
      return result
    case .not(let part): return diagram.not(set(part))
    case .named(_, let part): return set(part)
    case .messageClass(let classes):
      return literal(.messageClass, MessageClass.allCases.map(classes.contains))
    case .tag(let tags): return either(tags.map { .tag($0) })
    case .signal(let signals): return either(signals.map { .signal($0) })
    case .zone(let zones): return either(zones.map { .zone($0) })
    case .anger(let comparison): return compare(.anger, comparison)
    case .sentiment(let comparison): return compare(.sentiment, comparison)
    case .score(let kind, let comparison): return compare(.score(kind), comparison)
    case .language(let languages):
      return literal(.language, Language.allCases.map(languages.contains))
    case .automatic(let kinds):
      return literal(
        .automatic, [false] + Condition.automaticKinds.map { kinds.contains($0.rawValue) })
    case .sender(let globs): return either(FactQuestions.matches(.sender, globs))
    case .recipient(let globs): return either(FactQuestions.matches(.recipient, globs))
    case .header(let name, let globs):
      return either(FactQuestions.matches(.header(name.lowercased()), globs))
    case .contacts(let comparison): return known(compare(.contacts, comparison))
    case .handOvers(let comparison): return known(compare(.handOvers, comparison))
    case .trend(let trends):
      return known(literal(.trend, ThreadFacts.AngerTrend.allCases.map(trends.contains)))
    case .threadQueue(let queues):
      return known(literal(.threadQueue, [false] + questions.queues.map(queues.contains)))
    case .received(let time):
      let firsts = questions.weeks[time.clock]?.firsts ?? []
      return literal(.received(time.clock), [false] + firsts.map { time.contains(minute: $0) })
    }
  }

  /// The cells for which `holds` is true; a variable that nobody asks about tells nothing apart.
  mutating func literal(_ variable: FactVariable, _ holds: [Bool]) -> DecisionDiagram.Node {
    guard let place = index[variable] else { return DecisionDiagram.all }
    return diagram.literal(place, holds)
  }

  private mutating func yes(_ variable: FactVariable) -> DecisionDiagram.Node {
    literal(variable, [false, true])
  }

  private mutating func either(_ variables: [FactVariable]) -> DecisionDiagram.Node {
    var result = DecisionDiagram.none
    for variable in variables { result = diagram.or(result, yes(variable)) }
    return result
  }

  private mutating func compare(
    _ variable: FactVariable, _ comparison: Comparison
  ) -> DecisionDiagram.Node {
    guard let place = index[variable] else { return DecisionDiagram.all }
    return diagram.literal(place, cells[place].map { comparison.holds($0.number) })
  }

  private mutating func known(_ node: DecisionDiagram.Node) -> DecisionDiagram.Node {
    diagram.and(yes(.thread), node)
  }

  // MARK: Laws

  /// What the classifier never says together, and what patterns say of each other.
  private mutating func laws() -> [DecisionDiagram.Node] {
    let classes = MessageClass.allCases
    let complaint = literal(.messageClass, classes.map { $0 == .complaint })
    let automatic = literal(.messageClass, classes.map { $0 == .auto })
    var laws: [DecisionDiagram.Node] = []
    if index[.automatic] != nil {
      let none = literal(.automatic, [true] + Condition.automaticKinds.map { _ in false })
      laws.append(diagram.not(diagram.and(automatic, none)))
      laws.append(diagram.or(automatic, none))
    }
    if index[.language] != nil {
      // A message in another language is not judged further.
      let other = literal(.language, Language.allCases.map { $0 == .other })
      let quiet = literal(.messageClass, classes.map { $0 == .auto || $0 == .other })
      laws.append(diagram.or(diagram.not(other), quiet))
    }
    for kind in EvidenceKind.scores {
      let high = compare(.score(kind), Comparison(.atLeast, 0.5))
      if kind == .complaint {
        if index[.score(kind)] != nil { laws.append(diagram.or(diagram.not(complaint), high)) }
      } else if index[.tag(kind)] != nil {
        // A tag is a high score of a complaint; nothing else has tags.
        let tag = yes(.tag(kind))
        laws.append(diagram.or(diagram.not(tag), diagram.and(complaint, high)))
        if index[.score(kind)] != nil {
          laws.append(diagram.or(tag, diagram.not(diagram.and(complaint, high))))
        }
      }
    }
    return laws + timeLaws() + matchLaws()
  }

  /// The time of receipt is known by every clock or by none.
  private mutating func timeLaws() -> [DecisionDiagram.Node] {
    let clocks = variables.filter { $0.rank == FactVariable.received(.utc).rank }
    var unknown: [DecisionDiagram.Node] = []
    for clock in clocks {
      guard let place = index[clock] else { continue }
      unknown.append(diagram.literal(place, cells[place].indices.map { $0 == 0 }))
    }
    guard unknown.count > 1 else { return [] }
    let none = diagram.and(unknown)
    return [diagram.or(none, diagram.not(diagram.or(unknown)))]
  }

  private mutating func matchLaws() -> [DecisionDiagram.Node] {
    let matches = variables.compactMap { variable -> FactVariable.Match? in
      if case .match(let match) = variable { match } else { nil }
    }
    // Pairs grow with the square; a policy with more tells enough apart without them.
    guard matches.count <= 200 else { return [] }
    var laws: [DecisionDiagram.Node] = []
    for one in matches {
      let holds = yes(.match(one))
      if one.field == .sender, one.globs.contains(where: \.matchesAll) { laws.append(holds) }
      for other in matches where other != one {
        if one.implies(other) {
          laws.append(diagram.or(diagram.not(holds), yes(.match(other))))
        } else if one.excludes(other) {
          laws.append(diagram.not(diagram.and(holds, yes(.match(other)))))
        }
      }
    }
    return laws
  }

  // MARK: Facts

  /// The cell of each variable that a message is in.
  func place(_ facts: Facts) -> [Int] {
    variables.indices.map { cell(variables[$0], cells[$0], facts) }
  }

  private func cell(
    _ variable: FactVariable, _ cells: [FactVariable.Cell], _ facts: Facts
  ) -> Int {
    let assessment = facts.assessment
    func nearest(_ value: Double) -> Int {
      // A value between two limits is in the cell between them.
      if let exact = cells.firstIndex(where: { $0.number == value }) { return exact }
      let above = cells.firstIndex { $0.number > value } ?? cells.count - 1
      // Limits and what lies between them take turns.
      return max(0, above.isMultiple(of: 2) ? above - 1 : above)
    }
    func position<Item: Equatable>(_ items: [Item], _ item: Item) -> Int {
      items.firstIndex(of: item) ?? 0
    }
    switch variable {
    case .messageClass: return position(MessageClass.allCases, assessment.messageClass)
    case .tag(let kind): return assessment.tags.contains(kind) ? 1 : 0
    case .signal(let kind): return assessment.signals.contains(kind) ? 1 : 0
    case .zone(let zone): return facts.zones.contains(ZoneSet(zone)) ? 1 : 0
    case .anger: return min(3, max(0, assessment.anger))
    case .language: return position(Language.allCases, assessment.language)
    case .automatic:
      return facts.automatic.map { position(Condition.automaticKinds, $0) + 1 } ?? 0
    case .sentiment: return nearest(assessment.sentiment)
    case .score(let kind): return nearest(assessment.score(kind))
    case .thread: return facts.thread == nil ? 0 : 1
    case .contacts: return count(cells, facts.thread?.contacts)
    case .handOvers: return count(cells, facts.thread?.handOvers)
    case .trend:
      return position(ThreadFacts.AngerTrend.allCases, facts.thread?.trend ?? .steady)
    case .threadQueue:
      return facts.thread?.queue.flatMap { questions.queues.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    case .received(let clock):
      guard let received = facts.received, let parts = questions.weeks[clock]?.part else {
        return 0
      }
      return parts[clock.minuteOfWeek(at: received)] + 1
    case .match(let match): return match.holds(facts) ? 1 : 0
    }
  }

  /// The largest of the counts that is not above the number.
  private func count(_ cells: [FactVariable.Cell], _ number: Int?) -> Int {
    cells.lastIndex { $0.number <= Double(number ?? 0) } ?? 0
  }
}
