internal import CHeardLexicon
import HeardText

/// Finds the phrases of a text, each from its anchor (``PhrasePlan``).
///
/// 1. `look` goes through the phrases that are anchored in each token; most end at one test of bits,
///    for their companions are not there. What is left is asked of memory, for all sentences, so
///    that the processor does not wait for each.
/// 2. `find` compares it step by step, to the left and to the right of the anchor, and puts a
///    sentence's phrases in order.
///
/// What is looked for comes in three lists, phrases without gaps, with gaps, and of one word, for a
/// loop that takes now this and now that cannot be foreseen by the processor.
@safe
struct PhraseSearch: ~Copyable {
  /// Steps compared from one token, unless a test says otherwise; what a lexicon with sensible gaps
  /// never needs, and what a text made to be slow cannot exceed.
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

  /// What was found in the sentence at hand, in order, with one match for an entry and its place;
  /// of one phrase from one anchor, the widest match, for those inside it are none.
  private(set) var found = Scratch<Found>()
  /// Whether any of it has more than one token.
  private(set) var hasPhrases = false
  /// Whether a token was given up for the ``budget``: then what is found may depend on what stands
  /// around the sentence, by which candidates are left out.
  private(set) var isExhausted = false
  var sentence = 0..<0
  /// Steps compared from the token at hand.
  var steps = 0
  /// Phrases of several tokens in the sentence at hand.
  var wide = Scratch<Found>()
  // Of all sentences that were looked through, by token: what may be there (`heard_hits`).
  private var rows = Scratch<UInt64>(capacity: 1 << 10)
  private var gaps = Scratch<UInt64>(capacity: 1 << 10)
  private var words = Scratch<UInt64>(capacity: 1 << 10)
  private var lanes = Scratch<UInt32>(capacity: 1 << 10)
  private var tokens = Scratch<Int32>(capacity: 1 << 10)
  /// How many of `rows`, `gaps` and `words` there are, and which comes next.
  private var counts = (rows: 0, gaps: 0, words: 0)
  private var next = (row: 0, gap: 0, word: 0)
  /// Words of the sentence at hand that are whole phrases.
  private var alone = Scratch<Found>(capacity: 256)
  private let lookThrough: heard_look
  let budget: Int

  /// Makes a search that uses what the processor has.
  init(budget: Int) {
    self.budget = budget
    unsafe lookThrough = heard_look_best()
    makeRoom(for: 1 << 9)
  }

  /// Forgets what was looked through.
  mutating func begin() {
    counts = (0, 0, 0)
    next = (0, 0, 0)
  }

  /// Makes room for so many candidates more, and for what is written behind them.
  private mutating func makeRoom(for more: Int) {
    let count = counts.rows + counts.gaps + counts.words
    let room = max(rows.count * 2, count + more + Int(HEARD_LANES))
    rows.resize(to: room, filling: 0)
    gaps.resize(to: room, filling: 0)
    words.resize(to: room, filling: 0)
    lanes.resize(to: room, filling: 0)
    tokens.resize(to: room, filling: 0)
  }

  /// Looks through a sentence for phrases that may be there, in some languages.
  @inline(__always)
  mutating func look(through sentence: Range<Int>, languages: LanguageSet, _ tables: MatchTables) {
    var stretch = Self.stretch(sentence, languages)
    while true {
      guard let rows = unsafe rows.elements.baseAddress,
        let gaps = unsafe gaps.elements.baseAddress, let words = unsafe words.elements.baseAddress,
        let lanes = unsafe lanes.elements.baseAddress,
        let tokens = unsafe tokens.elements.baseAddress
      else { return }
      var hits = unsafe heard_hits(
        rows: rows, gaps: gaps, alone: words, lanes: lanes, tokens: tokens,
        row_count: counts.rows, gap_count: counts.gaps, alone_count: counts.words,
        room: self.rows.count)
      let end = unsafe tables.look(through: stretch, lookThrough, into: &hits)
      counts = unsafe (hits.row_count, hits.gap_count, hits.alone_count)
      if end >= sentence.upperBound { return }
      makeRoom(for: tables.lanes(end))
      stretch.from = end
    }
  }

