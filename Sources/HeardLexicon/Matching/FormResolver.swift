internal import CHeardLexicon
import HeardText

/// Remembers for each spelling of a worker's memory which elements it is a form of, and which
/// phrases are anchored in it.
///
/// Kept beside the memory, indexed by `FormID`, filled in the order in which spellings are first
/// seen, and emptied when the memory forgets.
struct FormResolver: ~Copyable {
  /// What a spelling shares with all that are forms of the same elements.
  private struct Entries {
    var firstPosting: UInt32
    var firstLane: UInt32
    var postings: UInt16
    var lanes: UInt16 = 0
    var languages: UInt8 = 0
  }

  /// An element that a spelling is a form of; above its number whether not of a name.
  struct Posting: BitwiseCopyable {
    var rawValue: UInt32

    static let notName: UInt32 = 1 << 31
    var element: UInt32 { rawValue & ~Self.notName }
  }

  /// Postings, and candidates, of one spelling that are kept; more would be an oddity of the
  /// lexicon.
  static let limit = Int(UInt16.max) - 64

  private(set) var spellings = Scratch<heard_spelling>(capacity: 1 << 12)
  /// Of each set of elements those, filled up to a multiple of four.
  private(set) var postings = Scratch<Posting>(capacity: 1 << 10)
  /// Of each set of elements where the candidates of each language end, their tests, and behind them
  /// their numbers (`heard_look_tables`).
  ///
  /// Few do not lie in one line of cache. In a language candidates of one token are behind the others,
  /// ascending by entry.
  private(set) var lanes = Scratch<UInt32>(capacity: 1 << 12)
  private var generation: UInt32?
  private let lookup: FormLookup
  private let words: WordTable
  /// What is anchored in a token class.
  private var classCandidates: [(bit: UInt8, candidates: [PhraseTable.Candidate])] = []
  /// By postings and token classes: most spellings are one of many forms of some word, and the
  /// fewer places in memory the more of them are near.
  private var known: [[UInt32]: Entries] = [:]
  // Of the spelling at hand.
  private var normal: [UInt8] = []
  private var folded: [UInt8] = []
  private var elements: [FormLookup.Found] = []
  private var found = Scratch<PhraseTable.Candidate>(capacity: 256)
  private var key: [UInt32] = []

  init(_ phrases: PhraseTable, _ words: WordTable) {
    lookup = FormLookup(phrases: phrases)
    self.words = words
    for kind in TokenClass.allCases {
      let bit = UInt8(1) << UInt8(kind.number)
      var candidates: [PhraseTable.Candidate] = []
      phrases.candidates(tokenClass: kind.number) { candidate in
        var candidate = candidate
        candidate.nameRule = bit == TokenClassBits.name ? .onlyName : .any
        candidates.append(candidate)
      }
      if !candidates.isEmpty { classCandidates.append((bit, candidates)) }
    }
  }

  /// Looks up all spellings that the memory has met since the last time.
  mutating func update(from memory: some SpellingMemory) {
    if generation != memory.generation {
      spellings.removeAll()
      postings.removeAll()
      lanes.removeAll()
      known = [:]
      generation = memory.generation
    }
    while spellings.count < memory.count {
      resolve(FormID(rawValue: UInt32(spellings.count)), memory)
    }
  }

  /// Asks for what is known of a spelling that will be looked at soon.
  @inline(__always)
  func prefetch(_ form: Int) {
    guard let first = unsafe spellings.elements.baseAddress else { return }
    unsafe heard_prefetch_line(first + form)
  }

  /// Asks for the candidates of a token that will be looked at soon.
  @inline(__always)
  func prefetch(_ spelling: heard_spelling) {
    guard let first = unsafe lanes.elements.baseAddress else { return }
    unsafe heard_prefetch_lanes(first + Int(spelling.first_lane), UInt32(spelling.lanes))
  }

  private mutating func resolve(_ form: FormID, _ memory: some SpellingMemory) {
    let flags = memory.flags(form)
    memory.withNormal(form) { NormalWord.fill(&normal, with: $0) }
    memory.withFolded(form) { NormalWord.fill(&folded, with: $0) }
    lookup.find(normal, folded, isWord: flags.contains(.word), into: &elements)
    var spelling = heard_spelling()
    spelling.classes = TokenClassBits.of(flags)
    spelling.mask = PhraseTable.classBits(spelling.classes)
    spelling.companions = spelling.mask
    if flags.contains(.word) { spelling.gap_or_word = words.find(folded) }
    key.removeAll(keepingCapacity: true)
    for item in elements.prefix(Self.limit) {
      spelling.mask |= PhraseTable.maskBit(item.element)
      if lookup.phrases.isCompanion(item.element) {
        spelling.companions |= lookup.phrases.companionBit(item.element)
      }
      key.append(item.element | (item.flags.contains(.notName) ? Posting.notName : 0))
    }
    let classes = spelling.classes
    let anchoring = classCandidates.contains { $0.bit & classes != 0 } ? classes : 0
    if !key.isEmpty || anchoring != 0 {
      let entries = entries(classes: anchoring)
      spelling.first_posting = entries.firstPosting
      spelling.postings = entries.postings
      spelling.first_lane = entries.firstLane
      spelling.lanes = entries.lanes
      spelling.languages = entries.languages
    }
    spellings.append(spelling)
  }

