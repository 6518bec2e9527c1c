import HeardText

/// Finds the phrases of one sentence, each from its anchor (``PhrasePlan``).
///
/// At a token, the phrases that are anchored in it are gone through; most end at one test of bits,
/// for their companion is not there. What is left is compared step by step, to the left and to the
/// right of the anchor.
struct PhraseSearch {
  /// Steps compared from one token; what a lexicon with sensible gaps never needs, and what a text
  /// made to be slow cannot exceed.
  static let budget = 20_000

  /// A phrase that was found; sorts by first token, then the longest, then the lowest entry.
  struct Found {
    var place: UInt64
    var words: UInt64

    @inline(__always)
    init(entry: UInt32, first: Int, last: Int, words: UInt64) {
      let length = UInt64(truncatingIfNeeded: PhraseTable.longest &- 1 &- (last &- first))
      place =
        UInt64(truncatingIfNeeded: first) &<< 32 | length &<< 24 | UInt64(entry)
      self.words = words
    }

    var entry: UInt32 { UInt32(truncatingIfNeeded: place) & 0xFF_FFFF }
    var first: Int { Int(truncatingIfNeeded: place &>> 32) }
    var last: Int {
      first &+ PhraseTable.longest &- 1 &- Int(truncatingIfNeeded: place &>> 24 & 0xFF)
    }

    /// Of the same entry at the same place, the one with the most words comes first.
    static func < (one: Found, other: Found) -> Bool {
      if one.place != other.place { return one.place < other.place }
      let words = (one.words.nonzeroBitCount, other.words.nonzeroBitCount)
      return words.0 != words.1 ? words.0 > words.1 : one.words < other.words
    }
  }

  /// What was found in the sentence, in no order before ``sort()``; of one phrase from one anchor,
  /// the widest match, for those inside it are none.
  private(set) var found: ContiguousArray<Found> = []
  private var sentence = 0..<0
  private var steps = 0

  /// Finds all phrases of a sentence, in some languages.
  @inline(__always)
  mutating func find(in sentence: Range<Int>, languages: UInt8, _ tables: MatchTables) {
    found.removeAll(keepingCapacity: true)
    self.sentence = sentence
    for token in sentence {
      let spelling = tables.spelling(token)
      if spelling.languages & languages != 0 { find(at: token, spelling, languages, tables) }
    }
  }

  @inline(__always)
  private mutating func find(
    at token: Int, _ spelling: FormResolver.Spelling, _ languages: UInt8, _ tables: MatchTables
  ) {
    let first = Int(spelling.firstCandidate)
    var index = first &+ Int(spelling.companied)
    if first < index {
      steps = 0
      tables.forCandidates(first..<index, at: token) { candidate in
        if candidate.languages & languages != 0,
          admits(candidate.flags, token, spelling, tables)
        {
          compare(candidate.number, at: token, tables)
        }
      }
    }
    let end = index &+ Int(spelling.alone)
    while index < end {
      let candidate = tables.candidate(index)
      if candidate.languages & languages != 0, admits(candidate.flags, token, spelling, tables) {
        found.append(Found(entry: candidate.number, first: token, last: token, words: 1))
      }
      index &+= 1
    }
  }

  /// Whether an anchor's token may be a name, or must be.
  @inline(__always)
  private func admits(
    _ flags: UInt8, _ token: Int, _ spelling: FormResolver.Spelling, _ tables: MatchTables
  ) -> Bool {
    if flags == 0 { return true }
    return isName(token, spelling, tables) == (flags == PhraseTable.Candidate.onlyName)
  }

  /// Sorts what was found, with one match for an entry and its place.
  mutating func sort() {
    guard found.count > 1 else { return }
    if found.count <= 24 { sortFew() } else { found.sort(by: <) }
    var kept = 1
    for index in 1..<found.count where found[index].place != found[kept &- 1].place {
      found[kept] = found[index]
      kept &+= 1
    }
    found.removeLast(found.count &- kept)
  }

  /// By insertion; anchors ascend, so that little is to be moved.
  private mutating func sortFew() {
    for index in 1..<found.count {
      let item = found[index]
      var place = index
      while place > 0, item < found[place &- 1] {
        found[place] = found[place &- 1]
        place &-= 1
      }
      found[place] = item
    }
  }

  // MARK: Steps

  /// Where one side of a phrase ends at best: farthest from the anchor, and there with the words
  /// whose mask is lowest.
  private struct Side {
    /// Tokens from the anchor; −1 while there is no way.
    var distance = -1
    var words: UInt64 = 0
  }

  @inline(never)
  private mutating func compare(_ number: UInt32, at token: Int, _ tables: MatchTables) {
    let phrase = tables.phrase(number)
    let first = Int(phrase.firstStep)
    let anchor = first &+ Int(phrase.anchor)
    let end = first &+ Int(phrase.steps)
    guard mayBeHere(first..<end, anchor, token, tables) else { return }
    var right = Side()
    goRight(anchor &+ 1, end, from: token, token, words: 1, &right, tables)
    if right.distance < 0 { return }
    var left = Side()
    goLeft(anchor, first, from: token, token, words: 0, &left, tables)
    if left.distance < 0 { return }
    let distance = UInt64(truncatingIfNeeded: left.distance)
    // The left side's bits count away from the anchor; turned round they count from the first token.
    let reversed = left.words.reversed &>> (63 &- distance)
    found.append(
      Found(
        entry: phrase.entry, first: token &- left.distance, last: token &+ right.distance,
        words: right.words &<< distance | reversed))
  }

