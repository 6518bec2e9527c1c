internal import HeardClassifier
internal import HeardDeadlines
internal import HeardLexicon
internal import HeardMail
internal import HeardSources
internal import HeardText

extension Condition {
  /// The facts that made the condition hold, each once; empty when it does not hold.
  func reasons(_ facts: Facts) -> [FactReason] { reasons(facts, holding: true) }

  /// The facts that kept the condition from holding; empty when it holds.
  func obstacles(_ facts: Facts) -> [FactReason] { reasons(facts, holding: false) }

  private func reasons(_ facts: Facts, holding: Bool) -> [FactReason] {
    guard holds(facts) == holding else { return [] }
    var found: [FactReason] = []
    collect(facts, holding: holding, into: &found)
    var once: [FactReason] = []
    for reason in found where !once.contains(reason) { once.append(reason) }
    return once
  }

  /// Of parts that must all be as they are, every one; of parts of which one is enough, the first.
  private func collect(_ facts: Facts, holding: Bool, into found: inout [FactReason]) {
    switch self {
    case .all(let parts):
      gather(parts, facts, holding: holding, every: holding, into: &found)
    case .any(let parts):
      gather(parts, facts, holding: holding, every: !holding, into: &found)
    case .not(let part): part.collect(facts, holding: !holding, into: &found)
    case .named(_, let condition): condition.collect(facts, holding: holding, into: &found)
    default: found += leaf(facts, holding: holding)
    }
  }

  private func gather(
    _ parts: [Condition], _ facts: Facts, holding: Bool, every: Bool,
    into found: inout [FactReason]
  ) {
    let decisive = parts.filter { $0.holds(facts) == holding }
    for part in every ? decisive[...] : decisive.prefix(1) {
      part.collect(facts, holding: holding, into: &found)
    }
  }

  /// What is true of the message where a single question is asked.
  private func leaf(_ facts: Facts, holding: Bool) -> [FactReason] {
    let assessment = facts.assessment
    switch self {
    case .messageClass:
      let value = assessment.messageClass
      return [FactReason("class: \(value.rawValue)", kinds: FactReason.kinds(of: value))]
    case .tag(let tags):
      return members("tag", EvidenceKind.scores.filter(tags.contains), holding) {
        assessment.tags.contains($0)
      }
    case .signal(let signals):
      return members("signal", EvidenceKind.signals.filter(signals.contains), holding) {
        assessment.signals.contains($0)
      }
    case .anger: return [FactReason("anger: \(assessment.anger)", kinds: [.anger])]
    case .sentiment:
      return [FactReason("sentiment: \(Figures.short(assessment.sentiment))", kinds: [.valence])]
    case .score(let kind, _):
      return [
        FactReason(
          "score \(kind.rawValue): \(Figures.short(assessment.score(kind)))",
          kinds: FactReason.kinds(of: kind))
      ]
    case .language: return [FactReason("language: \(assessment.language.code)")]
    case .automatic: return [FactReason("automatic: \(facts.automatic?.rawValue ?? "no")")]
    case .sender(let globs): return patterns("sender", globs, holding) { $0.matches(facts.sender) }
    case .recipient(let globs):
      return patterns("recipient", globs, holding) { glob in
        facts.recipients.contains { glob.matches($0) }
      }
    case .header(let name, let globs):
      return patterns("header \(name)", globs, holding) { glob in
        facts.headers.contains {
          Glob.equalIgnoringCase($0.name, name) && glob.matches($0.value)
        }
      }
    case .zone(let zones):
      return Zone.allCases
        .filter { zones.contains($0) && facts.zones.contains(ZoneSet($0)) == holding }
        .prefix(holding ? 1 : .max)
        .map { FactReason((holding ? "zone: " : "no zone: ") + $0.name) }
    case .contacts: return thread(facts) { "contacts: \($0.contacts)" }
    case .handOvers: return thread(facts) { "hand-overs: \($0.handOvers)" }
    case .threadQueue: return thread(facts) { "queue before: \($0.queue ?? "unknown")" }
    case .trend: return thread(facts) { "trend: \($0.trend.rawValue)" }
    case .received(let time):
      let text = facts.received.map { Figures.weekTime(time.clock.minuteOfWeek(at: $0)) }
      return [FactReason("received: " + (text.map { "\($0) \(time.clock.name)" } ?? "unknown"))]
    case .all, .any, .not, .named: return []
    }
  }

  private func members(
    _ name: String, _ kinds: [EvidenceKind], _ holding: Bool, _ has: (EvidenceKind) -> Bool
  ) -> [FactReason] {
    kinds.filter { has($0) == holding }.map { kind in
      holding
        ? FactReason("\(name): \(kind.rawValue)", kinds: FactReason.kinds(of: kind))
        : FactReason("no \(name): \(kind.rawValue)")
    }
  }

  /// Names the pattern, never the address or value that met it.
  private func patterns(
    _ name: String, _ globs: [Glob], _ holding: Bool, _ matches: (Glob) -> Bool
  ) -> [FactReason] {
    globs.filter { matches($0) == holding }.prefix(holding ? 1 : .max)
      .map { FactReason("\(name) \(holding ? "is" : "is not") \($0.text)") }
  }

  private func thread(_ facts: Facts, _ text: (ThreadFacts) -> String) -> [FactReason] {
    [FactReason(facts.thread.map(text) ?? "conversation: unknown")]
  }
}
