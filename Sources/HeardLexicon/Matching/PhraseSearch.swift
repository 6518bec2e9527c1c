internal import CHeardLexicon
import HeardText

/// Finds the phrases of a text, each from its anchor (``PhrasePlan``).
///
/// 1. `look` goes through the phrases that are anchored in each token; most end at one test of bits,
///    for their companions are not there. What is left is asked of memory, for all sentences, so
///    that the processor does not wait for each.
/// 2. `find` compares it step by step, to the left and to the right of the anchor, and puts a
///    sentence's phrases in order.
@safe
struct PhraseSearch: ~Copyable {
  /// Steps compared from one token; what a lexicon with sensible gaps never needs, and what a text
  /// made to be slow cannot exceed.
  static let budget = 20_000

  /// A phrase that was found; sorts by first token, then the longest, then the lowest entry.
  struct Found: BitwiseCopyable {
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

    /// Behind everything that can be found.
    static let behindAll: Found = {
      var found = Found(entry: 0, first: 0, last: 0, words: 0)
      found.place = .max
      return found
    }()

    /// Of the same entry at the same place, the one with the most words comes first.
    static func < (one: Found, other: Found) -> Bool {
      if one.place != other.place { return one.place < other.place }
      let words = (one.words.nonzeroBitCount, other.words.nonzeroBitCount)
      return words.0 != words.1 ? words.0 > words.1 : one.words < other.words
    }
  }

  /// A phrase that may be where its anchor is.
  struct Hit: BitwiseCopyable {
    /// Where its header is.
    var phrase: UInt32
    var token: Int32
  }

  /// What was found in the sentence at hand, in order, with one match for an entry and its place;
  /// of one phrase from one anchor, the widest match, for those inside it are none.
  private(set) var found = Scratch<Found>()
  /// Whether any of it has more than one token.
  private(set) var hasPhrases = false
  private var sentence = 0..<0
  private var steps = 0
  /// Phrases of several tokens in the sentence at hand.
  private var wide = Scratch<Found>()
  // Of all sentences that were looked through, by token.
  private var hits = Scratch<Hit>(capacity: 256)
  private var alone = Scratch<Found>(capacity: 256)
  private var nextHit = 0
  private var nextAlone = 0
  private var passed = Scratch<UInt32>(capacity: 256)
  private let filter: heard_candidate_filter

  /// Makes a search that uses what the processor has.
  init() { unsafe filter = heard_candidate_filter_best() }

  /// Forgets what was looked through, and makes room for what one token may have.
  mutating func begin(mostBlocks: Int) {
    hits.removeAll()
    alone.removeAll()
    nextHit = 0
    nextAlone = 0
    passed.resize(to: max(1, mostBlocks * HEARD_LANES), filling: 0)
  }

  /// Looks through a sentence for phrases that may be there, in some languages.
  @inline(__always)
  mutating func look(through sentence: Range<Int>, languages: UInt8, _ tables: MatchTables) {
    self.sentence = sentence
    guard let passed = unsafe passed.elements.baseAddress else { return }
    for token in sentence {
      let spelling = tables.spelling(token)
      if spelling.entries.languages & languages == 0 { continue }
      let count = unsafe tables.candidates(
        at: token, spelling.entries, filter: filter, into: passed)
      for index in 0..<count {
        let candidate = unsafe tables.candidate(passed[index], of: spelling.entries)
        guard candidate.languages & languages != 0, admits(candidate.flags, token, spelling, tables)
        else { continue }
        if candidate.flags & PhraseTable.Candidate.alone != 0 {
          alone.append(Found(entry: candidate.number, first: token, last: token, words: 1))
        } else {
          tables.prefetch(phrase: candidate.number)
          hits.append(Hit(phrase: candidate.number, token: Int32(truncatingIfNeeded: token)))
        }
      }
    }
  }

  /// Finds the phrases of a sentence that was looked through; sentences in the order of the text.
  mutating func find(in sentence: Range<Int>, _ tables: MatchTables) {
    found.removeAll()
    wide.removeAll()
    self.sentence = sentence
    var last = -1
    while nextHit < hits.count, Int(hits[nextHit].token) < sentence.upperBound {
      let hit = hits[nextHit]
      nextHit &+= 1
      let token = Int(hit.token)
      if token != last { steps = 0 }
      last = token
      let phrase = tables.step(Int(hit.phrase)).phrase
      if phrase.hasNoGap {
        compareRow(phrase, Int(hit.phrase) &+ 1, from: token &- Int(phrase.anchor), tables)
      } else {
        compare(phrase, Int(hit.phrase) &+ 1, at: token, tables)
      }
    }
    hasPhrases = !wide.isEmpty
    if hasPhrases { sortWide() }
    merge()
  }

  /// Whether an anchor's token may be a name, or must be.
  @inline(__always)
  private func admits(
    _ flags: UInt8, _ token: Int, _ spelling: FormResolver.Spelling, _ tables: MatchTables
  ) -> Bool {
    let name = flags & ~PhraseTable.Candidate.alone
    if name == 0 { return true }
    return isName(token, spelling, tables) == (name == PhraseTable.Candidate.onlyName)
  }

  // MARK: Order

