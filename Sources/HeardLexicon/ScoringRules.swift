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

/// Everything about scoring that is no entry: `lexicons/scoring.yaml`.
public struct ScoringRules: Hashable, Sendable {
  /// Pairs of roles that mean something together.
  public var frames: [Frame]
  /// At most one for a kind and a language.
  public var calibrations: [Calibration]
  /// Multipliers in thousandths for evidence under a scope, by scope name (`hypothetical: 300`).
  public var scopeFactors: [String: Int32]
  /// Evidence by style, counted only beside words: `capitals`, `exclamation`, `repeated`, `emoji`.
  ///
  /// And of the whole message: `stated`, for a clear yardstick where nothing is asked, wanted or
  /// praised; `praising`, by the point of sentiment above zero; `blameless`, by the logit that the
  /// complaint is below its threshold.
  public var styles: [String: [Evidence]]
  /// Anger sums (thousandths of a logit, bias included) from which the level is 1, 2 and 3.
  public var angerLevels: [Int32]
  /// Sum from which a signal is set, thousandths.
  public var signalThreshold: Int32
  /// Whether an entry is a sign of its theme and needs no evidence, as in the wording of replies.
  public var readsThemes = false
  /// Single words, of all languages.
  public var words: [WordWeight] = []
}
