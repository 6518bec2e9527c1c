/// How the words of an entry are compared with a text.
public struct MatchingMode: Hashable, Sendable {
  /// Whether spellings without diacritics match too (a colliding one never does).
  public var folds: Bool
  /// Whether the words match as parts of Dutch compounds.
  public var compound: CompoundRole
  /// Which capitalisation is accepted.
  public var letterCase: LetterCase

  /// Which part of a compound the word may be.
  public enum CompoundRole: String, CaseIterable, Sendable {
    case none
    case head
    case modifier
    case any
  }

  /// Which capitalisation is accepted.
  public enum LetterCase: String, CaseIterable, Sendable {
    case any
    /// Not a capitalised word inside a sentence, which is a name (`Boos`, `Bill`).
    case notName = "not-name"
  }

  /// Makes a mode.
  public init(folds: Bool = true, compound: CompoundRole = .none, letterCase: LetterCase = .any) {
    self.folds = folds
    self.compound = compound
    self.letterCase = letterCase
  }
}

/// Kinds of token that a pattern can ask for in place of a word.
public enum TokenClass: String, CaseIterable, Sendable {
  /// `<number>`: digits.
  case number
  /// `<currency>`: a currency sign or name.
  case currency
  /// `<name>`: a capitalised word that does not open its sentence.
  case name
  /// `<word>`: any one word.
  case word

  /// Its place in `allCases`.
  package var number: Int { TokenClass.allCases.firstIndex(of: self) ?? 0 }
}
