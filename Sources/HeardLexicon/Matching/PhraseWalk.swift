import HeardText

/// Walks the trie from one token of a sentence to all phrases that begin there.
///
/// A step takes a token by a word or a class, or looks at every token within a gap's reach. Before
/// edges are compared, one test of bits says that none of them fits, which is the usual answer.
struct PhraseWalk {
  /// Steps from one token; what a lexicon with sensible gaps never needs, and what a text made to
  /// be slow cannot exceed.
  static let budget = 20_000

  /// What was found, in no order before ``sortFound()``.
  private(set) var found: ContiguousArray<Match> = []
  private var first = 0
  private var sentence = 0..<0
  private var steps = 0

  /// Finds all phrases that begin at a token, in some languages.
  mutating func find(
    from token: Int, in sentence: Range<Int>, _ spelling: FormResolver.Spelling,
    languages: UInt8, _ tables: WalkTables
  ) {
    found.removeAll(keepingCapacity: true)
    first = token
    self.sentence = sentence
    steps = 0
    let isName = spelling.classes & TokenClassBits.name != 0 && !opens(token, tables)
    let barred = isName ? FormResolver.Start.notName : FormResolver.Start.onlyName
    let firstStart = Int(spelling.firstStart)
    for index in firstStart..<firstStart &+ Int(spelling.starts) {
      let start = tables.start(index)
      guard start.languages & languages != 0, start.flags & barred == 0 else { continue }
      if start.flags & FormResolver.Start.moreEnds != 0 || goesOn(start, after: token, tables) {
        enter(start.node, after: token, words: 1, tables)
      } else if start.flags & FormResolver.Start.oneEnd != 0 {
        let place = Int32(truncatingIfNeeded: token)
        found.append(Match(entry: start.end, firstToken: place, lastToken: place, words: 1))
      }
    }
  }

  /// Whether some token within reach may be taken by an edge behind a first word.
  @inline(__always)
  private func goesOn(
    _ start: FormResolver.Start, after token: Int, _ tables: WalkTables
  ) -> Bool {
    var next = token &+ 1
    let end = min(next &+ Int(start.reach) &+ 1, sentence.upperBound)
    while next < end {
      let spelling = tables.spelling(next)
      if spelling.elements & start.elements != 0 || spelling.classes & start.classes != 0 {
        return true
      }
      next &+= 1
    }
    return false
  }

  /// Puts what was found in the order of ``Match``, with one match for an entry and its last token.
  mutating func sortFound() {
    guard found.count > 1 else { return }
    found.sort {
      ($1.lastToken, $0.entry, $1.words.nonzeroBitCount, $0.words)
        < ($0.lastToken, $1.entry, $0.words.nonzeroBitCount, $1.words)
    }
    var kept = 1
    for index in 1..<found.count
    where found[index].entry != found[kept - 1].entry
      || found[index].lastToken != found[kept - 1].lastToken
    {
      found[kept] = found[index]
      kept += 1
    }
    found.removeLast(found.count - kept)
  }

  /// Notes what ends in a node, and goes on from it.
  private mutating func enter(
    _ index: UInt32, after token: Int, words: UInt64, _ tables: WalkTables
  ) {
    let node = tables.node(index)
    let end = Int(node.firstEnd)
    for index in end..<end &+ Int(node.ends) {
      found.append(
        Match(
          entry: tables.end(index), firstToken: Int32(truncatingIfNeeded: first),
          lastToken: Int32(truncatingIfNeeded: token), words: words))
    }
    let next = token &+ 1
    guard node.hasEdges, next < sentence.upperBound, steps < Self.budget else { return }
    steps &+= 1
    take(node, index, next, words, tables)
    let firstGap = node.firstGap
    for index in firstGap..<firstGap &+ Int(node.gapEdges) {
      let gap = tables.edge(index)
      let behind = tables.node(gap.target)
      for token in next...min(next &+ Int(gap.label), sentence.upperBound &- 1) {
        take(behind, gap.target, token, words, tables)
      }
    }
  }

  /// Takes the edges of a node that fit a token.
  @inline(__always)
  private mutating func take(
    _ node: PhraseTable.Node, _ number: UInt32, _ token: Int, _ words: UInt64,
    _ tables: WalkTables
  ) {
    let spelling = tables.spelling(token)
    guard node.elements & spelling.elements != 0 || node.classes & spelling.classes != 0,
      token &- first < PhraseTable.longest
    else { return }
    takeFitting(node, number, spelling, token, words | 1 << UInt64(token &- first), tables)
  }

  @inline(never)
  private mutating func takeFitting(
    _ node: PhraseTable.Node, _ number: UInt32, _ spelling: FormResolver.Spelling, _ token: Int,
    _ words: UInt64, _ tables: WalkTables
  ) {
    let isName = spelling.classes & TokenClassBits.name != 0 && !opens(token, tables)
    takeWords(node, number, spelling, isName, token, words, tables)
    let classes = isName ? spelling.classes : spelling.classes & ~TokenClassBits.name
    if node.classes & classes != 0 {
      for index in node.firstClass..<node.firstGap {
        let edge = tables.edge(index)
        if classes >> UInt8(truncatingIfNeeded: edge.label) & 1 != 0 {
          enter(edge.target, after: token, words: words, tables)
        }
      }
    }
  }

  /// Takes the word edges of a node for each element of a spelling; there may be several.
  @inline(__always)
  private mutating func takeWords(
    _ node: PhraseTable.Node, _ number: UInt32, _ spelling: FormResolver.Spelling,
    _ isName: Bool, _ token: Int, _ words: UInt64, _ tables: WalkTables
  ) {
    let firstEdge = Int(node.firstEdge)
    let edgeEnd = node.firstClass
    let firstPosting = Int(spelling.firstPosting)
    for index in firstPosting..<firstPosting &+ Int(spelling.postings) {
      let posting = tables.posting(index)
      guard tables.mayHaveEdge(number, posting.element), !(isName && posting.notName)
      else { continue }
      var edge = Self.search(posting.element, firstEdge, edgeEnd, tables)
      while edge < edgeEnd, tables.edge(edge).label == posting.element {
        enter(tables.edge(edge).target, after: token, words: words, tables)
        edge &+= 1
      }
    }
  }

  /// The first edge whose element is not below the given one, by bisection.
  @inline(__always)
  private static func search(
    _ element: UInt32, _ start: Int, _ end: Int, _ tables: WalkTables
  ) -> Int {
    var low = start
    var high = end
    while low < high {
      let middle = (low &+ high) / 2
      if tables.edge(middle).label < element { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// Whether a capital letter at this token says nothing, because something begins here.
  @inline(__always)
  private func opens(_ token: Int, _ tables: WalkTables) -> Bool {
    token == sentence.lowerBound || tables.gap(token).rawValue & Self.openers != 0
  }

  private static let openers: UInt16 = {
    let marks: Gap = [
      .period, .exclamation, .question, .ellipsis, .lineBreak, .paragraphBreak, .openQuote,
      .straightQuote,
    ]
    return marks.rawValue
  }()
}
