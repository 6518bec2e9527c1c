/// The phrases of all languages as one trie over element ids, and the forms that name elements.
///
/// A phrase is a path: an element (a word in any of its forms), a token class, or a gap a step. Node 0
/// is nobody; node 1 + the language's number is the root of a language, and has only class edges,
/// for the first word is looked up in `starts` without a search.
struct PhraseTable: Sendable {
  /// A node's edges lie together: word edges, then class edges, then gap edges.
  struct Node: Hashable {
    /// A bit for the element of each word edge (``PhraseTable/bit(_:)``): a spelling none of whose
    /// bits is here takes none of the edges.
    var elements: UInt64 = 0
    var firstEdge: UInt32
    var wordEdges: UInt32
    var firstEnd: UInt32
    var ends: UInt32
    var classEdges: UInt16
    var gapEdges: UInt16
    /// ``TokenClassBits`` of the class edges.
    var classes: UInt8 = 0
    /// As `classes`, with those of the nodes behind its gaps.
    var reachableClasses: UInt8 = 0
    /// Tokens that its longest gap skips.
    var reach: UInt8 = 0
    /// As `elements`, with those of the nodes behind its gaps: what some token within `reach` must
    /// have for the walk to go on.
    var reachable: UInt64 = 0

    var hasEdges: Bool { wordEdges != 0 || classEdges != 0 || gapEdges != 0 }
    var firstClass: Int { Int(firstEdge &+ wordEdges) }
    var firstGap: Int { firstClass &+ Int(classEdges) }
  }

  struct Edge: Hashable {
    /// Element, number of the token class, or length of the gap.
    var label: UInt32
    var target: UInt32
  }

  /// Longest reach of a match in tokens, gaps included: what fits a mask of 64 bits.
  static let longest = 64

  /// The node behind each element as first word, or 0.
  let starts: ContiguousArray<UInt32>
  let nodes: ContiguousArray<Node>
  let edges: ContiguousArray<Edge>
  let ends: ContiguousArray<UInt32>
  /// The word edges of all nodes.
  let edgeFilter: EdgeFilter
  /// What compounds there can be.
  let compounds: CompoundFilter
  private let image: ImageReader
  private let slotMask: Int

  /// Copies the trie out of an image and checks that its edges lead forward and inside.
  init(_ image: ImageReader) throws(CompiledLexiconError) {
    self.image = image
    let starts = ContiguousArray(image.words(.elements))
    let ends = ContiguousArray(image.words(.ends))
    let edges = ContiguousArray(
      (0..<image.count(.edges)).map { record in
        Edge(label: image.word(.edges, record, 0), target: image.word(.edges, record, 1))
      })
    let count = image.count(.nodes)
    guard count >= PhraseTrie.firstFreeNode else { throw image.damage(.nodes) }
    var nodes: ContiguousArray<Node> = []
    nodes.reserveCapacity(count)
    for record in 0..<count {
      let node = try Self.node(record, image, edges, endCount: ends.count)
      nodes.append(node)
    }
    let entryCount = image.count(.entries)
    Self.reachGaps(&nodes, edges)
    var filter = EdgeFilter(edges: edges.count)
    for (number, node) in nodes.enumerated() {
      for edge in edges[Int(node.firstEdge)..<node.firstClass] {
        filter.add(UInt32(truncatingIfNeeded: number), edge.label)
      }
    }
    edgeFilter = filter
    guard starts.allSatisfy({ $0 < count }) else { throw image.damage(.elements) }
    guard ends.allSatisfy({ $0 < entryCount }) else { throw image.damage(.ends) }
    slotMask = image.count(.slots) - 1
    guard slotMask >= 0, image.count(.slots) & slotMask == 0 else { throw image.damage(.slots) }
    compounds = CompoundFilter(words: image.words(.compounds))
    guard compounds.words.count == CompoundFilter.wordCount else { throw image.damage(.compounds) }
    self.starts = starts
    self.ends = ends
    self.edges = edges
    self.nodes = nodes
  }