  /// A sentence, and the languages of what is looked for in it.
  private static func stretch(_ sentence: Range<Int>, _ languages: LanguageSet) -> heard_stretch {
    var stretch = heard_stretch()
    stretch.first = sentence.lowerBound
    stretch.from = sentence.lowerBound
    stretch.end = sentence.upperBound
    stretch.languages = languages.rawValue
    stretch.name = TokenClassBits.name
    stretch.openers = openers
    return stretch
  }

  /// Finds the phrases of a sentence that was looked through; sentences in the order of the text.
  mutating func find(in sentence: Range<Int>, _ tables: MatchTables) {
    found.removeAll()
    wide.removeAll()
    self.sentence = sentence
    isExhausted = false
    steps = 0
    var previous = UInt64.max
    while next.row < counts.rows, Self.token(rows[next.row]) < sentence.upperBound {
      let hit = rows[next.row]
      next.row &+= 1
      // Two tests may stand for one phrase.
      if hit != previous { compareRow(hit, tables) }
      previous = hit
    }
    var last = -1
    while next.gap < counts.gaps, Self.token(gaps[next.gap]) < sentence.upperBound {
      let hit = gaps[next.gap]
      next.gap &+= 1
      if Self.token(hit) != last { steps = 0 }
      last = Self.token(hit)
      if hit != previous { compare(Self.phrase(hit), at: last, tables) }
      previous = hit
      if steps >= budget { isExhausted = true }
    }
    gatherWords()
    hasPhrases = !wide.isEmpty
    if hasPhrases { sortWide() }
    merge()
  }

  /// Takes the words that are whole phrases, in order: by token, and of each by entry.
  private mutating func gatherWords() {
    alone.removeAll()
    while next.word < counts.words, Self.token(words[next.word]) < sentence.upperBound {
      let hit = words[next.word]
      next.word &+= 1
      let entry = UInt32(truncatingIfNeeded: hit) & ~PhraseTable.Candidate.alone
      let token = Self.token(hit)
      let word = Found(entry: entry, first: token, last: token, words: 1)
      alone.append(word)
      // Those of a token come by language, and each language's by entry.
      var place = alone.count &- 1
      while place > 0, word.place < alone[place &- 1].place {
        alone[place] = alone[place &- 1]
        alone[place &- 1] = word
        place &-= 1
      }
    }
  }

  /// The token of a hit.
  @inline(__always)
  static func token(_ hit: UInt64) -> Int { Int(truncatingIfNeeded: hit &>> 32) }

  /// Where a hit's phrase begins.
  @inline(__always)
  static func phrase(_ hit: UInt64) -> Int {
    Int(UInt32(truncatingIfNeeded: hit) & (PhraseTable.Candidate.row - 1))
  }

  // MARK: Order

  /// Puts the sentence's single words, which come in order, between its phrases.
  private mutating func merge() {
    // Behind each list is what comes behind everything, so that the loop need not ask for its end.
    alone.append(.behindAll)
    wide.append(.behindAll)
    var (nextWord, nextWide) = (0, 0)
    var previous = UInt64.max
    while true {
      let (word, phrase) = (alone[nextWord], wide[nextWide])
      let isPhrase = phrase.place < word.place
      let item = isPhrase ? phrase : word
      if item.place == .max { return }
      nextWide &+= isPhrase ? 1 : 0
      nextWord &+= isPhrase ? 0 : 1
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

  /// Marks in front of a token behind which a capital makes no name.
  static let openers: UInt16 = {
    let marks: Gap = [
      .period, .exclamation, .question, .ellipsis, .lineBreak, .paragraphBreak, .openQuote,
      .straightQuote,
    ]
    return marks.rawValue
  }()
}
