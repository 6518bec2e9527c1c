public import HeardLexicon

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

  /// No frames, no calibration, nothing damped: what a lexicon without `scoring.yaml` has.
  public static let neutral = ScoringRules(
    frames: [], calibrations: [], scopeFactors: [:], styles: [:], angerLevels: [0, 1600, 3200],
    signalThreshold: 1000)
}