  /// A node whose edges and ends are there, lead forward, and have labels that can be.
  private static func node(
    _ record: Int, _ image: ImageReader, _ edges: ContiguousArray<Edge>, endCount: Int
  ) throws(CompiledLexiconError) -> Node {
    func field(_ field: Int) -> UInt32 { image.word(.nodes, record, field) }
    guard let classEdges = UInt16(exactly: field(2)), let gapEdges = UInt16(exactly: field(3)),
      Int(field(0)) + Int(field(1)) + Int(classEdges) + Int(gapEdges) <= edges.count,
      Int(field(4)) + Int(field(5)) <= endCount
    else { throw image.damage(.nodes) }
    var node = Node(
      firstEdge: field(0), wordEdges: field(1), firstEnd: field(4), ends: field(5),
      classEdges: classEdges, gapEdges: gapEdges)
    for index in Int(node.firstEdge)..<node.firstGap + Int(gapEdges) {
      let edge = edges[index]
      // Forward edges cannot go in a circle, and a gap takes no token that would end one.
      guard edge.target > record, edge.target < image.count(.nodes) else {
        throw image.damage(.edges)
      }
      if index < node.firstClass {
        node.elements |= bit(edge.label)
      } else if index < node.firstGap {
        guard edge.label < TokenClass.allCases.count else { throw image.damage(.edges) }
        node.classes |= 1 << UInt8(edge.label)
      } else if edge.label > longest {
        throw image.damage(.edges)
      }
    }
    return node
  }

  /// Fills in what can be reached over gaps; edges have been checked.
  private static func reachGaps(
    _ nodes: inout ContiguousArray<Node>, _ edges: ContiguousArray<Edge>
  ) {
    for index in nodes.indices {
      var node = nodes[index]
      node.reachable = node.elements
      node.reachableClasses = node.classes
      for edge in edges[node.firstGap..<node.firstGap + Int(node.gapEdges)] {
        node.reachable |= nodes[Int(edge.target)].elements
        node.reachableClasses |= nodes[Int(edge.target)].classes
        node.reach = max(node.reach, UInt8(clamping: edge.label))
      }
      nodes[index] = node
    }
  }

  /// The bit of an element in sets that may hold too much and never too little.
  @inline(__always)
  static func bit(_ element: UInt32) -> UInt64 {
    1 &<< UInt64((element &* 0x9E37_79B1) &>> 26)
  }

  /// The root node of a language.
  static func root(_ language: UInt8) -> Int { 1 + Int(language) }

  /// Number of the form with exactly these bytes, or nil.
  func form(_ key: ArraySlice<UInt8>) -> Int? {
    let hash = FormHash.of(key)
    var slot = Int(hash) & slotMask
    for _ in 0...slotMask {
      let found = Int(image.word(.slots, slot, 0))
      if found == 0 { return nil }
      if image.word(.forms, found - 1, 0) == hash, found <= image.count(.forms),
        image.memory.equals(image.range(.forms, found - 1, 1), key)
      {
        return found - 1
      }
      slot = (slot + 1) & slotMask
    }
    return nil
  }

  /// What a form has in any of its postings.
  func flags(form: Int) -> PostingFlags { PostingFlags(rawValue: image.word(.forms, form, 5)) }

  /// Goes through the postings of a form, in the order of their elements.
  func postings(form: Int, _ take: (_ element: UInt32, _ flags: PostingFlags) -> Void) {
    let first = Int(image.word(.forms, form, 3))
    let end = min(first + Int(image.word(.forms, form, 4)), image.count(.postings))
    for posting in stride(from: first, to: end, by: 1) {
      let element = image.word(.postings, posting, 0)
      guard element < starts.count else { continue }
      take(element, PostingFlags(rawValue: image.word(.postings, posting, 1)))
    }
  }
}

/// The hash of a form's bytes (FNV-1a folded to 32 bits), the same when compiled and when read.
enum FormHash {
  static func of(_ key: some Sequence<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }
}
