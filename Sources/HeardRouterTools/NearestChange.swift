internal import HeardClassifier
internal import HeardLexicon
public import HeardRouter

/// What would have sent a message elsewhere: the fewest facts that would have to be different.
public struct NearestChange: Hashable, Sendable {
  /// A fact as it is and as it would have to be.
  public struct Change: Hashable, Sendable {
    /// As `anger: 1`.
    public var from: String
    /// As `anger: 2`.
    public var to: String
  }

  /// The rule that would decide; `fallback` for none.
  public var rule: String
  /// Where the message would go.
  public var queue: String
  /// The fewest there are.
  public var changes: [Change]
}

extension Policy {
  /// For every other queue that the message could go to: the least that would send it there.
  ///
  /// The fewest facts that must change, and of numbers the nearest; found by search over all facts,
  /// so that nothing less would do. What the classifier never says together is not proposed.
  ///
  /// - Returns: fewest changes first, one a queue; empty when the policy is too entangled to tell.
  public func nearestChanges(_ facts: Facts) -> [NearestChange] {
    var search = ChangeSearch(self, facts)
    guard !search.isExhausted else { return [] }
    let decision = decide(facts)
    var best: [String: (cost: Int, change: NearestChange)] = [:]
    func offer(_ node: DecisionDiagram.Node, _ rule: String, _ queue: String) {
      guard queue != decision.queue, let found = search.nearest(node),
        found.cost < best[queue]?.cost ?? .max
      else { return }
      best[queue] = (found.cost, NearestChange(rule: rule, queue: queue, changes: found.changes))
    }
    for (place, rule) in rules.enumerated() where rule.queue != Policy.asBefore {
      offer(search.decided[place], rule.id, rule.queue)
    }
    offer(search.rest, "fallback", fallbackQueue)
    return best.values.sorted {
      ($0.cost, $0.change.queue) < ($1.cost, $1.change.queue)
    }.map(\.change)
  }
}

/// Looks for the members of sets that are nearest to one message.
private struct ChangeSearch {
  /// A fact more costs more than any distance between numbers.
  private static let fact = 1000

  private var space: FactSpace
  private let here: [Int]
  private let complaints: DecisionDiagram.Node
  /// What each rule decides.
  let decided: [DecisionDiagram.Node]
  /// What no rule takes.
  let rest: DecisionDiagram.Node

  init(_ policy: Policy, _ facts: Facts) {
    let checker = PolicyChecker(policy)
    space = checker.space
    decided = checker.decided
    rest = checker.rest
    here = space.place(facts)
    complaints = space.set(.messageClass([.complaint]))
  }

  var isExhausted: Bool { space.diagram.isExhausted }

  mutating func nearest(
    _ node: DecisionDiagram.Node
  ) -> (cost: Int, changes: [NearestChange.Change])? {
    let elsewhere = space.diagram.less(node, complaints)
    let among = space.diagram.and(node, complaints)
    let others = search(elsewhere, hasTags: false)
    let complaint = search(among, hasTags: true)
    guard let others else { return complaint }
    return complaint.map { $0.cost <= others.cost ? $0 : others } ?? others
  }

  /// - Parameter hasTags: only complaints have; what is none loses them without further ado.
  private func search(
    _ node: DecisionDiagram.Node, hasTags: Bool
  ) -> (cost: Int, changes: [NearestChange.Change])? {
    func isFree(_ variable: Int) -> Bool {
      if case .tag = space.variables[variable] { !hasTags } else { false }
    }
    let found = space.diagram.nearest(node) { variable, cell in
      cell == here[variable] || isFree(variable)
        ? 0 : ChangeSearch.fact + abs(cell - here[variable])
    }
    guard let found else { return nil }
    let changes = found.cells.sorted { $0.key < $1.key }
      .filter { $0.value != here[$0.key] && !isFree($0.key) }
      .map { place, cell in
        NearestChange.Change(
          from: space.cells[place][here[place]].text, to: space.cells[place][cell].text)
      }
    return (found.cost, changes)
  }
}
