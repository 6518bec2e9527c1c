/// The phrases of all languages as one trie over element ids, and the forms that name elements.
///
/// A phrase is a path: an element (a word in any of its forms), a token class, or a gap a step. Node 0
/// is nobody; node 1 + the language's number is the root of a language, and has only class edges,
/// for the first word is looked up in `starts` without a search.
struct PhraseTable: Sendable {
  /// A node's edges lie together: word edges, then class edges, then gap edges.
  struct Node: Hashable {
    var firstEdge: UInt32
    var wordEdges: UInt32
    var classEdges: UInt32
    var gapEdges: UInt32
    var firstEnd: UInt32
    var ends: UInt32
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
  private let image: ImageReader
  private let slotMask: Int

  /// Copies the trie out of an image and checks that its edges lead forward and inside.
  init(_ image: ImageReader) throws(CompiledLexiconError) {
    self.image = image
    starts = ContiguousArray(image.words(.elements))
    ends = ContiguousArray(image.words(.ends))
    edges = ContiguousArray(
      (0..<image.count(.edges)).map { record in
        Edge(label: image.word(.edges, record, 0), target: image.word(.edges, record, 1))
      })
    nodes = ContiguousArray(
      (0..<image.count(.nodes)).map { record in
        func field(_ field: Int) -> UInt32 { image.word(.nodes, record, field) }
        return Node(
          firstEdge: field(0), wordEdges: field(1), classEdges: field(2), gapEdges: field(3),
          firstEnd: field(4), ends: field(5))
      })
    slotMask = image.count(.slots) - 1
    guard slotMask >= 0, image.count(.slots) & slotMask == 0 else { throw image.damage(.slots) }
    try check()
  }

  private func check() throws(CompiledLexiconError) {
    let entryCount = image.count(.entries)
    guard nodes.count >= PhraseTrie.firstFreeNode else { throw image.damage(.nodes) }
    guard starts.allSatisfy({ $0 < nodes.count }) else { throw image.damage(.elements) }
    guard ends.allSatisfy({ $0 < entryCount }) else { throw image.damage(.ends) }
    for (index, node) in nodes.enumerated() {
      let words = Int(node.firstEdge) + Int(node.wordEdges)
      let classes = words + Int(node.classEdges)
      let gaps = classes + Int(node.gapEdges)
      guard gaps <= edges.count, Int(node.firstEnd) + Int(node.ends) <= ends.count else {
        throw image.damage(.nodes)
      }
      // Forward edges cannot go in a circle, and a gap takes no token that would end one.
      guard
        edges[Int(node.firstEdge)..<gaps].allSatisfy({
          $0.target > index && $0.target < nodes.count
        }),
        edges[words..<classes].allSatisfy({ $0.label < TokenClass.allCases.count }),
        edges[classes..<gaps].allSatisfy({ $0.label <= Self.longest })
      else { throw image.damage(.edges) }
    }
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
