import HeardText

/// Remembers for each spelling of a worker's memory which elements it is a form of.
///
/// Kept beside the memory, indexed by `FormID`, filled in the order in which spellings are first
/// seen, and emptied when the memory forgets.
struct FormResolver {
  /// What the matcher needs to know of a spelling, in 12 bytes.
  struct Spelling {
    var firstPosting: UInt32
    var postings: UInt16 = 0
    /// Languages (bits of `LanguageSet`) in which a phrase can begin with it.
    var starts: UInt8 = 0
    /// ``TokenClassBits``; the name's bit holds only where it does not open a sentence.
    var classes: UInt8
  }

  /// An element that a spelling is a form of.
  struct Posting {
    var element: UInt32
    var languages: UInt8
    /// Not when the token is a name.
    var notName: Bool
  }

  /// Postings of one spelling that are kept; more would be an oddity of the lexicon.
  static let limit = Int(UInt16.max)

  private(set) var spellings: ContiguousArray<Spelling> = []
  private(set) var postings: ContiguousArray<Posting> = []
  private var generation: UInt32?
  private let lookup: FormLookup
  /// Token classes that begin a phrase, by language: a bit a class.
  private var classStarts: [(languages: UInt8, classes: UInt8)] = []

  init(_ phrases: PhraseTable) {
    lookup = FormLookup(phrases: phrases)
    for language in Language.allCases {
      let root = phrases.nodes[PhraseTable.root(language.rawValue)]
      let first = Int(root.firstEdge) + Int(root.wordEdges)
      var classes: UInt8 = 0
      for edge in phrases.edges[first..<first + Int(root.classEdges)] {
        classes |= 1 << UInt8(truncatingIfNeeded: edge.label)
      }
      if classes != 0 { classStarts.append((LanguageSet(language).rawValue, classes)) }
    }
  }

  /// Looks up all spellings that the memory has met since the last time.
  mutating func update(from memory: some SpellingMemory) {
    if generation != memory.generation {
      spellings.removeAll(keepingCapacity: true)
      postings.removeAll(keepingCapacity: true)
      generation = memory.generation
    }
    while spellings.count < memory.count {
      let form = FormID(rawValue: UInt32(spellings.count))
      spellings.append(resolve(form, memory))
    }
  }

  private mutating func resolve(_ form: FormID, _ memory: some SpellingMemory) -> Spelling {
    let flags = memory.flags(form)
    let found = lookup.elements(
      normal: memory.normal(form), folded: memory.folded(form), isWord: flags.contains(.word))
    var spelling = Spelling(
      firstPosting: UInt32(postings.count), classes: TokenClassBits.of(flags))
    for item in found.prefix(Self.limit) {
      spelling.postings += 1
      postings.append(
        Posting(
          element: item.element, languages: item.flags.languageBits,
          notName: item.flags.contains(.notName)))
      if lookup.phrases.starts[Int(item.element)] != 0 {
        spelling.starts |= item.flags.languageBits
      }
    }
    for start in classStarts where start.classes & spelling.classes != 0 {
      spelling.starts |= start.languages
    }
    return spelling
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
