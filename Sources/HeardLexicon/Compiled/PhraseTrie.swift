import HeardText

/// Builds the trie of ``PhraseTable``.
struct PhraseTrie {
  /// Nodes 0 and the languages' roots are there from the start.
  static let firstFreeNode = 1 + Language.allCases.count

  private struct Node {
    var edges: [PhraseStep: Int] = [:]
    var ends: [UInt32] = []
  }

  private var nodes = [Node](repeating: Node(), count: firstFreeNode)

  /// Adds a sequence that ends an entry; the first step is never a gap.
  mutating func add(_ steps: [PhraseStep], language: Language, entry: UInt32) {
    // A first word is looked up by its element, which has one node.
    if case .elements(let elements)? = steps.first, elements.count > 1 {
      for element in elements {
        add([.elements([element])] + steps.dropFirst(), language: language, entry: entry)
      }
      return
    }
    var node = PhraseTable.root(language.rawValue)
    for step in steps {
      if let next = nodes[node].edges[step] {
        node = next
      } else {
        nodes.append(Node())
        nodes[node].edges[step] = nodes.count - 1
        node = nodes.count - 1
      }
    }
    if !nodes[node].ends.contains(entry) { nodes[node].ends.append(entry) }
  }

  /// Writes nodes, edges, ends, and the first node of each element.
  ///
  /// A step by any of several elements is an edge for each, all to the same node; so an element may
  /// have edges to several nodes.
  /// A node is made after the one that leads to it, so every edge leads forward. Nodes from which
  /// everything is the same are written once, as the last of them, to which edges still lead forward:
  /// a pattern that begins with one of ten words has one rest and not ten.
  func write(into image: inout ImageWriter, elementCount: Int) {
    var starts = [UInt32](repeating: 0, count: elementCount)
    var shapes = [Shape](repeating: Shape(), count: nodes.count)
    // For each node the one that stands for it.
    var same = Array(nodes.indices)
    var known: [Shape: Int] = [:]
    for index in nodes.indices.reversed() {
      shapes[index] = shape(of: index, same, &starts)
      if index < Self.firstFreeNode { continue }
      same[index] = known[shapes[index]] ?? index
      if same[index] == index { known[shapes[index]] = index }
    }
    var numbers = [UInt32](repeating: 0, count: nodes.count)
    var count: UInt32 = 0
    for index in nodes.indices where same[index] == index {
      numbers[index] = count
      count += 1
    }
    for index in nodes.indices where same[index] == index {
      let shape = shapes[index]
      image.add(
        [
          UInt32(image.count(of: .edges)), UInt32(shape.words.count), UInt32(shape.classes.count),
          UInt32(shape.gaps.count), UInt32(image.count(of: .ends)), UInt32(shape.ends.count),
        ], to: .nodes)
      for edges in [shape.words, shape.classes, shape.gaps] {
        let renumbered = edges.map { Edge(label: $0.label, target: numbers[Int($0.target)]) }
        for edge in renumbered.sorted() { image.add([edge.label, edge.target], to: .edges) }
      }
      for entry in shape.ends { image.add([entry], to: .ends) }
    }
    image.set(.elements, starts.map { $0 == 0 ? 0 : numbers[same[Int($0)]] })
  }

  private struct Edge: Hashable, Comparable {
    var label: UInt32
    var target: UInt32

    static func < (one: Edge, other: Edge) -> Bool {
      (one.label, one.target) < (other.label, other.target)
    }
  }

  /// What a node leads to, in an order of its own.
  private struct Shape: Hashable {
    var words: [Edge] = []
    var classes: [Edge] = []
    var gaps: [Edge] = []
    var ends: [UInt32] = []
  }

  /// The shape of a node whose followers have been looked at; words behind a root become starts.
  private func shape(of index: Int, _ same: [Int], _ starts: inout [UInt32]) -> Shape {
    var shape = Shape()
    shape.ends = nodes[index].ends.sorted()
    for (step, next) in nodes[index].edges {
      let target = UInt32(same[next])
      switch step {
      case .elements(let elements):
        for element in elements {
          if index < Self.firstFreeNode {
            starts[Int(element)] = target
          } else {
            shape.words.append(Edge(label: element, target: target))
          }
        }
      case .tokenClass(let kind):
        let number = TokenClass.allCases.firstIndex(of: kind) ?? 0
        shape.classes.append(Edge(label: UInt32(number), target: target))
      case .gap(let maximum):
        shape.gaps.append(Edge(label: UInt32(maximum), target: target))
      }
    }
    shape.words.sort()
    shape.classes.sort()
    shape.gaps.sort()
    return shape
  }
}