  /// Where so many tests and numbers begin: in a line of cache in which they end, or at its start.
  private mutating func begin(lanes count: Int) -> UInt32 {
    let line = 16
    if lanes.count % line + Int(HEARD_ENDS) + 2 * count > line {
      while lanes.count % line != 0 { lanes.append(0) }
    }
    return UInt32(lanes.count)
  }

  /// What the postings in `key`, and some token classes, lead to.
  private mutating func entries(classes: UInt8) -> Entries {
    let elements = key.count
    key.append(UInt32(classes))
    if let entries = known[key] { return entries }
    var entries = Entries(
      firstPosting: UInt32(postings.count), firstLane: 0, postings: UInt16(elements))
    found.removeAll()
    for place in 0..<elements {
      let posting = Posting(rawValue: key[place])
      postings.append(posting)
      let isNoName = posting.rawValue & Posting.notName != 0
      let rule = isNoName ? PhraseTable.Candidate.NameRule.notName : .any
      lookup.phrases.candidates(element: posting.element) { candidate in
        var candidate = candidate
        candidate.nameRule = rule
        found.append(candidate)
      }
    }
    // They are looked at four at a time; no element has this number.
    while postings.count % 4 != 0 { postings.append(Posting(rawValue: Posting.notName - 1)) }
    for item in classCandidates where item.bit & classes != 0 {
      for candidate in item.candidates { found.append(candidate) }
    }
    found.keep(first: min(found.count, Self.limit))
    entries.firstLane = begin(lanes: found.count)
    entries.lanes = UInt16(found.count)
    entries.languages = writeFound()
    // A copy of the length that it has: `key` has room for the longest so far, and so would each of
    // the tens of thousands that are kept.
    known[key.map(\.self)] = entries
    return entries
  }

  /// Writes what was found behind the lanes, and returns its languages.
  ///
  /// By language, and in each those of one token behind the others, by entry.
  private mutating func writeFound() -> UInt8 {
    typealias Candidate = PhraseTable.Candidate
    // Where it belongs: two for each language.
    func drawer(_ candidate: Candidate) -> Int {
      Int(candidate.language.rawValue) &* 2 &+ (candidate.isAlone ? 1 : 0)
    }
    let count = found.count
    // Those of one posting are in order as they come, and nearly all are.
    var isInOrder = true
    var last: UInt64 = 0
    var next = InlineArray<8, Int>(repeating: 0)
    for index in found.indices {
      let candidate = found[index]
      let drawer = drawer(candidate)
      next[drawer] &+= 1
      let rank = UInt64(drawer) &<< 32 | (candidate.isAlone ? UInt64(candidate.number) : 0)
      if rank < last { isInOrder = false }
      last = rank
    }
    var languages: UInt8 = 0
    var packed: UInt64 = 0
    var end = 0
    for drawer in 0..<8 {
      let more = next[drawer]
      next[drawer] = end
      end &+= more
      if more > 0 { languages |= 1 &<< UInt8(truncatingIfNeeded: drawer / 2) }
      if drawer & 1 == 1 { packed |= UInt64(end) &<< UInt64(drawer / 2 * 16) }
    }
    lanes.append(UInt32(truncatingIfNeeded: packed))
    lanes.append(UInt32(truncatingIfNeeded: packed >> 32))
    let first = lanes.count
    lanes.resize(to: first + 2 * count, filling: 0)
    let starts = next
    for index in found.indices {
      let candidate = found[index]
      var place = first &+ index
      if !isInOrder {
        let drawer = drawer(candidate)
        place = first &+ next[drawer]
        next[drawer] &+= 1
        let start = first &+ starts[drawer]
        while candidate.isAlone, place > start,
          lanes[place &- 1 &+ count] > candidate.number
        {
          lanes[place] = lanes[place &- 1]
          lanes[place &+ count] = lanes[place &- 1 &+ count]
          place &-= 1
        }
      }
      lanes[place] = candidate.test | candidate.nameRule.rawValue &<< Candidate.upperShift
      lanes[place &+ count] = candidate.number
    }
    return languages
  }
}

/// Token classes as bits, by their number in `TokenClass.allCases`.
enum TokenClassBits {
  static let number: UInt8 = 1 << 0
  static let currency: UInt8 = 1 << 1
  static let name: UInt8 = 1 << 2
  static let word: UInt8 = 1 << 3

  /// The classes that a spelling can have; a name only where it stands as one.
  static func of(_ flags: FormFlags) -> UInt8 {
    var bits: UInt8 = 0
    if flags.contains(.number) { bits |= number }
    if flags.contains(.currency) { bits |= currency }
    if flags.contains(.word) { bits |= word }
    if flags.contains(.word) && flags.contains(.capitalised) { bits |= name }
    return bits
  }
}
