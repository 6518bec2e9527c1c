import HeardText

/// Remembers for each spelling of a worker's memory which elements it is a form of, and which
/// phrases are anchored in it.
///
/// Kept beside the memory, indexed by `FormID`, filled in the order in which spellings are first
/// seen, and emptied when the memory forgets.
struct FormResolver {
  /// The load that every token costs, in 32 bytes.
  struct Spelling {
    /// ``PhraseTable/bit(_:)`` of its elements and ``PhraseTable/classBits(_:)`` of its classes.
    var mask: UInt64
    /// As `mask`, of those elements only that are companions of some phrase.
    var companions: UInt64
    var firstPosting: UInt32
    /// Its candidates: `companied` with a companion, then `alone` without.
    var firstCandidate: UInt32
    var postings: UInt16 = 0
    var companied: UInt16 = 0
    var alone: UInt16 = 0
    /// ``TokenClassBits``; the name's bit holds only where it does not open a sentence.
    var classes: UInt8
    /// Languages (bits of `LanguageSet`) in which a phrase is anchored in it.
    var languages: UInt8 = 0
  }

  /// An element that a spelling is a form of; above its number whether not of a name.
  struct Posting {
    var rawValue: UInt32

    static let notName: UInt32 = 1 << 31
    var element: UInt32 { rawValue & ~Self.notName }
  }

  /// Postings, and candidates of a kind, of one spelling that are kept; more would be an oddity of
  /// the lexicon.
  static let limit = Int(UInt16.max) - 64

  private(set) var spellings: ContiguousArray<Spelling> = []
  private(set) var postings: ContiguousArray<Posting> = []
  /// Those of a spelling together, so that they are gone through in one go.
  private(set) var candidates: ContiguousArray<PhraseTable.Candidate> = []
  private var generation: UInt32?
  private let lookup: FormLookup
  /// What is anchored in a token class.
  private var classCandidates: [(bit: UInt8, candidates: [PhraseTable.Candidate])] = []
  /// What is anchored in the spelling at hand.
  private var found: [PhraseTable.Candidate] = []

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
      spellings.removeAll(keepingCapacity: true)
      postings.removeAll(keepingCapacity: true)
      candidates.removeAll(keepingCapacity: true)
      generation = memory.generation
    }
    while spellings.count < memory.count {
      resolve(FormID(rawValue: UInt32(spellings.count)), memory)
    }
  }

  private mutating func resolve(_ form: FormID, _ memory: some SpellingMemory) {
    let flags = memory.flags(form)
    let elements = lookup.elements(
      normal: memory.normal(form), folded: memory.folded(form), isWord: flags.contains(.word)
    ).prefix(Self.limit)
    let classes = TokenClassBits.of(flags)
    let classBits = PhraseTable.classBits(classes)
    var spelling = Spelling(
      mask: classBits, companions: classBits, firstPosting: UInt32(postings.count),
      firstCandidate: UInt32(candidates.count), classes: classes)
    found.removeAll(keepingCapacity: true)
    for item in elements {
      let notName = item.flags.contains(.notName)
      let bit = PhraseTable.bit(item.element)
      spelling.postings += 1
      spelling.mask |= bit
      if lookup.phrases.isCompanion(item.element) { spelling.companions |= bit }
      postings.append(Posting(rawValue: item.element | (notName ? Posting.notName : 0)))
      for var candidate in lookup.phrases.candidates(element: item.element) {
        if notName { candidate.flags = PhraseTable.Candidate.notName }
        found.append(candidate)
      }
    }
    for item in classCandidates where item.bit & classes != 0 {
      found.append(contentsOf: item.candidates)
    }
    let alone = PhraseTable.Place.alone.rawValue
    for candidate in found where candidate.place != alone && spelling.companied < Self.limit {
      spelling.companied += 1
      spelling.languages |= candidate.languages
      candidates.append(candidate)
    }
    for candidate in found where candidate.place == alone && spelling.alone < Self.limit {
      spelling.alone += 1
      spelling.languages |= candidate.languages
      candidates.append(candidate)
    }
    spellings.append(spelling)
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
