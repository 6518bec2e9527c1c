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
  /// A node is made after the one that leads to it, so every edge leads forward.
  func write(into image: inout ImageWriter, elementCount: Int) {
    var starts = [UInt32](repeating: 0, count: elementCount)
    for (index, node) in nodes.enumerated() {
      var kinds: [[(label: UInt32, target: UInt32)]] = [[], [], []]
      for (step, target) in node.edges {
        switch step {
        case .elements(let elements):
          for element in elements {
            if index < Self.firstFreeNode {
              starts[Int(element)] = UInt32(target)
            } else {
              kinds[0].append((element, UInt32(target)))
            }
          }
        case .tokenClass(let kind):
          let number = TokenClass.allCases.firstIndex(of: kind) ?? 0
          kinds[1].append((UInt32(number), UInt32(target)))
        case .gap(let maximum):
          kinds[2].append((UInt32(maximum), UInt32(target)))
        }
      }
      image.add(
        [
          UInt32(image.count(of: .edges)), UInt32(kinds[0].count), UInt32(kinds[1].count),
          UInt32(kinds[2].count), UInt32(image.count(of: .ends)), UInt32(node.ends.count),
        ], to: .nodes)
      for edges in kinds {
        for edge in edges.sorted(by: { ($0.label, $0.target) < ($1.label, $1.target) }) {
          image.add([edge.label, edge.target], to: .edges)
        }
      }
      for entry in node.ends.sorted() { image.add([entry], to: .ends) }
    }
    image.set(.elements, starts)
  }
}
