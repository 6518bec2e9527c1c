import HeardLexicon

/// Which scopes can change which kinds of evidence.
///
/// An entry can switch scopes off for itself; this table says what a scope means at all. A yardstick
/// stays one inside quotation marks ("the site says 'next day'"), a request is not weakened by
/// standing in a question, and a `but` weighs opinions, not facts.
enum KindRules {
  /// Kinds, dense by `EvidenceKind.index`.
  static let kinds: [EvidenceKind] = EvidenceKind.allCases

  /// Scopes that change evidence of each kind, by `EvidenceKind.index`.
  static let scopes: [Scopes] = kinds.map(scopes(of:))

  /// The order of tags in a record.
  static let tagOrder: [EvidenceKind] = [.expectationGap, .staffTargeted, .pricingDispute, .anger]

  // Written out, because a constant that is computed is looked up, and the scorer asks for these
  // all the time; a test holds them against `EvidenceKind.index`.
  static let complaint = 0
  static let anger = 1
  static let person = 5
  static let expectation = 7
  static let valence = 11
  static let question = 12
  static let request = 13
  static let praise = 14
  static let suggestion = 15
  static let thirdParty = 16

  /// What the scorer asks of every weight.
  static func traits(of kind: EvidenceKind) -> KindTraits {
    switch kind {
    case .valence: .valence
    case .praise: .praise
    case .person, .expectation, .charge, .question, .request, .suggestion, .thirdParty: []
    default: .accuses
    }
  }

  private static func scopes(of kind: EvidenceKind) -> Scopes {
    switch kind {
    case .complaint, .valence, .praise:
      .all
    case .anger, .expectationGap, .staffTargeted, .pricingDispute:
      [.negation, .intensifier, .diminisher, .hypothetical, .quotation, .otherPerson]
    case .person:
      [.hypothetical, .quotation]
    case .expectation, .charge:
      [.negation, .hypothetical]
    case .conduct, .shortfall, .contest:
      [.negation, .intensifier, .diminisher, .hypothetical, .quotation, .otherPerson]
    case .question, .request, .suggestion, .thirdParty:
      [.negation, .quotation]
    case .poorService, .pricingOpinion, .unheard, .passedAround, .safety, .exploited:
      [.negation, .intensifier, .diminisher, .hypothetical, .quotation, .otherPerson]
    case .churn, .publicThreat, .abuseOfStaff:
      // A threat is a condition by nature: "if it is not solved, I leave".
      [.negation, .quotation, .otherPerson]
    }
  }
}

/// What kinds of evidence have in common, as bits that each weight carries.
struct KindTraits: OptionSet {
  let rawValue: UInt8

  /// Sentiment: against us below zero.
  static let valence = KindTraits(rawValue: 1 << 0)
  static let praise = KindTraits(rawValue: 1 << 1)
  /// Against us above zero.
  static let accuses = KindTraits(rawValue: 1 << 2)

  /// Whether evidence of so many thousandths speaks against us, so that shouting beside it means
  /// anger.
  ///
  /// The lightest cues ("my", 0.1) stand in praise as well.
  func isNegative(_ milli: Int32) -> Bool {
    contains(.valence) ? milli <= -500 : contains(.accuses) && milli > 120
  }

  /// Whether evidence of so many thousandths praises its clause.
  func praises(_ milli: Int32) -> Bool {
    contains(.valence) ? milli >= 1000 : contains(.praise) && milli >= 500
  }
}
