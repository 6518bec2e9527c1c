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
  // Computed: a stored one would be checked for being there at every use.
  static var complaint: Int { EvidenceKind.complaint.index }
  static var anger: Int { EvidenceKind.anger.index }
  static var person: Int { EvidenceKind.person.index }
  static var valence: Int { EvidenceKind.valence.index }
  static var praise: Int { EvidenceKind.praise.index }
  static var request: Int { EvidenceKind.request.index }
  static var question: Int { EvidenceKind.question.index }
  static var suggestion: Int { EvidenceKind.suggestion.index }
  static var thirdParty: Int { EvidenceKind.thirdParty.index }

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
