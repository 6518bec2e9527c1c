internal import HeardRouter

/// Sets of facts, as decision diagrams: ordered, reduced, each set once.
///
/// A node asks one variable and has a child for each of its cells; 0 is the empty set and 1 is
/// everything. Equal sets are equal numbers, so that "is it empty" and "are they the same" are
/// comparisons. Start at ``FactSpace``, which makes the variables.
struct DecisionDiagram {
  /// A set.
  typealias Node = Int32
  /// No facts.
  static let none: Node = 0
  /// All facts.
  static let all: Node = 1

  private struct Branch: Hashable {
    let variable: Int
    let children: [Node]
  }

  private struct Pair: Hashable {
    let left: Node
    let right: Node
  }

  /// More nodes than this, and the question counts as too large.
  private let limit: Int
  private var branches: [Branch] = []
  private var known: [Branch: Node] = [:]
  private var meets: [Pair: Node] = [:]
  private var complements: [Node: Node] = [:]
  /// Whether the limit was met: what was made since is not to be trusted.
  private(set) var isExhausted = false

  init(limit: Int = 100_000) {
    self.limit = limit
  }

  /// The set in which the variable is in one of the cells for which `holds` is true.
  mutating func literal(_ variable: Int, _ holds: [Bool]) -> Node {
    make(variable, holds.map { $0 ? DecisionDiagram.all : DecisionDiagram.none })
  }

  mutating func and(_ left: Node, _ right: Node) -> Node {
    if left == right || right == DecisionDiagram.all { return left }
    if left == DecisionDiagram.all { return right }
    if left == DecisionDiagram.none || right == DecisionDiagram.none {
      return DecisionDiagram.none
    }
    let pair = Pair(left: min(left, right), right: max(left, right))
    if let done = meets[pair] { return done }
    guard meets.count < 4 * limit else {
      isExhausted = true
      return DecisionDiagram.none
    }
    let one = branches[Int(left) - 2]
    let other = branches[Int(right) - 2]
    let variable = min(one.variable, other.variable)
    let count = one.variable == variable ? one.children.count : other.children.count
    var children: [Node] = []
    for cell in 0..<count {
      children.append(
        and(
          one.variable == variable ? one.children[cell] : left,
          other.variable == variable ? other.children[cell] : right))
    }
    let node = make(variable, children)
    meets[pair] = node
    return node
  }

  mutating func not(_ node: Node) -> Node {
    if node < 2 { return 1 - node }
    if let done = complements[node] { return done }
    let branch = branches[Int(node) - 2]
    var children: [Node] = []
    for child in branch.children { children.append(not(child)) }
    let complement = make(branch.variable, children)
    complements[node] = complement
    return complement
  }

  mutating func or(_ left: Node, _ right: Node) -> Node { not(and(not(left), not(right))) }

  mutating func and(_ nodes: [Node]) -> Node {
    var result = DecisionDiagram.all
    for node in nodes { result = and(result, node) }
    return result
  }

  mutating func or(_ nodes: [Node]) -> Node {
    var result = DecisionDiagram.none
    for node in nodes { result = or(result, node) }
    return result
  }

  /// What is in the left and not in the right.
  mutating func less(_ left: Node, _ right: Node) -> Node { and(left, not(right)) }

  /// The member nearest to some facts: the cells that must differ, the fewest there are.
  ///
  /// - Parameters:
  ///   - cells: the facts, a cell a variable.
  ///   - cost: what it costs to move a variable to a cell; 0 for the one it is in.
  /// - Returns: cells by variable, only those that the set asks about; nil when it is empty.
  func nearest(
    _ node: Node, cost: (_ variable: Int, _ cell: Int) -> Int
  ) -> (cost: Int, cells: [Int: Int])? {
    var best: [Node: (cost: Int, cell: Int)] = [:]
    func price(_ node: Node) -> Int? {
      if node == DecisionDiagram.none { return nil }
      if node == DecisionDiagram.all { return 0 }
      if let done = best[node] { return done.cost == .max ? nil : done.cost }
      let branch = branches[Int(node) - 2]
      var found: (cost: Int, cell: Int) = (.max, 0)
      for (cell, child) in branch.children.enumerated() {
        guard let rest = price(child) else { continue }
        let total = rest + cost(branch.variable, cell)
        if total < found.cost { found = (total, cell) }
      }
      best[node] = found
      return found.cost == .max ? nil : found.cost
    }
    guard let total = price(node) else { return nil }
    var cells: [Int: Int] = [:]
    var place = node
    while place > 1, let choice = best[place] {
      let branch = branches[Int(place) - 2]
      cells[branch.variable] = choice.cell
      place = branch.children[choice.cell]
    }
    return (total, cells)
  }

  private mutating func make(_ variable: Int, _ children: [Node]) -> Node {
    if let first = children.first, children.allSatisfy({ $0 == first }) { return first }
    let branch = Branch(variable: variable, children: children)
    if let node = known[branch] { return node }
    guard branches.count < limit else {
      isExhausted = true
      return DecisionDiagram.none
    }
    branches.append(branch)
    let node = Node(branches.count + 1)
    known[branch] = node
    return node
  }
}
