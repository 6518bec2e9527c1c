/// The phrases of all languages, each with the word by which it is looked for, and the forms that
/// name elements.
///
/// A phrase is a row of steps: an element (a word in any of its forms), one of several elements, or
/// a token class; each may skip tokens in front of it. A token is looked at for the phrases that are
/// anchored in one of its elements or classes (``PhrasePlan``).
final class PhraseTable: Sendable {
  /// Where the companion of a phrase may stand, seen from its anchor.
  ///
  /// The tokens of such a place are looked at together, by the bits that any of them has.
  enum Place: UInt8, CaseIterable {
    /// The token behind or in front of the anchor.
    case next, previous
    /// One of the four tokens behind or in front.
    case near, nearBefore
    /// One of the sixteen tokens behind or in front.
    case far, farBefore
    /// Anywhere.
    case anywhere
    /// There is none: the anchor is the whole phrase.
    case alone

    /// The smallest place that holds some distances, which are below zero in front of the anchor.
    init(_ distances: ClosedRange<Int>) {
      let isBehind = distances.lowerBound > 0
      switch max(distances.upperBound, -distances.lowerBound) {
      case ...1: self = isBehind ? .next : .previous
      case ...4: self = isBehind ? .near : .nearBefore
      case ...16: self = isBehind ? .far : .farBefore
      default: self = .anywhere
      }
    }
  }

  /// A phrase that is anchored somewhere; in 24 bytes.
  struct Candidate: Hashable {
    /// Bits of the companions: unless a token in its place has one of them, for both, the phrase
    /// is not here.
    var mask: UInt64
    var otherMask: UInt64 = .max
    /// Number of the phrase, and where its header is once it has been read; of the entry when the
    /// anchor is the whole phrase.
    var number: UInt32
    /// Bits of `LanguageSet`.
    var languages: UInt8
    /// Number of the ``Place`` of each companion.
    var place: UInt8
    var otherPlace: UInt8 = Place.anywhere.rawValue
    /// ``notName`` or ``onlyName``; filled in where it is anchored.
    var flags: UInt8 = 0

    /// Not when the anchor is a name.
    static let notName: UInt8 = 1
    /// Only when the anchor is a name.
    static let onlyName: UInt8 = 2
    /// The anchor is the whole phrase; filled in where it is anchored.
    static let alone: UInt8 = 4

    /// Whether the anchor is the whole phrase.
    var isAlone: Bool { place == Place.alone.rawValue }
  }

  /// A step of a phrase; in 16 bytes.
  struct Step: Hashable {
    enum Kind: UInt8 {
      /// `value` is the element.
      case element
      /// `value` is the first of `count` in ``sets``.
      case set
      /// `value` is the bit of ``TokenClassBits``.
      case tokenClass
      /// No step: the header of a phrase, whose steps come behind it.
      case header
    }

    /// Bits of which a token has one that the step takes.
    var mask: UInt64
    var value: UInt32
    var count: UInt16
    /// Tokens that may stand between the step before and this one.
    var skip: UInt8
    var kind: Kind
  }

  /// A phrase of two or more steps.
  struct Phrase: Hashable {
    var steps: UInt8
    /// Index of the anchor among the steps.
    var anchor: UInt8
    /// Whether its tokens stand side by side.
    var hasNoGap: Bool
    var entry: UInt32
  }

  /// Longest reach of a match in tokens, gaps included: what fits a mask of 64 bits.
  static let longest = 64

  /// Most entries of a lexicon: what the place of a match holds beside its tokens.
  static let most = 1 << 24

  /// Of each element and token class together, those that are whole phrases behind the others.
  let candidates: ContiguousArray<Candidate>
  /// Of each phrase its header and its steps, so that what is read together lies together.
  let steps: ContiguousArray<Step>
  /// Elements of steps that take one of several, ascending in each.
  let sets: ContiguousArray<UInt32>
  let elementCount: Int
  /// What compounds there can be.
  let compounds: CompoundFilter
  /// The bit of each element in masks; ``companionFlag`` too when it is a companion of some phrase.
  private let bits: ContiguousArray<UInt8>
  private let anchors: ContiguousArray<Range<Int>>
  private let image: ImageReader
  private let slotMask: Int

