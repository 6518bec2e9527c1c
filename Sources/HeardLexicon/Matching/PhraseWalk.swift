import HeardText

/// Walks the trie from one token of a sentence.
///
/// Gaps make the walk branch; a stack of places, allocated once, holds the branches that are left.
struct PhraseWalk {
  private struct Place {
    var node: UInt32
    /// Index of the token that comes next.
    var token: Int
    /// Tokens taken by words, from bit 0 for the first token.
    var words: UInt64
  }

  /// Steps from one token; what a lexicon with sensible gaps never needs, and what a text made to
  /// be slow cannot exceed.
  static let budget = 20_000

  /// What ends a walk successfully, in no order, once for an entry and its last token.
  private(set) var found: ContiguousArray<Match> = []
  private var places: ContiguousArray<Place> = []

  /// Finds all phrases that begin at a token.
  mutating func find(
    from first: Int, in sentence: Range<Int>, _ tokens: ContiguousArray<Token>,
    _ resolver: FormResolver, _ phrases: PhraseTable, languages: UInt8
  ) {
    found.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    let spelling = resolver.spellings[tokens[first].form.index]
    let opens = Self.opens(first, sentence, tokens)
    let start = Int(spelling.firstPosting)
    for index in start..<start + Int(spelling.postings) {
      let posting = resolver.postings[index]
      guard posting.languages & languages != 0 else { continue }
      if posting.notName && !opens && spelling.classes & TokenClassBits.name != 0 { continue }
      let node = phrases.starts[Int(posting.element)]
      if node != 0 { enter(node, first, after: first, words: 1, phrases) }
    }
    let classes = opens ? spelling.classes & ~TokenClassBits.name : spelling.classes
    for language in Language.read where LanguageSet(language).rawValue & languages != 0 {
      let root = phrases.nodes[PhraseTable.root(language.rawValue)]
      takeClasses(root, classes, Place(node: 0, token: first, words: 0), first, phrases)
    }
    var steps = 0
    while let place = places.popLast(), steps < Self.budget {
      steps += 1
      advance(place, first, sentence, tokens, resolver, phrases)
    }
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

  /// Takes one place further: by the next token, or over a gap.
  private mutating func advance(
    _ place: Place, _ first: Int, _ sentence: Range<Int>, _ tokens: ContiguousArray<Token>,
    _ resolver: FormResolver, _ phrases: PhraseTable
  ) {
    let node = phrases.nodes[Int(place.node)]
    let offset = place.token - first
    guard place.token < sentence.upperBound, offset < PhraseTable.longest else { return }
    let form = tokens[place.token].form.index
    if form < resolver.spellings.count {
      let spelling = resolver.spellings[form]
      let opens = Self.opens(place.token, sentence, tokens)
      let words = place.words | 1 << UInt64(offset)
      if node.wordEdges > 0 && spelling.postings > 0 {
        let isName = !opens && spelling.classes & TokenClassBits.name != 0
        takeWords(node, spelling, isName, first, after: place.token, words, resolver, phrases)
      }
      if node.classEdges > 0 {
        let classes = opens ? spelling.classes & ~TokenClassBits.name : spelling.classes
        takeClasses(node, classes, place, first, phrases)
      }
    }
    let gaps = Int(node.firstEdge + node.wordEdges + node.classEdges)
    for edge in gaps..<gaps + Int(node.gapEdges) {
      let target = phrases.edges[edge].target
      let last = min(place.token + Int(phrases.edges[edge].label), sentence.upperBound - 1)
      for token in place.token...last {
        places.append(Place(node: target, token: token, words: place.words))
      }
    }
  }

  /// Takes the class edges of a node that fit the token at a place.
  private mutating func takeClasses(
    _ node: PhraseTable.Node, _ classes: UInt8, _ place: Place, _ first: Int,
    _ phrases: PhraseTable
  ) {
    let start = Int(node.firstEdge + node.wordEdges)
    for index in start..<start + Int(node.classEdges) {
      let edge = phrases.edges[index]
      guard classes >> UInt8(truncatingIfNeeded: edge.label) & 1 != 0 else { continue }
      let words = place.words | 1 << UInt64(place.token - first)
      enter(edge.target, first, after: place.token, words: words, phrases)
    }
  }

  /// Notes what ends in a node, and keeps the place when something goes on from it.
  private mutating func enter(
    _ node: UInt32, _ first: Int, after token: Int, words: UInt64, _ phrases: PhraseTable
  ) {
    let record = phrases.nodes[Int(node)]
    let end = Int(record.firstEnd)
    for index in end..<end + Int(record.ends) {
      found.append(
        Match(
          entry: phrases.ends[index], firstToken: Int32(first), lastToken: Int32(token),
          words: words))
    }
    if record.wordEdges + record.classEdges + record.gapEdges > 0 {
      places.append(Place(node: node, token: token + 1, words: words))
    }
  }

  /// Takes the word edges of a node that fit a spelling: what its edges and the postings of the
  /// spelling, both in the order of their elements, have in common.
  private mutating func takeWords(
    _ node: PhraseTable.Node, _ spelling: FormResolver.Spelling, _ isName: Bool, _ first: Int,
    after token: Int, _ words: UInt64, _ resolver: FormResolver, _ phrases: PhraseTable
  ) {
    var edge = Int(node.firstEdge)
    let edgeEnd = edge + Int(node.wordEdges)
    var posting = Int(spelling.firstPosting)
    let postingEnd = posting + Int(spelling.postings)
    while edge < edgeEnd && posting < postingEnd {
      let label = phrases.edges[edge].label
      let element = resolver.postings[posting].element
      if label == element {
        if !(isName && resolver.postings[posting].notName) {
          enter(phrases.edges[edge].target, first, after: token, words: words, phrases)
        }
        edge += 1
        posting += 1
      } else if label < element {
        edge = Self.search(edge + 1, edgeEnd) { phrases.edges[$0].label >= element }
      } else {
        posting = Self.search(posting + 1, postingEnd) {
          resolver.postings[$0].element >= label
        }
      }
    }
  }

  /// The first place at or behind `start` for which the condition holds, in steps that double and
  /// then halve.
  @inline(__always)
  private static func search(_ start: Int, _ end: Int, _ holds: (Int) -> Bool) -> Int {
    var low = start
    var high = start
    var step = 1
    while high < end && !holds(high) {
      low = high + 1
      high += step
      step *= 2
    }
    high = min(high, end)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Whether a capital letter at this token says nothing, because something begins here.
  private static func opens(
    _ token: Int, _ sentence: Range<Int>, _ tokens: ContiguousArray<Token>
  ) -> Bool {
    token == sentence.lowerBound || !tokens[token].gap.isDisjoint(with: openers)
  }

  private static let openers: Gap = [
    .period, .exclamation, .question, .ellipsis, .lineBreak, .paragraphBreak, .openQuote,
    .straightQuote,
  ]
}