  /// Puts the sentence's single words, which come in order, between its phrases.
  private mutating func merge() {
    var previous = UInt64.max
    var nextWide = 0
    while true {
      let word = nextAlone < alone.count ? alone[nextAlone] : Found.behindAll
      let isWord = word.first < sentence.upperBound
      let item: Found
      if nextWide < wide.count, !isWord || wide[nextWide].place < word.place {
        item = wide[nextWide]
        nextWide &+= 1
      } else if isWord {
        item = word
        nextAlone &+= 1
      } else {
        return
      }
      if item.place != previous { found.append(item) }
      previous = item.place
    }
  }

  /// By insertion where there are few, as there nearly always are; anchors ascend, so that little
  /// is to be moved.
  private mutating func sortWide() {
    if wide.count > 24 {
      var items = unsafe wide.elements
      unsafe items.sort(by: <)
      return
    }
    for index in 1..<wide.count {
      let item = wide[index]
      var place = index
      while place > 0, item < wide[place &- 1] {
        wide[place] = wide[place &- 1]
        place &-= 1
      }
      wide[place] = item
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
  private mutating func compare(
    _ phrase: PhraseTable.Phrase, _ first: Int, at token: Int, _ tables: MatchTables
  ) {
    let anchor = first &+ Int(phrase.anchor)
    let end = first &+ Int(phrase.steps)
    // Up to the first gap on each side there is one way only.
    var right = Side(distance: 0, words: 1)
    var step = anchor &+ 1
    while step < end {
      let wanted = tables.step(step)
      if wanted.skip != 0 { break }
      right.distance &+= 1
      let place = token &+ right.distance
      guard place < sentence.upperBound, takes(wanted, place, tables) else { return }
      right.words |= 1 &<< UInt64(truncatingIfNeeded: right.distance)
      step &+= 1
    }
    var left = Side(distance: 0, words: 0)
    var before = anchor
    while before > first, tables.step(before).skip == 0 {
      before &-= 1
      left.distance &+= 1
      let place = token &- left.distance
      guard place >= sentence.lowerBound, takes(tables.step(before), place, tables) else { return }
      left.words |= 1 &<< UInt64(truncatingIfNeeded: left.distance)
    }
    if step < end {
      let start = right
      right = Side()
      goRight(
        step, end, from: token, token &+ start.distance, words: start.words, &right, tables)
      if right.distance < 0 { return }
    }
    if before > first {
      let start = left
      left = Side()
      goLeft(
        before, first, from: token, token &- start.distance, words: start.words, &left, tables)
      if left.distance < 0 { return }
    }
    let distance = UInt64(truncatingIfNeeded: left.distance)
    // The left side's bits count away from the anchor; turned round they count from the first token.
    let reversed = left.words == 0 ? 0 : left.words.reversed &>> (63 &- distance)
    wide.append(
      Found(
        entry: phrase.entry, first: token &- left.distance, last: token &+ right.distance,
        words: right.words &<< distance | reversed))
  }

  /// Compares a phrase without gaps: its tokens stand side by side from `start` on.
  @inline(never)
  private mutating func compareRow(
    _ phrase: PhraseTable.Phrase, _ first: Int, from start: Int, _ tables: MatchTables
  ) {
    let count = Int(phrase.steps)
    guard start >= sentence.lowerBound, start &+ count <= sentence.upperBound else { return }
    let anchor = Int(phrase.anchor)
    // Masks first: nearly all that is not here ends at one of them.
    for index in 0..<count
    where tables.mask(start &+ index) & tables.step(first &+ index).mask == 0 {
      return
    }
    for index in 0..<count
    where index != anchor && !takes(tables.step(first &+ index), start &+ index, tables) {
      return
    }
    wide.append(
      Found(
        entry: phrase.entry, first: start, last: start &+ count &- 1,
        words: .max &>> UInt64(truncatingIfNeeded: 64 &- count)))
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

  @inline(__always)
  private func reallyTakes(
    _ step: PhraseTable.Step, _ token: Int, _ tables: MatchTables
  ) -> Bool {
    let spelling = tables.spelling(token)
    if step.kind == .tokenClass {
      let bit = UInt8(truncatingIfNeeded: step.value)
      return spelling.classes & bit != 0
        && (bit != TokenClassBits.name || isName(token, spelling, tables))
    }
    var index = Int(spelling.entries.firstPosting)
    let end = index &+ Int(spelling.entries.postings)
    while index < end {
      let posting = tables.posting(index)
      index &+= 1
      if step.kind == .element
        ? posting.element == step.value
        : isInSet(posting.element, step, tables)
      {
        if posting.rawValue & FormResolver.Posting.notName == 0 { return true }
        if !isName(token, spelling, tables) { return true }
      }
    }
    return false
  }

  private func isInSet(
    _ element: UInt32, _ step: PhraseTable.Step, _ tables: MatchTables
  ) -> Bool {
    let wanted = SIMD4<UInt32>(repeating: element)
    var place = Int(step.value)
    let end = place &+ Int(step.count)
    while place < end {
      if any(tables.fourOfSet(place) .== wanted) { return true }
      place &+= 4
    }
    return false
  }

  /// Whether a token is a name: a capital letter where nothing begins.
  @inline(__always)
  private func isName(
    _ token: Int, _ spelling: FormResolver.Spelling, _ tables: MatchTables
  ) -> Bool {
    spelling.classes & TokenClassBits.name != 0 && token != sentence.lowerBound
      && spelling.gap.rawValue & Self.openers == 0
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