  /// Whether the bits of the steps up to the first gap on each side are those of the tokens there.
  @inline(__always)
  private func mayBeHere(
    _ steps: Range<Int>, _ anchor: Int, _ token: Int, _ tables: MatchTables
  ) -> Bool {
    var place = token
    var step = anchor &+ 1
    while step < steps.upperBound {
      let wanted = tables.step(step)
      if wanted.skip != 0 { break }
      place &+= 1
      if place >= sentence.upperBound || tables.mask(place) & wanted.mask == 0 { return false }
      step &+= 1
    }
    place = token
    step = anchor
    while step > steps.lowerBound, tables.step(step).skip == 0 {
      place &-= 1
      step &-= 1
      if place < sentence.lowerBound || tables.mask(place) & tables.step(step).mask == 0 {
        return false
      }
    }
    return true
  }

  /// Takes the steps from `step` on by tokens behind `token`.
  private mutating func goRight(
    _ step: Int, _ end: Int, from anchor: Int, _ token: Int, words: UInt64, _ best: inout Side,
    _ tables: MatchTables
  ) {
    if step == end {
      let distance = token &- anchor
      if distance > best.distance || distance == best.distance && words < best.words {
        best = Side(distance: distance, words: words)
      }
      return
    }
    let wanted = tables.step(step)
    var next = token &+ 1
    let last = min(next &+ Int(wanted.skip), sentence.upperBound &- 1)
    while next <= last {
      if takes(wanted, next, tables) {
        let bit = UInt64(1) &<< UInt64(truncatingIfNeeded: next &- anchor)
        goRight(step &+ 1, end, from: anchor, next, words: words | bit, &best, tables)
      }
      next &+= 1
    }
  }

  /// Takes the steps before `step`, down to `first`, by tokens in front of `token`.
  private mutating func goLeft(
    _ step: Int, _ first: Int, from anchor: Int, _ token: Int, words: UInt64, _ best: inout Side,
    _ tables: MatchTables
  ) {
    if step == first {
      let distance = anchor &- token
      let shift = UInt64(truncatingIfNeeded: 63 &- distance)
      if distance > best.distance
        || distance == best.distance
          && words.reversed &>> shift < best.words.reversed &>> shift
      {
        best = Side(distance: distance, words: words)
      }
      return
    }
    let wanted = tables.step(step &- 1)
    var next = token &- 1
    let last = max(next &- Int(tables.step(step).skip), sentence.lowerBound)
    while next >= last {
      if takes(wanted, next, tables) {
        let bit = UInt64(1) &<< UInt64(truncatingIfNeeded: anchor &- next)
        goLeft(step &- 1, first, from: anchor, next, words: words | bit, &best, tables)
      }
      next &-= 1
    }
  }

  /// Whether a step takes a token.
  @inline(__always)
  private mutating func takes(
    _ step: PhraseTable.Step, _ token: Int, _ tables: MatchTables
  ) -> Bool {
    guard tables.mask(token) & step.mask != 0, steps < Self.budget else { return false }
    steps &+= 1
    return reallyTakes(step, token, tables)
  }

  @inline(never)
  private func reallyTakes(
    _ step: PhraseTable.Step, _ token: Int, _ tables: MatchTables
  ) -> Bool {
    let spelling = tables.spelling(token)
    let isName = self.isName(token, spelling, tables)
    if step.kind == .tokenClass {
      let bit = UInt8(truncatingIfNeeded: step.value)
      return spelling.classes & bit != 0 && (bit != TokenClassBits.name || isName)
    }
    let barred = isName ? FormResolver.Posting.notName : 0
    let firstPosting = Int(spelling.firstPosting)
    for index in firstPosting..<firstPosting &+ Int(spelling.postings) {
      let posting = tables.posting(index)
      if posting.rawValue & barred != 0 { continue }
      let element = posting.element
      if step.kind == .element {
        if element == step.value { return true }
      } else if PhraseTable.bit(element) & step.mask != 0 {
        let first = Int(step.value)
        for place in first..<first &+ Int(step.count) where tables.setElement(place) == element {
          return true
        }
      }
    }
    return false
  }

  /// Whether a token is a name: a capital letter where nothing begins.
  @inline(__always)
  private func isName(
    _ token: Int, _ spelling: FormResolver.Spelling, _ tables: MatchTables
  ) -> Bool {
    spelling.classes & TokenClassBits.name != 0 && token != sentence.lowerBound
      && tables.gap(token).rawValue & Self.openers == 0
  }

  private static let openers: UInt16 = {
    let marks: Gap = [
      .period, .exclamation, .question, .ellipsis, .lineBreak, .paragraphBreak, .openQuote,
      .straightQuote,
    ]
    return marks.rawValue
  }()
}

extension UInt64 {
  /// The bits in the opposite order.
  @inline(__always)
  fileprivate var reversed: UInt64 {
    var value = byteSwapped
    value = (value & 0x0F0F_0F0F_0F0F_0F0F) &<< 4 | (value &>> 4) & 0x0F0F_0F0F_0F0F_0F0F
    value = (value & 0x3333_3333_3333_3333) &<< 2 | (value &>> 2) & 0x3333_3333_3333_3333
    return (value & 0x5555_5555_5555_5555) &<< 1 | (value &>> 1) & 0x5555_5555_5555_5555
  }
}
