internal import CHeardLexicon
internal import HeardSources
package import HeardText

/// The phrases of all languages, each with the word by which it is looked for, and the forms that
/// name elements.
///
/// A phrase is a row of steps: an element (a word in any of its forms), one of several elements, or
/// a token class; each may skip tokens in front of it. A token is looked at for the phrases that are
/// anchored in one of its elements or classes (``PhrasePlan``).
///
/// Everything is read where it lies in the image: a start makes nothing of it.
/// Unchecked: its pointers lead into an image that nobody changes, and that it holds.
@safe
package final class PhraseTable: @unchecked Sendable {
  /// Where the companion of a phrase may stand, seen from its anchor.
  ///
  /// The tokens of such a place are looked at together, by the bits that any of them has.
  package enum Place: UInt32, CaseIterable {
    /// The token behind or in front of the anchor.
    case next, previous
    /// One of the two tokens behind or in front.
    case two, twoBefore
    /// One of the four.
    case near, nearBefore
    /// One of the sixteen.
    case far, farBefore

    /// The smallest place that holds some distances, which are below zero in front of the anchor;
    /// nil when none holds them all.
    package init?(_ distances: ClosedRange<Int>) {
      let isBehind = distances.lowerBound > 0
      switch max(distances.upperBound, -distances.lowerBound) {
      case ...1: self = isBehind ? .next : .previous
      case ...2: self = isBehind ? .two : .twoBefore
      case ...4: self = isBehind ? .near : .nearBefore
      case ...16: self = isBehind ? .far : .farBefore
      default: return nil
      }
    }

    /// Number of its tokens.
    package var width: Int {
      switch self {
      case .next, .previous: 1
      case .two, .twoBefore: 2
      case .near, .nearBefore: 4
      case .far, .farBefore: 16
      }
    }
  }

  /// A phrase that is anchored somewhere.
  package struct Candidate: Hashable, BitwiseCopyable {
    /// What a token must be beside one that the anchor takes.
    enum NameRule: UInt32, BitwiseCopyable {
      case any, notName, onlyName
    }

    /// Three times ``index(_:bit:ofMasks:)``, ten bits each: unless a token in its place has the bit,
    /// for all three, the phrase is not here.
    package var test: UInt32
    /// Where the phrase begins in ``PhraseTable/rows``, with ``row`` when its tokens stand side by
    /// side; the entry, with ``alone``, when the anchor is the whole phrase.
    package var number: UInt32
    /// The language in whose sentences it is looked for.
    package var language: Language
    /// Filled in where it is anchored.
    var nameRule = NameRule.any

    package init(test: UInt32, number: UInt32, language: Language) {
      self.test = test
      self.number = number
      self.language = language
    }

    /// The anchor is the whole phrase.
    package static let alone: UInt32 = 1 << 31
    /// The phrase has no gap.
    package static let row: UInt32 = 1 << 30

    /// Whether the anchor is the whole phrase.
    package var isAlone: Bool { number & Self.alone != 0 }

    /// Bits of a companion in a test.
    static let indexBits: UInt32 = 10
    /// What stands above its companions: in an image its language, in a worker's lists its name rule.
    static let upperShift: UInt32 = 30

    /// A bit of a place: of companions, or of masks, which say something else (``maskBit(_:)``).
    package static func index(_ place: Place, bit: Int, ofMasks: Bool = false) -> UInt32 {
      let row = place.rawValue + (ofMasks ? UInt32(Place.allCases.count) : 0)
      return row << 6 | UInt32(truncatingIfNeeded: bit) & 63
    }

    /// A test of up to three indices; those that are not there pass always.
    package static func test(_ indices: [UInt32]) -> UInt32 {
      let always = index(.next, bit: alwaysBit)
      return (0..<3).reduce(0) { test, number in
        let index = indices.indices.contains(number) ? indices[number] : always
        return test | index << (UInt32(number) * indexBits)
      }
    }
  }

  /// What a step asks of a token; in 16 bytes, as in the image.
  ///
  /// The same question stands once, so that those of all steps fit the processor's second cache.
  package struct Label: Hashable, BitwiseCopyable {
    package struct Kind: RawRepresentable, Hashable, BitwiseCopyable {
      package let rawValue: UInt8

      package init(rawValue: UInt8) { self.rawValue = rawValue }

      /// `value` is the element.
      package static let element = Kind(rawValue: 0)
      /// `value` is the first of `count` in ``sets``.
      package static let set = Kind(rawValue: 1)
      /// `value` is the bit of ``TokenClassBits``.
      package static let tokenClass = Kind(rawValue: 2)
    }

    /// Bits of which a token has one that the step takes.
    package var mask: UInt64
    package var value: UInt32
    package var count: UInt16
    package var kind: Kind

    package init(mask: UInt64, value: UInt32, count: UInt16, kind: Kind) {
      self.mask = mask
      self.value = value
      self.count = count
      self.kind = kind
    }
  }

  /// A step of a phrase; in 4 bytes, as in the image.
  struct Step: BitwiseCopyable {
    let rawValue: UInt32

    /// Most labels of a lexicon.
    static let labelLimit = 1 << 24

    /// Index of what it asks, in ``labels``.
    var label: Int { Int(rawValue & 0xFF_FFFF) }
    /// Tokens that may stand between the step before and this one.
    var skip: Int { Int(rawValue &>> 24) }
  }

  /// A phrase of two or more steps, as it stands in ``rows``: its entry, a word with the number of
  /// its steps and above eight bits the index of the anchor among them, and the steps.
  struct Phrase {
    /// Words in front of the steps.
    static let words = 2

    var entry: UInt32
    var steps: Int
    /// Index of the anchor among the steps.
    var anchor: Int
    /// Where in ``rows`` its first step is.
    var firstStep: Int

    /// The phrase that begins somewhere in rows.
    @inline(__always)
    init(_ rows: UnsafeBufferPointer<UInt32>, _ start: Int) {
      let packed = unsafe rows[start &+ 1]
      entry = unsafe rows[start]
      steps = Int(packed & 0xFF)
      anchor = Int(packed &>> 8 & 0xFF)
      firstStep = start &+ Self.words
    }
  }

  /// Longest reach of a match in tokens, gaps included: what fits a mask of 64 bits.
  package static let longest = 64

  /// Most entries of a lexicon: what the place of a match holds beside its tokens.
  static let most = 1 << 24

  // The class is unchecked because of these pointers: they point into `image`, which nobody writes to
  // and which lives as long as the table.
  /// Phrases, each as ``Phrase`` says.
  let rows: UnsafeBufferPointer<UInt32>
  /// What steps ask.
  let labels: UnsafeBufferPointer<Label>
  /// Elements of labels that take one of several, ascending in each.
  let sets: UnsafeBufferPointer<UInt32>
  /// The records of candidates, two words each.
  private let candidates: UnsafeBufferPointer<UInt32>
  let elementCount: Int
  let entryCount: Int
  /// What compounds there can be.
  let compounds: CompoundFilter
  private let image: ImageReader
  private let slotMask: Int

  /// Takes the phrases of an image, after checks of whatever is not checked when it is asked for.
  init(_ image: ImageReader) throws(CompiledLexiconError) {
    self.image = image
    entryCount = image.count(.entries)
    guard entryCount <= Self.most else { throw image.damage(.entries) }
    unsafe rows = image.values(.rows, as: UInt32.self)
    unsafe labels = image.values(.labels, as: Label.self)
    unsafe sets = image.values(.sets, as: UInt32.self)
    unsafe candidates = image.values(.candidates, as: UInt32.self)
    guard unsafe rows.count < Int(Candidate.row) else { throw image.damage(.rows) }
    guard unsafe labels.count <= Step.labelLimit, unsafe Self.areSound(labels, setCount: sets.count)
    else { throw image.damage(.labels) }
    let classes = TokenClass.allCases.count
    guard image.count(.anchors) >= classes else { throw image.damage(.anchors) }
    elementCount = image.count(.anchors) - classes
    guard image.count(.bits) * 4 >= elementCount else { throw image.damage(.bits) }
    slotMask = image.count(.slots) - 1
    guard slotMask >= 0, image.count(.slots) & slotMask == 0 else { throw image.damage(.slots) }
    compounds = CompoundFilter(words: image.words(.compounds))
    guard compounds.words.count == CompoundFilter.wordCount else { throw image.damage(.compounds) }
  }

  /// Goes through the candidates that are anchored in an element.
  @inline(__always)
  func candidates(element: UInt32, _ take: (Candidate) -> Void) {
    candidates(anchor: Int(element), take)
  }

  /// Goes through the candidates that are anchored in a token class, by its number.
  func candidates(tokenClass number: Int, _ take: (Candidate) -> Void) {
    candidates(anchor: elementCount + number, take)
  }

  @inline(__always)
  private func candidates(anchor: Int, _ take: (Candidate) -> Void) {
    var group = Int(image.word(.anchors, anchor, 0))
    let end = min(group &+ Int(image.word(.anchors, anchor, 1)), image.count(.groups))
    while group < end {
      candidates(group: group, take)
      group &+= 1
    }
  }

  @inline(__always)
  private func candidates(group: Int, _ take: (Candidate) -> Void) {
    let first = Int(image.word(.groups, group, 0)) &* 2
    let count = Int(image.word(.groups, group, 1)) &* 2
    let end = unsafe min(first &+ count, candidates.count)
    // Several tests of one phrase stand one behind the other.
    var (last, isSound) = (UInt32.max, false)
    var record = first
    while record < end {
      // To check a phrase is to wait for it, unless it was asked for.
      let later = unsafe min(record &+ 2 * Self.ahead &+ 1, candidates.count &- 1)
      prefetchPhrase(of: unsafe candidates[later])
      let (test, number) = unsafe (candidates[record], candidates[record &+ 1])
      record &+= 2
      guard let candidate = Candidate(test, number) else { continue }
      if number != last { isSound = self.isSound(candidate) }
      last = number
      if isSound { take(candidate) }
    }
  }

  /// Candidates whose phrases are asked for before the first of them is looked at.
  private static let ahead = 12

  /// Asks the processor for the phrase of a candidate, by its number.
  @inline(__always)
  private func prefetchPhrase(of number: UInt32) {
    guard let first = unsafe rows.baseAddress else { return }
    let start = Int(number & (Candidate.row - 1))
    unsafe heard_prefetch_line(first + min(start, rows.count))
  }

  /// Bits that elements share (``MaskBits``); token classes have the four above them.
  package static let elementBits = 60
  /// The bit that every place has: that of ``TokenClass/word``, which nearly all tokens have.
  static let alwaysBit = 63
  static let always: UInt64 = 1 << UInt64(alwaysBit)
  package static let companionFlag: UInt8 = 0x80

  /// The bit of an element as a companion, chosen with care (``MaskBits``).
  func companionBit(_ element: UInt32) -> UInt64 { 1 &<< UInt64(bits(element) & 63) }

  /// Which bit of masks, which may hold too much and never too little, stands for an element: any,
  /// so that elements which share one as companions hardly ever share it here.
  package static func maskBitNumber(_ element: UInt32) -> Int {
    Int((element &* 0x9E37_79B1) >> 8) % elementBits
  }

  /// The bit of an element in masks.
  package static func maskBit(_ element: UInt32) -> UInt64 { 1 &<< UInt64(maskBitNumber(element)) }

  /// Whether an element is a companion of some phrase.
  func isCompanion(_ element: UInt32) -> Bool { bits(element) & Self.companionFlag != 0 }

  /// The bit of an element as a companion; ``companionFlag`` too when it is one of some phrase.
  private func bits(_ element: UInt32) -> UInt8 { image.byte(.bits, Int(element)) }

  /// The bits of token classes in such masks: the four above those of elements.
  @inline(__always)
  package static func classBits(_ classes: UInt8) -> UInt64 {
    UInt64(classes) &<< UInt64(elementBits)
  }

  /// Number of the form with exactly these bytes, or nil.
  func form(_ key: ArraySlice<UInt8>) -> Int? {
    let hash = FormHash.of(key)
    var slot = Int(hash) & slotMask
    for _ in 0...slotMask {
      let found = Int(image.word(.slots, slot, 0))
      if found == 0 { return nil }
      if image.word(.forms, found - 1, 0) == hash, found <= image.count(.forms),
        image.memory.equals(range(form: found - 1), key)
      {
        return found - 1
      }
      slot = (slot + 1) & slotMask
    }
    return nil
  }

  /// What a form has in any of its postings.
  func flags(form: Int) -> PostingFlags {
    PostingFlags(rawValue: image.word(.forms, form, 3) >> 16)
  }

  /// Where a form's bytes are.
  private func range(form: Int) -> Range<Int> {
    image.strings(
      from: Int(image.word(.forms, form, 1)), count: Int(image.word(.forms, form, 3) & 0xFFFF))
  }

  /// Goes through the postings of a form, in the order of their elements.
  func postings(form: Int, _ take: (_ element: UInt32, _ flags: PostingFlags) -> Void) {
    let first = Int(image.word(.forms, form, 2))
    let count = image.count(.postings)
    let next = form + 1 < image.count(.forms) ? Int(image.word(.forms, form + 1, 2)) : count
    for posting in stride(from: first, to: min(next, count), by: 1) {
      let element = image.word(.postings, posting, 0)
      guard element < elementCount else { continue }
      take(element, PostingFlags(rawValue: image.word(.postings, posting, 1)))
    }
  }
}

/// The hash of a form's bytes (``StableHash`` folded to 32 bits), the same when compiled and when read.
package enum FormHash {
  package static func of(_ key: some Sequence<UInt8>) -> UInt32 {
    let hash = StableHash.of(key)
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }
}
