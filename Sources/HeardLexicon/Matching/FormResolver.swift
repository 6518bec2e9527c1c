import HeardText

/// Remembers for each spelling of a worker's memory which elements it is a form of.
///
/// Kept beside the memory, indexed by `FormID`, filled in the order in which spellings are first
/// seen, and emptied when the memory forgets.
struct FormResolver {
  /// How phrases go on with a spelling, in 16 bytes.
  struct Spelling {
    /// ``PhraseTable/bit(_:)`` of its elements.
    var elements: UInt64 = 0
    var firstPosting: UInt32
    var postings: UInt16 = 0
    /// ``TokenClassBits``; the name's bit holds only where it does not open a sentence.
    var classes: UInt8
  }

  /// How phrases begin with a spelling, in 8 bytes: the load that every token costs.
  struct Beginning {
    var firstStart: UInt32
    var starts: UInt16 = 0
    /// Languages (bits of `LanguageSet`) in which one does.
    var languages: UInt8 = 0
  }

  /// An element that a spelling is a form of.
  struct Posting {
    var element: UInt32
    /// Not when the token is a name.
    var notName: Bool
  }

  /// A node behind a first word or class.
  struct Start {
    var node: UInt32
    var languages: UInt8
    /// Not when the token is a name.
    var notName: Bool
    /// Only when the token is a name.
    var onlyName: Bool
  }

  /// Postings of one spelling that are kept; more would be an oddity of the lexicon.
  static let limit = Int(UInt16.max) - 64

  private(set) var spellings: ContiguousArray<Spelling> = []
  private(set) var beginnings: ContiguousArray<Beginning> = []
  private(set) var postings: ContiguousArray<Posting> = []
  private(set) var starts: ContiguousArray<Start> = []
  private var generation: UInt32?
  private let lookup: FormLookup
  /// What begins with a token class.
  private var classStarts: [(bit: UInt8, start: Start)] = []

  init(_ phrases: PhraseTable) {
    lookup = FormLookup(phrases: phrases)
    for language in Language.allCases {
      let root = phrases.nodes[PhraseTable.root(language.rawValue)]
      for edge in phrases.edges[root.firstClass..<root.firstGap] {
        let bit = UInt8(1) << UInt8(truncatingIfNeeded: edge.label)
        let start = Start(
          node: edge.target, languages: LanguageSet(language).rawValue, notName: false,
          onlyName: bit == TokenClassBits.name)
        classStarts.append((bit, start))
      }
    }
  }

  /// Looks up all spellings that the memory has met since the last time.
  mutating func update(from memory: some SpellingMemory) {
    if generation != memory.generation {
      spellings.removeAll(keepingCapacity: true)
      beginnings.removeAll(keepingCapacity: true)
      postings.removeAll(keepingCapacity: true)
      starts.removeAll(keepingCapacity: true)
      generation = memory.generation
    }
    while spellings.count < memory.count {
      resolve(FormID(rawValue: UInt32(spellings.count)), memory)
    }
  }

  private mutating func resolve(_ form: FormID, _ memory: some SpellingMemory) {
    let flags = memory.flags(form)
    let found = lookup.elements(
      normal: memory.normal(form), folded: memory.folded(form), isWord: flags.contains(.word)
    ).prefix(Self.limit)
    var spelling = Spelling(
      firstPosting: UInt32(postings.count), classes: TokenClassBits.of(flags))
    var beginning = Beginning(firstStart: UInt32(starts.count))
    func begin(_ start: Start) {
      beginning.starts += 1
      beginning.languages |= start.languages
      starts.append(start)
    }
    for item in found {
      let notName = item.flags.contains(.notName)
      spelling.postings += 1
      spelling.elements |= PhraseTable.bit(item.element)
      postings.append(Posting(element: item.element, notName: notName))
      let node = lookup.phrases.starts[Int(item.element)]
      if node != 0 {
        begin(
          Start(
            node: node, languages: item.flags.languageBits, notName: notName, onlyName: false))
      }
    }
    for item in classStarts
    where item.bit & spelling.classes != 0 {
      begin(item.start)
    }
    spellings.append(spelling)
    beginnings.append(beginning)
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
