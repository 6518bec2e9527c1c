internal import HeardClassifier
public import HeardDeadlines
public import HeardLexicon
public import HeardMail
public import HeardSources
public import HeardText

/// A comparison with a number, written `>= 2`, `< 0.5` or `3`.
public struct Comparison: Hashable, Sendable {
  /// How the value is compared with the limit.
  public enum Relation: String, CaseIterable, Sendable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
    case equal = "="
  }

  /// How the value is compared.
  public var relation: Relation
  /// What it is compared with.
  public var limit: Double

  /// Makes a comparison.
  public init(_ relation: Relation, _ limit: Double) {
    self.relation = relation
    self.limit = limit
  }

  /// Reads `>= 2`, `<0.5`, `= 1` or a bare number (equal); nil for anything else.
  public init?(_ text: String) {
    let trimmed = text.drop { $0 == " " }
    let relation =
      Relation.allCases.first { trimmed.hasPrefix($0.rawValue) } ?? .equal
    let digits =
      trimmed.hasPrefix(relation.rawValue) ? trimmed.dropFirst(relation.rawValue.count) : trimmed
    let number = digits.split(separator: " ")
    guard number.count == 1, let limit = Double(number[0]), limit.isFinite else { return nil }
    self.init(relation, limit)
  }

  /// Whether the value satisfies the comparison.
  public func holds(_ value: Double) -> Bool {
    switch relation {
    case .atLeast: value >= limit
    case .atMost: value <= limit
    case .above: value > limit
    case .below: value < limit
    case .equal: value == limit
    }
  }
}

/// What a rule asks of a message.
public indirect enum Condition: Hashable, Sendable {
  case all([Condition])
  case any([Condition])
  case not(Condition)
  case messageClass(Set<MessageClass>)
  case tag(Set<EvidenceKind>)
  case signal(Set<EvidenceKind>)
  case anger(Comparison)
  case sentiment(Comparison)
  case score(EvidenceKind, Comparison)
  case language(Set<Language>)
  /// Patterns with `*` for any run of characters, compared without regard to ASCII case.
  case sender([Glob])
  case recipient([Glob])
  case header(name: String, [Glob])
  /// Names of `AutomaticKind`.
  case automatic(Set<String>)
  /// The message has text in one of these zones.
  case zone(Set<Zone>)
  /// Messages of the conversation before this one; never met when no conversation is known.
  case contacts(Comparison)
  /// How often the conversation changed its queue.
  case handOvers(Comparison)
  /// The queue that the last message of the conversation went to.
  case threadQueue(Set<String>)
  /// How the heat of the conversation moves.
  case trend(Set<ThreadFacts.AngerTrend>)
  /// When it was received; never met when nobody says.
  case received(ReceiptTime)
  /// What the policy calls by a name.
  case named(String, Condition)

  /// What conditions may ask of a message that no person wrote.
  package static let automaticKinds: [AutomaticKind] = [
    .autoReply, .bounce, .generated, .list, .bulk,
  ]

  /// Whether the message satisfies the condition.
  public func holds(_ facts: Facts) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.holds(facts) }
    case .any(let parts): parts.contains { $0.holds(facts) }
    case .not(let part): !part.holds(facts)
    case .messageClass(let classes): classes.contains(facts.assessment.messageClass)
    case .tag(let tags): facts.assessment.tags.contains { tags.contains($0) }
    case .signal(let signals): facts.assessment.signals.contains { signals.contains($0) }
    case .anger(let comparison): comparison.holds(Double(facts.assessment.anger))
    case .sentiment(let comparison): comparison.holds(facts.assessment.sentiment)
    case .score(let kind, let comparison): comparison.holds(facts.assessment.score(kind))
    case .language(let languages): languages.contains(facts.assessment.language)
    case .sender(let globs): globs.contains { $0.matches(facts.sender) }
    case .recipient(let globs):
      facts.recipients.contains { address in globs.contains { $0.matches(address) } }
    case .header(let name, let globs):
      facts.headers.contains { field in
        Glob.equalIgnoringCase(field.name, name) && globs.contains { $0.matches(field.value) }
      }
    case .automatic(let kinds): facts.automatic.map { kinds.contains($0.rawValue) } ?? false
    case .zone(let zones): zones.contains { facts.zones.contains(ZoneSet($0)) }
    case .contacts(let comparison):
      facts.thread.map { comparison.holds(Double($0.contacts)) } ?? false
    case .handOvers(let comparison):
      facts.thread.map { comparison.holds(Double($0.handOvers)) } ?? false
    case .threadQueue(let queues): facts.thread?.queue.map { queues.contains($0) } ?? false
    case .trend(let trends): facts.thread.map { trends.contains($0.trend) } ?? false
    case .received(let time): facts.received.map { time.contains($0) } ?? false
    case .named(_, let condition): condition.holds(facts)
    }
  }
}
