/// A text taken apart: tokens over the original bytes, sentences, and languages.
///
/// A worker makes one and fills it again and again (``TextAnalyzer/analyze(_:into:)``), so that its
/// arrays are allocated once. Form ids are those of the analyzer that filled it.
public struct Document: Sendable {
  /// The text as it came, valid UTF-8.
  public var bytes: [UInt8] = []
  /// Tokens, ascending.
  public var tokens: ContiguousArray<Token> = []
  /// What stands after the last token.
  public var ending: Gap = []
  /// Sentences, ascending; every token is in exactly one.
  public var sentences: ContiguousArray<Sentence> = []
  /// The language of most of the text.
  public var language: Language = .undetermined
  /// Bytes of sentences per language, indexed by `Language.rawValue`.
  public var languageBytes: [Int] = Array(repeating: 0, count: Language.allCases.count)

  /// Makes an empty document.
  public init() {}
}