  /// Copies the phrases out of an image and checks that their indices lead somewhere.
  init(_ image: ImageReader) throws(CompiledLexiconError) {
    self.image = image
    let entryCount = image.count(.entries)
    let classes = TokenClass.allCases.count
    guard entryCount <= Self.most else { throw image.damage(.entries) }
    sets = ContiguousArray(image.words(.sets))
    let (rows, starts) = try Self.phrases(image, try Self.steps(image), entryCount: entryCount)
    steps = rows
    candidates = try Self.candidates(image, starts: starts, entryCount: entryCount)
    anchors = try Self.anchors(image, candidateCount: candidates.count)
    bits = ContiguousArray(image.bytes(.bits))
    guard anchors.count >= classes else { throw image.damage(.anchors) }
    elementCount = anchors.count - classes
    guard bits.count >= elementCount else { throw image.damage(.bits) }
    slotMask = image.count(.slots) - 1
    guard slotMask >= 0, image.count(.slots) & slotMask == 0 else { throw image.damage(.slots) }
    compounds = CompoundFilter(words: image.words(.compounds))
    guard compounds.words.count == CompoundFilter.wordCount else { throw image.damage(.compounds) }
  }

  /// The candidates that are anchored in an element.
  func candidates(element: UInt32) -> ArraySlice<Candidate> {
    ArraySlice(candidates[anchors[Int(element)]])
  }

  /// The candidates that are anchored in a token class, by its number.
  func candidates(tokenClass number: Int) -> ArraySlice<Candidate> {
    ArraySlice(candidates[anchors[elementCount + number]])
  }

  /// Bits that elements share (``MaskBits``); token classes have the four above them.
  static let elementBits = 60
  static let companionFlag: UInt8 = 0x80

  /// The bit of an element in masks that may hold too much and never too little.
  func bit(_ element: UInt32) -> UInt64 { 1 &<< UInt64(bits[Int(element)] & 63) }

  /// Whether an element is a companion of some phrase.
  func isCompanion(_ element: UInt32) -> Bool { bits[Int(element)] & Self.companionFlag != 0 }

  /// The bits of token classes in such masks: the four above those of elements.
  @inline(__always)
  static func classBits(_ classes: UInt8) -> UInt64 { UInt64(classes) &<< UInt64(elementBits) }

  /// Number of the form with exactly these bytes, or nil.
  func form(_ key: ArraySlice<UInt8>) -> Int? {
    let hash = FormHash.of(key)
    var slot = Int(hash) & slotMask
    for _ in 0...slotMask {
      let found = Int(image.word(.slots, slot, 0))
      if found == 0 { return nil }
      if image.word(.forms, found - 1, 0) == hash, found <= image.count(.forms),
        image.memory.equals(image.range(.forms, found - 1, 1), key)
      {
        return found - 1
      }
      slot = (slot + 1) & slotMask
    }
    return nil
  }

  /// What a form has in any of its postings.
  func flags(form: Int) -> PostingFlags { PostingFlags(rawValue: image.word(.forms, form, 5)) }

  /// Goes through the postings of a form, in the order of their elements.
  func postings(form: Int, _ take: (_ element: UInt32, _ flags: PostingFlags) -> Void) {
    let first = Int(image.word(.forms, form, 3))
    let end = min(first + Int(image.word(.forms, form, 4)), image.count(.postings))
    for posting in stride(from: first, to: end, by: 1) {
      let element = image.word(.postings, posting, 0)
      guard element < elementCount else { continue }
      take(element, PostingFlags(rawValue: image.word(.postings, posting, 1)))
    }
  }
}

/// The hash of a form's bytes (FNV-1a folded to 32 bits), the same when compiled and when read.
enum FormHash {
  static func of(_ key: some Sequence<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }
}
