public import HeardClassifier
public import HeardLexicon

/// Why a rule or an addition held for a message.
public struct DecisionReason: Hashable, Sendable {
  /// Id of the rule or addition; `fallback` when no rule held.
  public var id: String
  /// Whether it is an addition; else it chose the queue.
  public var isAddition: Bool
  /// Steps it gives.
  public var steps: [String]
  /// Obligations it gives.
  public var obligations: [String]
  /// What was true of the message that made it hold; empty for the fallback.
  public var facts: [FactReason]

  /// The contributions that speak for the facts, as places in a list, ascending.
  ///
  /// A bias is no reason that anyone can be shown.
  public func hits(in contributions: [Contribution]) -> [Int] {
    let kinds = Set(facts.flatMap(\.kinds))
    return contributions.indices.filter {
      contributions[$0].milli > 0 && contributions[$0].source != .bias
        && kinds.contains(contributions[$0].kind)
    }
  }
}

/// One fact of a message that a condition looked at.
public struct FactReason: Hashable, Sendable {
  /// For people, as `anger: 2` or `no signal: safety`; holds no text of the customer.
  public var text: String
  /// The evidence that makes the fact, for finding it in the text.
  public var kinds: [EvidenceKind]

  /// Makes a fact.
  public init(_ text: String, kinds: [EvidenceKind] = []) {
    self.text = text
    self.kinds = kinds
  }

  /// The evidence that makes a tag: its own, and the two halves of its frame.
  static func kinds(of kind: EvidenceKind) -> [EvidenceKind] {
    switch kind {
    case .expectationGap: [.expectationGap, .expectation, .shortfall]
    case .staffTargeted: [.staffTargeted, .person, .conduct]
    case .pricingDispute: [.pricingDispute, .charge, .contest]
    default: [kind]
    }
  }

  /// The evidence that makes a class.
  static func kinds(of messageClass: MessageClass) -> [EvidenceKind] {
    switch messageClass {
    case .complaint: [.complaint]
    case .question: [.question]
    case .request: [.request]
    case .praise: [.praise]
    case .auto, .other: []
    }
  }
}
