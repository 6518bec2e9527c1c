import HeardText

/// Remembers for each spelling of a worker's memory which elements it is a form of.
///
/// Kept beside the memory, indexed by `FormID`, filled in the order in which spellings are first
/// seen, and emptied when the memory forgets.
struct FormResolver {
  /// What phrases begin with a spelling and how they go on with it: the load that every token
  /// costs, in 24 bytes.
  struct Spelling {
    /// ``PhraseTable/bit(_:)`` of its elements.
    var elements: UInt64 = 0
    var firstPosting: UInt32
    var firstStart: UInt32
    var postings: UInt16 = 0
    var starts: UInt16 = 0
    /// ``TokenClassBits``; the name's bit holds only where it does not open a sentence.
    var classes: UInt8
    /// Languages (bits of `LanguageSet`) in which a phrase begins with it.
    var languages: UInt8 = 0
  }

  /// An element that a spelling is a form of.
  struct Posting {
    var element: UInt32
    /// Not when the token is a name.
    var notName: Bool
  }

  /// A node behind a first word or class, in 24 bytes.
  ///
  /// What of the node says whether it is worth a visit is copied here: nodes are many and far apart
  /// in memory, and most phrases that a word can begin do not go on.
  struct Start {
    /// ``PhraseTable/Node/reachable`` and its classes.
    let elements: UInt64
    let node: UInt32
    /// The entry that ends in the node when there is just one.
    let end: UInt32
    let languages: UInt8
    let classes: UInt8
    let flags: UInt8
    /// Tokens that a gap behind the first word may skip.
    let reach: UInt8

    /// Not when the token is a name.
    static let notName: UInt8 = 1
    /// Only when the token is a name.
    static let onlyName: UInt8 = 2
    /// One entry ends in the node.
    static let oneEnd: UInt8 = 4
    /// Several do.
    static let moreEnds: UInt8 = 8

    init(node number: UInt32, of phrases: PhraseTable, languages: UInt8, flags: UInt8) {
      let node = phrases.nodes[Int(number)]
      elements = node.reachable
      self.node = number
      self.languages = languages
      classes = node.reachableClasses
      end = node.ends == 1 ? phrases.ends[Int(node.firstEnd)] : 0
      switch node.ends {
      case 0: self.flags = flags
      case 1: self.flags = flags | Self.oneEnd
      default: self.flags = flags | Self.moreEnds
      }
      reach = node.reach
    }
  }

  /// Postings of one spelling that are kept; more would be an oddity of the lexicon.
  static let limit = Int(UInt16.max) - 64

  private(set) var spellings: ContiguousArray<Spelling> = []
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
          node: edge.target, of: phrases, languages: LanguageSet(language).rawValue,
          flags: bit == TokenClassBits.name ? Start.onlyName : 0)
        classStarts.append((bit, start))
      }
    }
  }

  /// Looks up all spellings that the memory has met since the last time.
  mutating func update(from memory: some SpellingMemory) {
    if generation != memory.generation {
      spellings.removeAll(keepingCapacity: true)
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
      firstPosting: UInt32(postings.count), firstStart: UInt32(starts.count),
      classes: TokenClassBits.of(flags))
    func begin(_ start: Start) {
      spelling.starts += 1
      spelling.languages |= start.languages
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
            node: node, of: lookup.phrases, languages: item.flags.languageBits,
            flags: notName ? Start.notName : 0))
      }
    }
    for item in classStarts
    where item.bit & spelling.classes != 0 {
      begin(item.start)
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
