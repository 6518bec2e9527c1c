/// How `LexiconFit` fits.
public struct FitSettings: Sendable {
  /// Kinds to fit, of `EvidenceKind.scores`.
  public var kinds: [String] = [
    "complaint", "anger", "expectation-gap", "staff-targeted", "pricing-dispute",
  ]
  /// How fast weights are held where they are, above 0; cross-validation chooses.
  public var strengths: [Double] = [2, 5, 10, 20, 50]
  /// Folds of the cross-validation, 2 or more.
  public var folds = 5
  /// A weight that counts in fewer labelled messages stays.
  public var minimumFirings = 5
  /// A kind or a language with fewer positive messages stays.
  public var minimumPositives = 12
  /// Messages that a set counts as at most, so that a large one does not outvote the others.
  public var setLimit = 400
  /// Whether biases are set for the best F1 rather than for the likelihood.
  public var choosesBiases = true
  /// Whether a kind that gains nothing in cross-validation is fitted all the same.
  public var takesLosses = false

  /// The usual settings.
  public init() {}
}

/// How one kind came out of cross-validation, on rows that no fit had seen.
public struct FitValidation: Sendable {
  /// As `complaint`.
  public var kind: String
  /// Labelled messages.
  public var rows: Int
  /// Those that have it.
  public var positives: Int
  /// The chosen strength.
  public var strength: Double
  /// Mean log loss with the present numbers.
  public var lossBefore: Double
  /// Mean log loss, each row by a fit without its fold.
  public var lossAfter: Double
  /// F1 averaged over sets with the present numbers; nil when no set has positives enough.
  public var f1Before: Double?
  /// F1 averaged over sets, each row by a fit and a bias without its fold.
  public var f1After: Double?
  /// Whether the kind's new numbers are part of the patch.
  public var isTaken: Bool
}

/// A number that fitting would change.
public struct FitChange: Sendable {
  /// As `nl.staff.kortaf conduct`.
  public var name: String
  /// As written.
  public var old: String
  /// As it would be written.
  public var new: String
  /// Labelled messages in which it counts; 0 for slopes.
  public var firings: Int
}
