public import HeardSources

/// What a reply to a customer is held to.
///
/// The names are those of findings, of `replies/rules.yaml` and of labelled replies.
public enum ReplyRule: String, CaseIterable, Sendable {
  /// Nothing that sounds like an order.
  case command
  /// No *but* behind an apology or an acknowledgement.
  case adversative
  /// A refusal says regret, then the reason, then an alternative.
  case refusalStructure = "refusal-structure"
  /// An angry customer is acknowledged before anything is solved.
  case acknowledgeFirst = "acknowledge-first"
  /// A complaint is thanked for.
  case thanks
  /// No "as we already told you".
  case challenge
  /// No "that is not our fault".
  case defensive
  /// The customer is not sent to another desk.
  case noPassOn = "no-pass-on"
  /// A case that is passed on names who takes it over, and a number.
  case handoverContact = "handover-contact"
  /// The reply speaks of what we do together.
  case partnership
  /// Sentences that concede liability, for a look by the lawyers.
  case admission
  /// The reply is in the customer's language.
  case language

  /// What the rule asks for, in a line.
  public var summary: String {
    switch self {
    case .command: "nothing that sounds like an order to the customer"
    case .adversative: "no 'but' behind an apology or an acknowledgement"
    case .refusalStructure: "a refusal says regret, then the reason, then an alternative"
    case .acknowledgeFirst: "anger of 2 or more is acknowledged before anything is solved"
    case .thanks: "a complaint is thanked for"
    case .challenge: "no phrase that challenges the customer, as 'as we already told you'"
    case .defensive: "no phrase that defends us, as 'that is not our fault'"
    case .noPassOn: "the customer is not sent to another desk"
    case .handoverContact: "a case that is passed on names who takes it over, and a number"
    case .partnership: "the reply speaks of what customer and firm do together"
    case .admission: "no sentence that concedes liability without the lawyers' knowledge"
    case .language: "the reply is in the customer's language"
    }
  }

  /// How bad a finding is unless `rules.yaml` says otherwise.
  public var defaultLevel: Diagnostic.Severity {
    switch self {
    case .command, .language: .error
    case .partnership: .note
    default: .warning
    }
  }

  /// Whether the rule is looked at unless `rules.yaml` or the caller says otherwise.
  public var isOnByDefault: Bool { self != .admission }

  /// Hashes the case; a raw value would be hashed as a string.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(Self.allCases.firstIndex(of: self))
  }
}
