import HeardLexicon
import HeardMail
import HeardText

/// Adds up the evidence of one message after another for one worker.
///
/// The way of a message: `begin`, `score` for each part, `finish`. In `score` each sentence goes
/// through `Scorer+Words`, `Scorer+Scopes` (clauses and operators), `Scorer+Entries` (evidence) and
/// `Scorer+Styles`; `finish` pairs roles (`Scorer+Frames`), weighs the message as a whole (`Scorer+Balance`) and
/// decides (`Scorer+Verdict`). A sentence in which the lexicon found nothing costs a comparison. To
/// follow the algorithm, start at `score`.
///
/// A structure, although it is all state: the compiler then proves that accesses do not overlap,
/// which for a class is checked at every access while running. Even steps that only look are
/// `mutating`, or static: the compiler hands a copy of the whole structure to those that are not.
struct Scorer: ~Copyable {
  /// Sums in thousandths by `EvidenceKind.index`; the places behind the last kind stay 0.
  typealias Sums = InlineArray<32, Int32>

  let table: ScoringTable

  // What one message adds up to.
  var sums = Sums(repeating: 0)
  var explains = false
  var contributions: [Contribution] = []
  var nearMisses: [NearMiss] = []
  var wordContributions: [WordContribution] = []
  /// What single words add up to, in the order of `EvidenceKind.scores`.
  var wordSums = SIMD8<Int32>.zero
  /// By place of a word and a language (``WordTable/place(_:_:)``): the message in which it was met last.
  var wordMessages: Scratch<UInt32>
  /// By `Language.rawValue`.
  var languageBytes = InlineArray<8, Int>(repeating: 0)
  /// By style number.
  var styleCounts = InlineArray<8, Int>(repeating: 0)

  /// Roles met so far; only of kinds that a frame asks for.
  ///
  /// Those of a kind are a chain.
  var roles = Scratch<Role>()
  /// The first and the last role of each kind, by its index; −1 for none.
  var firstRole = InlineArray<32, Int32>(repeating: Role.none)
  var lastRole = InlineArray<32, Int32>(repeating: Role.none)
  /// Kinds that have roles, as bits.
  var roleKinds: UInt64 = 0
  /// The entries, each with how often it counted.
  var entries: Scratch<Entry>
  /// Number of the message, from 1.
  var message: UInt32 = 0
  var scoredZone = Zone.own
  var nextStretch = 0
  /// Added to token indices, so that positions ascend over the parts of a message.
  var positionBase = 0

  // What one stretch is made of.
  var hits = Scratch<Hit>(capacity: 64)
  var operators = Scratch<OperatorHit>(capacity: 64)
  var boundaries = Scratch<Boundary>(capacity: 64)
  /// Concessions (`although`), ascending, and the first that may concern the next hit.
  var concessions = Scratch<OperatorHit>()
  var nextConcession = 0
  /// Tokens of the first and the last `but`.
  var firstBut = Int.max
  var lastBut = Int.min
  /// What entries that match the same tokens said.
  var shared = SharedWords()
  /// Clauses of the stretch in which something is praised, by number.
  var praisedClauses = Scratch<Bool>()
  var quotations = QuotationSpans()
  var quotationHint = 0
  /// Whether words of the present stretch, or of the one before it, were evidence against us.
  var hasNegativeWords = false
  var lastNegativeStretch = -1

  /// Makes a scorer.
  init(table: ScoringTable) {
    self.table = table
    entries = Scratch(capacity: table.entries.count)
    for rules in table.entries { entries.append(Entry(rules: rules)) }
    wordMessages = Scratch(capacity: table.words.placeCount)
    wordMessages.resize(to: table.words.placeCount, filling: 0)
  }

  /// An entry, and how often it has counted, which is valid where `message` is the present one.
  ///
  /// All that is asked of an entry stands together: entries are met in no order, and each look at
  /// one may have to wait for memory.
  struct Entry: BitwiseCopyable {
    var rules: ScoringTable.Entry
    var count: UInt16 = 0
    var stretch: Int32 = -1
    var message: UInt32 = 0
  }

  /// Starts a message.
  mutating func begin(scoredZone: Zone, explain: Bool) {
    if message == .max {
      // Tallies of four thousand million messages ago would seem to be of this one.
      for entry in entries.indices { entries[entry].message = 0 }
      for word in wordMessages.indices { wordMessages[word] = 0 }
      message = 0
    }
    message += 1
    self.scoredZone = scoredZone
    explains = explain
    sums = Sums(repeating: 0)
    wordSums = .zero
    roles.removeAll()
    while roleKinds != 0 {
      firstRole[roleKinds.trailingZeroBitCount] = Role.none
      lastRole[roleKinds.trailingZeroBitCount] = Role.none
      roleKinds &= roleKinds - 1
    }
    languageBytes = .init(repeating: 0)
    styleCounts = .init(repeating: 0)
    if !contributions.isEmpty { contributions = [] }
    if !nearMisses.isEmpty { nearMisses = [] }
    if !wordContributions.isEmpty { wordContributions = [] }
    nextStretch = 0
    positionBase = 0
    lastNegativeStretch = -1
  }

