internal import CHeardLexicon
import HeardText

/// Remembers for each spelling of a worker's memory which elements it is a form of, and which
/// phrases are anchored in it.
///
/// Kept beside the memory, indexed by `FormID`, filled in the order in which spellings are first
/// seen, and emptied when the memory forgets.
struct FormResolver: ~Copyable {
  /// The load that every token costs, in 32 bytes.
  struct Spelling: BitwiseCopyable {
    /// ``PhraseTable/bit(_:)`` of its elements and ``PhraseTable/classBits(_:)`` of its classes.
    var mask: UInt64
    /// As `mask`, of those elements only that are companions of some phrase.
    var companions: UInt64
    var entries = Entries()
    /// ``TokenClassBits``; the name's bit holds only where it does not open a sentence.
    var classes: UInt8
    /// In the copy for a token, what stands in front of it.
    var gap: Gap = []

    /// The spelling of which nothing is known.
    static let none = Spelling(mask: 0, companions: 0, classes: 0)
  }

  /// What a spelling shares with all that are forms of the same elements.
  struct Entries: BitwiseCopyable {
    var firstPosting: UInt32 = 0
    /// Its candidates, eight a block; those that are whole phrases behind the others, and those
    /// ascending by entry.
    var firstBlock: UInt32 = 0
    var postings: UInt16 = 0
    var blocks: UInt16 = 0
    /// Languages (bits of `LanguageSet`) in which a phrase is anchored in it.
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

  private(set) var spellings = Scratch<Spelling>(capacity: 1 << 12)
  private(set) var postings = Scratch<Posting>(capacity: 1 << 10)
  private(set) var blocks = Scratch<heard_candidate_block>(capacity: 1 << 10)
  /// Blocks of the spelling that has the most.
  private(set) var mostBlocks = 0
  private var generation: UInt32?
  private let lookup: FormLookup
  /// What is anchored in a token class.
  private var classCandidates: [(bit: UInt8, candidates: [PhraseTable.Candidate])] = []
  /// By postings and token classes: most spellings are one of many forms of some word, and the
  /// fewer places in memory the more of them are near.
  private var known: [[UInt32]: Entries] = [:]
  // Of the spelling at hand.
  private var normal: [UInt8] = []
  private var folded: [UInt8] = []
  private var elements: [FormLookup.Found] = []
  private var found: [PhraseTable.Candidate] = []
  private var key: [UInt32] = []

  init(_ phrases: PhraseTable) {
    lookup = FormLookup(phrases: phrases)
    for kind in TokenClass.allCases {
      let bit = UInt8(1) << UInt8(kind.number)
      let flags = bit == TokenClassBits.name ? PhraseTable.Candidate.onlyName : 0
      let candidates = phrases.candidates(tokenClass: kind.number).map { candidate in
        var candidate = candidate
        candidate.flags = flags
        return candidate
      }
      if !candidates.isEmpty { classCandidates.append((bit, candidates)) }
    }
  }

  /// Looks up all spellings that the memory has met since the last time.
  mutating func update(from memory: some SpellingMemory) {
    if generation != memory.generation {
      spellings.removeAll()
      postings.removeAll()
      blocks.removeAll()
      known = [:]
      generation = memory.generation
    }
    while spellings.count < memory.count {
      resolve(FormID(rawValue: UInt32(spellings.count)), memory)
    }
  }

  /// Asks for the candidates of a token that will be looked at soon.
  @inline(__always)
  func prefetch(_ entries: Entries) {
    guard entries.blocks > 0, let first = unsafe blocks.elements.baseAddress else { return }
    unsafe heard_prefetch_block(first + Int(entries.firstBlock))
  }

  private mutating func resolve(_ form: FormID, _ memory: some SpellingMemory) {
    let flags = memory.flags(form)
    memory.withNormal(form) { NormalWord.fill(&normal, with: $0) }
    memory.withFolded(form) { NormalWord.fill(&folded, with: $0) }
    lookup.find(normal, folded, isWord: flags.contains(.word), into: &elements)
    let classes = TokenClassBits.of(flags)
    let classBits = PhraseTable.classBits(classes)
    var spelling = Spelling(mask: classBits, companions: classBits, classes: classes)
    key.removeAll(keepingCapacity: true)
    for item in elements.prefix(Self.limit) {
      let bit = lookup.phrases.bit(item.element)
      spelling.mask |= bit
      if lookup.phrases.isCompanion(item.element) { spelling.companions |= bit }
      key.append(item.element | (item.flags.contains(.notName) ? Posting.notName : 0))
    }
    let anchoring = classCandidates.contains { $0.bit & classes != 0 } ? classes : 0
    if !key.isEmpty || anchoring != 0 { spelling.entries = entries(classes: anchoring) }
    spellings.append(spelling)
  }

  /// What the postings in `key`, and some token classes, lead to.
  private mutating func entries(classes: UInt8) -> Entries {
    let elements = key.count
    key.append(UInt32(classes))
    if let entries = known[key] { return entries }
    var entries = Entries(
      firstPosting: UInt32(postings.count), firstBlock: UInt32(blocks.count),
      postings: UInt16(elements))
    found.removeAll(keepingCapacity: true)
    for place in 0..<elements {
      let posting = Posting(rawValue: key[place])
      postings.append(posting)
      for var candidate in lookup.phrases.candidates(element: posting.element) {
        if posting.rawValue & Posting.notName != 0 {
          candidate.flags = PhraseTable.Candidate.notName
        }
        found.append(candidate)
      }
    }
    for item in classCandidates where item.bit & classes != 0 {
      found.append(contentsOf: item.candidates)
    }
    let alone = found.filter(\.isAlone).sorted { $0.number < $1.number }
    found.removeAll(where: \.isAlone)
    for candidate in (found + alone).prefix(Self.limit) {
      entries.languages |= candidate.languages
      put(candidate, &entries)
    }
    mostBlocks = max(mostBlocks, Int(entries.blocks))
    known[key] = entries
    return entries
  }

  private var nextLane: UInt32 = 0

  /// Adds a candidate behind those that `entries` has.
  private mutating func put(_ candidate: PhraseTable.Candidate, _ entries: inout Entries) {
    if entries.blocks == 0 || nextLane == UInt32(HEARD_LANES) {
      blocks.append(heard_candidate_block())
      entries.blocks += 1
      nextLane = 0
    }
    // What is a whole phrase asks for no companion, and passes everywhere.
    let anywhere = PhraseTable.Place.anywhere.rawValue
    unsafe heard_candidate_put(
      &blocks[blocks.count - 1], nextLane, candidate.isAlone ? .max : candidate.mask,
      candidate.otherMask, candidate.isAlone ? anywhere : candidate.place, candidate.otherPlace,
      candidate.number, candidate.languages,
      candidate.flags | (candidate.isAlone ? PhraseTable.Candidate.alone : 0))
    nextLane += 1
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
