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

  /// Indices of the scores, in the order of `EvidenceKind.scores`.
  static let scoreIndices = EvidenceKind.scores.map(\.index)
  /// Indices of the signals, in the order of `EvidenceKind.signals`.
  static let signalIndices = EvidenceKind.signals.map(\.index)
  static let complaint = EvidenceKind.complaint.index
  static let anger = EvidenceKind.anger.index
  static let person = EvidenceKind.person.index
  static let valence = EvidenceKind.valence.index
  static let praise = EvidenceKind.praise.index
  static let request = EvidenceKind.request.index
  static let question = EvidenceKind.question.index
  static let suggestion = EvidenceKind.suggestion.index
  static let thirdParty = EvidenceKind.thirdParty.index

  /// Whether the kind is half of a frame and no score.
  static func isRole(_ kind: EvidenceKind) -> Bool {
    switch kind {
    case .person, .conduct, .expectation, .shortfall, .charge, .contest: true
    default: false
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