  /// Adds the evidence of one part.
  ///
  /// - Parameters:
  ///   - document: each of its sentences in one zone (``Document/endSentences(at:)``).
  ///   - matches: of the whole document, ascending by first token.
  ///   - words: numbers of single words, by token; those of formulas are taken out.
  ///   - zones: tile the document's bytes (law 5).
  mutating func score(
    part: Int, document: borrowing Document, zones: [ZoneSpan],
    matches: borrowing ContiguousArray<Match>, words: inout Scratch<UInt16>,
    memory: TokenMemory
  ) {
    let hasWords = table.words.count > 0
    if hasWords { silenceFormulas(&words, matches) }
    quotations.find(in: document)
    quotationHint = 0
    var zone = 0
    var match = 0
    for sentence in document.sentences {
      let tokens = sentence.tokens
      let start = document.tokens[tokens.lowerBound].start
      let zoneBefore = zone
      while zone + 1 < zones.count, zones[zone].range.end <= start { zone += 1 }
      if zone != zoneBefore { nextStretch += 1 }
      let stretch = Stretch(
        number: nextStretch, part: part, zone: zones.isEmpty ? .own : zones[zone].zone,
        tokens: tokens, language: sentence.language, ending: sentence.ending,
        marks: sentence.marks, mayShout: sentence.mayShout)
      nextStretch += 1
      if hasWords, stretch.zone == scoredZone { addWords(words, in: stretch) }
      let from = match
      while match < matches.count, Int(matches[match].firstToken) < tokens.upperBound { match += 1 }
      score(stretch, document: document, matches: matches, from..<match, memory: memory)
    }
    nextStretch += 2
    positionBase += document.tokens.count + ScoringTable.distanceLimit + 1
  }

  private mutating func score(
    _ stretch: Stretch, document: borrowing Document, matches: borrowing ContiguousArray<Match>,
    _ range: Range<Int>, memory: TokenMemory
  ) {
    let isScored = stretch.zone == scoredZone
    if isScored {
      let start = document.tokens[stretch.tokens.lowerBound].start
      let end = document.tokens[stretch.tokens.upperBound - 1].end
      languageBytes[Int(stretch.language.rawValue)] += Int(end) - Int(start)
      if stretch.ending.contains(.question) {
        addStyle(table.questionMark, in: stretch, at: Self.lastTokenRange(stretch, document))
      }
    }
    if range.isEmpty || !(isScored || explains) { return }
    gather(matches, range)
    if hits.isEmpty { return }
    divide(stretch, document: document)
    addHits(in: stretch, document: document, memory: memory)
    if isScored, hasNegativeWords {
      lastNegativeStretch = stretch.number
      addStyles(in: stretch, document: document, memory: memory)
    }
  }

  /// Ends a message and says what it is.
  mutating func finish(automatic: Bool) -> Assessment {
    addFrames()
    return verdict(automatic: automatic)
  }

  // MARK: Adding

  /// Adds to a sum and notes what was added, so that law 4 holds by construction.
  mutating func add(
    _ source: @autoclosure () -> Contribution.Source, kind: Int, milli: Int32, plain: Int32,
    scopes: Scopes = [], zone: Zone, part: Int, range: ByteRange
  ) {
    let old = sums[kind]
    sum(milli, kind: kind)
    if explains {
      contributions.append(
        Contribution(
          source: source(), kind: KindRules.kinds[kind], milli: sums[kind] - old,
          plainMilli: plain, scopes: scopes, zone: zone, part: part, range: range))
    }
  }

  /// Changes a sum, within its limits; the one place where sums change.
  @inline(__always)
  mutating func sum(_ milli: Int32, kind: Int) {
    let (total, overflow) = sums[kind].addingReportingOverflow(milli)
    let limit = FixedPoint.sumLimit
    sums[kind] = overflow ? (milli < 0 ? -limit : limit) : min(max(total, -limit), limit)
  }

  /// Notes what did not count, when somebody wants to know.
  mutating func miss(
    _ source: @autoclosure () -> Contribution.Source, kind: Int,
    _ reason: @autoclosure () -> NearMiss.Reason, lost: Int32, zone: Zone, part: Int,
    range: ByteRange, by operatorRange: ByteRange = ByteRange(0, 0)
  ) {
    guard explains else { return }
    nearMisses.append(
      NearMiss(
        source: source(), kind: KindRules.kinds[kind], reason: reason(), lostMilli: lost,
        zone: zone, part: part, range: range, operatorRange: operatorRange))
  }

  /// The bytes of the stretch's last word.
  static func lastTokenRange(_ stretch: Stretch, _ document: borrowing Document) -> ByteRange {
    document.tokens[stretch.tokens.upperBound - 1].range
  }
}
