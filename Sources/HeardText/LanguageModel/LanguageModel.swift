internal import CHeardLanguageModel

/// What a text tells of its language, by its tokens.
///
/// Every spelling has a vector of evidence over 16 lanes (languages), found once and remembered
/// with the spelling; a sentence's evidence is the sum over its tokens. The model is data of the
/// executable: making a `LanguageModel` reads its header and copies nothing. How it is made, from
/// what, and what it measures: docs/decisions/0003-language-model.md.
public struct LanguageModel: Sendable {
  /// Languages told apart inside: nl, pl, en, then those that become `other`.
  public static let laneCount = 16
  /// The lanes of ``Language/read``, by index; all lanes after them are `other`.
  static let readLanes: [Language] = [.dutch, .polish, .english]
  /// The lane of languages that need no lane of their own, and of every script but Latin.
  static let restLane = 15
  /// Steps of the evidence to a nat (natural logarithm).
  public static let stepsPerNat: Int32 = 64
  /// The most that one token speaks against a lane, in steps (7 nats): a name from elsewhere, or
  /// one mistake of the model, must not outvote a sentence.
  static let floor: Int16 = -7 * 64

  /// The model of this executable.
  public static let shared = LanguageModel()

  /// The model's sections, as offsets from its first byte; nil when the data is not a model of
  /// this version, which a test rules out (every evidence is then zero, every text undetermined).
  let layout: Layout?

  /// Reads the header of the model in this executable.
  public init() {
    layout = unsafe Layout(
      UnsafeRawBufferPointer(
        start: heard_language_model(), count: heard_language_model_size()))
  }

  /// Where things are in the model's data.
  struct Layout: Sendable {
    let ngramShift: UInt32
    let maxN: Int
    let bucketShift: UInt64
    let ngrams: Int
    let starts: Int
    let checks: Int
    let rows: Int

    /// Reads and checks the header (13 little-endian numbers of 32 bits).
    init?(_ data: UnsafeRawBufferPointer) {
      guard data.count >= 64, unsafe data.prefix(4).elementsEqual("HLID".utf8)
      else { return nil }
      func number(_ index: Int) -> Int {
        Int(UInt32(littleEndian: unsafe data.load(fromByteOffset: 4 * index, as: UInt32.self)))
      }
      let (ngramBits, bucketBits, words) = (number(3), number(5), number(6))
      guard number(1) == 1, number(2) == LanguageModel.laneCount, (1...24).contains(ngramBits),
        (1...5).contains(number(4)), (1...24).contains(bucketBits), number(11) == data.count
      else { return nil }
      ngramShift = UInt32(32 - ngramBits)
      maxN = number(4)
      bucketShift = UInt64(64 - bucketBits)
      ngrams = number(7)
      starts = number(8)
      checks = number(9)
      rows = number(10)
      guard ngrams >= 64, ngrams + 16 << ngramBits <= starts,
        starts + 4 * (1 << bucketBits + 1) <= checks, checks + 2 * words <= rows,
        rows + 16 * words <= data.count, ngrams % 16 == 0, starts % 16 == 0, rows % 16 == 0
      else { return nil }
    }
  }
}

/// A language and how sure the model is of it.
public struct Identification: Hashable, Sendable {
  /// nl, pl, en, other, or undetermined where the evidence is thin.
  public var language: Language
  /// The chance of `language` by the model, 0…1; 0 for undetermined.
  ///
  /// For long texts it is nearer to 1 than it should be: the words of a text are not independent.
  public var confidence: Double

  /// Makes an identification.
  public init(language: Language, confidence: Double) {
    self.language = language
    self.confidence = confidence
  }

  /// Too little evidence to say.
  public static let undetermined = Identification(language: .undetermined, confidence: 0)
}
