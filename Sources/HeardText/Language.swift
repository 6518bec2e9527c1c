/// The languages heard tells apart.
public enum Language: UInt8, CaseIterable, Sendable, BitwiseCopyable {
  /// Too little evidence to say.
  case undetermined
  case dutch
  case polish
  case english
  /// Certainly none of the three that heard reads.
  case other

  /// The code used in records, lexicons and policies: `und`, `nl`, `pl`, `en` or `other`.
  public var code: String {
    switch self {
    case .undetermined: "und"
    case .dutch: "nl"
    case .polish: "pl"
    case .english: "en"
    case .other: "other"
    }
  }

  /// The language of a code, or nil for any other word.
  public init?(code: some StringProtocol) {
    guard let match = Language.allCases.first(where: { $0.code == code }) else { return nil }
    self = match
  }

  /// The three languages that have lexicons.
  public static let read: [Language] = [.dutch, .polish, .english]
}

/// A set of languages, for entries and frames that hold in several.
public struct LanguageSet: OptionSet, Hashable, Sendable {
  /// The set as bits.
  public let rawValue: UInt8

  /// Makes a set of bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The set of one language.
  public init(_ language: Language) { rawValue = 1 &<< language.rawValue }

  /// Dutch, Polish and English together.
  public static let read = LanguageSet([
    LanguageSet(.dutch), LanguageSet(.polish), LanguageSet(.english),
  ])

  /// Whether the set holds the language.
  public func contains(_ language: Language) -> Bool { contains(LanguageSet(language)) }
}
