public import HeardText

/// Two kinds of evidence that mean something only together: `staff` needs a person and conduct.
public struct Frame: Hashable, Sendable {
  /// How far apart the two may stand.
  public enum Window: String, CaseIterable, Sendable {
    case clause
    case sentence
    /// The same or the next sentence.
    case adjacent
  }

  /// Unique, as `frame.staff.person-conduct`.
  public var id: String
  /// Languages in which it holds.
  public var languages: LanguageSet
  /// The two roles, in any order unless `ordered`.
  public var first: EvidenceKind
  /// The other role.
  public var second: EvidenceKind
  /// Whether the first must come first.
  public var ordered: Bool
  /// How far apart the two may stand in sentences.
  public var window: Window
  /// Tokens between the two at most.
  public var distance: Int
  /// What the pair is evidence for.
  public var evidence: [Evidence]
  /// How often it counts in one message at most.
  public var maximum: Int

  package init(
    id: String, languages: LanguageSet, first: EvidenceKind, second: EvidenceKind, ordered: Bool,
    window: Window, distance: Int, evidence: [Evidence], maximum: Int
  ) {
    self.id = id
    self.languages = languages
    self.first = first
    self.second = second
    self.ordered = ordered
    self.window = window
    self.distance = distance
    self.evidence = evidence
    self.maximum = maximum
  }
}

/// How strong logits become scores in one language.
public struct Calibration: Hashable, Sendable {
  /// The score, or the class cue.
  public var kind: EvidenceKind
  /// The language of the message; undetermined for messages of none.
  public var language: Language
  /// Added once a message, thousandths of a logit.
  public var biasMilli: Int32
  /// score = 1 / (1 + exp(−slope · sum)); thousandths.
  public var slopeMilli: Int32

  package init(kind: EvidenceKind, language: Language, biasMilli: Int32, slopeMilli: Int32) {
    self.kind = kind
    self.language = language
    self.biasMilli = biasMilli
    self.slopeMilli = slopeMilli
  }
}

/// A single word as weak evidence: a line of `lexicons/<language>/words.yaml`.
///
/// The second layer beside entries: what a linear model over words has learnt. It counts once a message,
/// in sentences of its language, without scopes.
public struct WordWeight: Hashable, Sendable {
  /// Evidence of one word for one score at most, thousandths of a logit either way.
  public static let limit: Int32 = 1000

  /// Its normal form without diacritics.
  public var word: String
  /// The language of its folder.
  public var language: Language
  /// For ``EvidenceKind/scores`` only.
  public var evidence: [Evidence]

  /// Makes a weight.
  public init(word: String, language: Language, evidence: [Evidence]) {
    self.word = word
    self.language = language
    self.evidence = evidence
  }
}
