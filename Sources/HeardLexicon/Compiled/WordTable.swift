internal import HeardSources
public import HeardText

/// The single words of a lexicon and what each is evidence for, by language.
///
/// A spelling is looked up once, when a worker first sees it, and then known by its number.
public struct WordTable: Sendable {
  /// Thousandths in the order of `EvidenceKind.scores`; the places behind the last stay 0.
  public typealias Weights = SIMD8<Int16>

  /// The number that is no word's.
  public static let none: UInt16 = 0
  package static let limit = Int(UInt16.max)
  /// Languages of a row, in the order of their `rawValue`.
  private static let languages = 4

  private let image: ImageReader
  /// By number times languages plus language; those of number 0, and undetermined text, are 0.
  private let weights: [Weights]
  /// Numbers by a hash of their words, each in the first free place behind its own; twice as many
  /// places as words, and ``none`` in the rest.
  private let numbers: [UInt16]

  init(_ image: ImageReader) throws(CompiledLexiconError) {
    self.image = image
    let count = image.count(.words)
    guard count <= Self.limit else { throw image.damage(.words) }
    var weights = [Weights](repeating: .zero, count: (count + 1) * Self.languages)
    for record in 0..<count {
      for language in Language.read {
        let place = Self.place(UInt16(record + 1), language)
        for kind in EvidenceKind.scores.indices {
          let packed = image.word(.words, record, Self.field(language, kind))
          weights[place][kind] = Int16(truncatingIfNeeded: packed >> Self.shift(kind))
        }
      }
    }
    self.weights = weights
    var places = 2
    while places < 2 * (count + 1) { places *= 2 }
    var numbers = [UInt16](repeating: Self.none, count: places)
    for record in 0..<count {
      var place = Int(FormHash.of(image.memory.copy(image.range(.words, record, 0))))
      while numbers[place & (places - 1)] != Self.none { place &+= 1 }
      numbers[place & (places - 1)] = UInt16(record + 1)
    }
    self.numbers = numbers
  }

  /// Number of words; their numbers are 1 to this.
  public var count: Int { weights.count / Self.languages - 1 }

  /// Places are below this.
  public var placeCount: Int { weights.count }

  /// The place of a word in a language that has lexicons.
  @inline(__always)
  public static func place(_ number: UInt16, _ language: Language) -> Int {
    Int(number) &* languages &+ Int(language.rawValue)
  }

  /// What the word of a place is evidence for in its language.
  @inline(__always)
  public func weights(at place: Int) -> Weights { weights[place] }

  /// The word with a number above 0.
  public func word(_ number: UInt16) -> String { image.string(.words, Int(number) - 1, 0) }

  /// Every word with what it is evidence for, by language.
  public var all: [WordWeight] {
    (0..<count).flatMap { record in
      let number = UInt16(record + 1)
      return Language.read.compactMap { language in
        let weights = weights(at: Self.place(number, language))
        let evidence = EvidenceKind.scores.enumerated().compactMap { place, kind in
          weights[place] == 0 ? nil : Evidence(kind, milli: Int32(weights[place]))
        }
        return evidence.isEmpty
          ? nil : WordWeight(word: word(number), language: language, evidence: evidence)
      }
    }
  }

  /// The number of a spelling's form without diacritics, or ``none``.
  func find(_ folded: [UInt8]) -> UInt16 {
    var place = Int(FormHash.of(folded))
    while true {
      let number = numbers[place & (numbers.count - 1)]
      if number == Self.none { return number }
      let range = image.range(.words, Int(number) - 1, 0)
      if image.memory.equals(range, folded[...]) { return number }
      place &+= 1
    }
  }

  package static func field(_ language: Language, _ kind: Int) -> Int {
    2 + (Int(language.rawValue) - 1) * 3 + kind / 2
  }

  package static func shift(_ kind: Int) -> UInt32 { kind % 2 == 0 ? 0 : 16 }
}
