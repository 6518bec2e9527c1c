/// What a lexicon entry can be evidence for.
///
/// The names are those of lexicon files and records.
public enum EvidenceKind: String, CaseIterable, Sendable {
  // The five scores, in logits.
  case complaint
  case anger
  case expectationGap = "expectation-gap"
  case staffTargeted = "staff-targeted"
  case pricingDispute = "pricing-dispute"

  // Roles: halves of a frame. Alone they score nothing.
  case person
  case conduct
  case expectation
  case shortfall
  case charge
  case contest

  /// Sentiment, −4 (worst) to 4 (best).
  case valence

  // Cues for the class when it is no complaint, in logits.
  case question
  case request
  case praise
  case suggestion
  case thirdParty = "third-party"

  // Signals, in logits: set when they reach the signal threshold.
  case poorService = "poor-service"
  case pricingOpinion = "pricing-opinion"
  case unheard
  case passedAround = "passed-around"
  case churn
  case publicThreat = "public-threat"
  case safety
  case exploited
  case abuseOfStaff = "abuse-of-staff"

  /// The scores of a record, in its order.
  public static let scores: [EvidenceKind] = [
    .complaint, .anger, .expectationGap, .staffTargeted, .pricingDispute,
  ]
  /// The signals of a record, in its order.
  public static let signals: [EvidenceKind] = [
    .poorService, .pricingOpinion, .unheard, .passedAround, .churn, .publicThreat, .safety,
    .exploited, .abuseOfStaff,
  ]

  /// A dense number, for arrays indexed by kind: the place in `allCases`.
  public var index: Int {
    // Spelt out, because it is asked for every weight: this compiles to nothing.
    switch self {
    case .complaint: 0
    case .anger: 1
    case .expectationGap: 2
    case .staffTargeted: 3
    case .pricingDispute: 4
    case .person: 5
    case .conduct: 6
    case .expectation: 7
    case .shortfall: 8
    case .charge: 9
    case .contest: 10
    case .valence: 11
    case .question: 12
    case .request: 13
    case .praise: 14
    case .suggestion: 15
    case .thirdParty: 16
    case .poorService: 17
    case .pricingOpinion: 18
    case .unheard: 19
    case .passedAround: 20
    case .churn: 21
    case .publicThreat: 22
    case .safety: 23
    case .exploited: 24
    case .abuseOfStaff: 25
    }
  }

  /// Hashes the number; a raw value would be hashed as a string.
  public func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

/// A weight for one kind of evidence.
///
/// Weights are whole thousandths (of a logit, or of a valence point), so that sums are exact
/// whatever their order: law 4 needs no tolerance.
public struct Evidence: Hashable, Sendable {
  /// What it is evidence for.
  public var kind: EvidenceKind
  /// Thousandths, −8000 … 8000.
  public var milli: Int32

  /// Makes a weight.
  public init(_ kind: EvidenceKind, milli: Int32) {
    self.kind = kind
    self.milli = milli
  }
}

/// Circumstances that change what a match is worth.
public struct Scopes: OptionSet, Hashable, Sendable, BitwiseCopyable {
  /// A bit for each scope, in the order of the names.
  public let rawValue: UInt16

  /// Makes a set of bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// In the reach of a negator: the entry's `negated` evidence counts instead.
  public static let negation = Scopes(rawValue: 1 << 0)
  /// Strengthened by an intensifier.
  public static let intensifier = Scopes(rawValue: 1 << 1)
  /// Weakened by a diminisher.
  public static let diminisher = Scopes(rawValue: 1 << 2)
  /// Supposed, not said to have happened (if, als, gdyby).
  public static let hypothetical = Scopes(rawValue: 1 << 3)
  /// In a sentence that asks.
  public static let question = Scopes(rawValue: 1 << 4)
  /// Inside quotation marks.
  public static let quotation = Scopes(rawValue: 1 << 5)
  /// Somebody else's feeling or story.
  public static let otherPerson = Scopes(rawValue: 1 << 6)
  /// In front of a *but*: worth less; behind it: worth more.
  public static let contrast = Scopes(rawValue: 1 << 7)

  /// Every scope; what an entry has unless it says otherwise.
  public static let all = Scopes(rawValue: 0xFF)

  /// Names as lexicon files and explanations write them, in bit order.
  public static let names = [
    "negation", "intensifier", "diminisher", "hypothetical", "question", "quotation",
    "other-person", "contrast",
  ]
}

/// A word that is no evidence itself and changes that of its neighbours.
public struct ScopeOperator: Hashable, Sendable, BitwiseCopyable {
  /// Where its reach lies.
  public enum Direction: String, CaseIterable, Sendable, BitwiseCopyable {
    case forward
    case backward
    case both
  }

  /// The scope it puts its reach under.
  public var scope: Scopes
  /// Where its reach lies.
  public var direction: Direction
  /// Reach in tokens; never past the clause's end.
  public var reach: Int
  /// Multiplier in thousandths for intensifiers and diminishers (1000 leaves all as it is).
  public var factorMilli: Int32

  /// Makes an operator.
  public init(scope: Scopes, direction: Direction, reach: Int, factorMilli: Int32 = 1000) {
    self.scope = scope
    self.direction = direction
    self.reach = reach
    self.factorMilli = factorMilli
  }
}
