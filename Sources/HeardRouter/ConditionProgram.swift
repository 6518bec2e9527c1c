internal import HeardClassifier
internal import HeardLexicon
internal import HeardText

/// Conditions laid out for asking them of every message: sets as bits, parts side by side, one
/// condition behind the other.
///
/// ``Condition`` is what people read and write. Asking it directly hashes names and copies sets; this
/// says the same (a test compares the two) by masks. What looks at headers stays as it was written:
/// few policies do, and never for plain text.
struct ConditionProgram: Sendable {
  private enum Step {
    /// The parts are the steps up to `end`; each may have parts itself.
    case all(end: Int)
    case any(end: Int)
    case not
    case messageClass(UInt64)
    case tag(UInt64)
    case signal(UInt64)
    case language(UInt64)
    case anger(Comparison)
    case sentiment(Comparison)
    case score(Int, Comparison)
    case zone(ZoneSet)
    /// Index into `written`.
    case written(Int)
  }

  private var steps: [Step] = []
  private var written: [Condition] = []
  /// Where each condition begins.
  private var starts: [Int] = []

  init(_ conditions: [Condition]) {
    for condition in conditions {
      starts.append(steps.count)
      append(condition)
    }
  }

  /// Which condition is the first, from one on, that the message satisfies; nil when there is none.
  func first(from index: Int = 0, _ facts: borrowing Facts, _ bits: FactBits) -> Int? {
    var index = index
    while index < starts.count {
      var place = starts[index]
      if next(&place, facts, bits) { return index }
      index += 1
    }
    return nil
  }

  private mutating func append(_ condition: Condition) {
    switch condition {
    case .all(let parts): append(parts) { .all(end: $0) }
    case .any(let parts): append(parts) { .any(end: $0) }
    case .not(let part):
      steps.append(.not)
      append(part)
    case .messageClass(let classes):
      steps.append(.messageClass(FactBits.bits(classes.map(FactBits.number))))
    case .tag(let tags): steps.append(.tag(FactBits.bits(tags.map(FactBits.number))))
    case .signal(let signals): steps.append(.signal(FactBits.bits(signals.map(FactBits.number))))
    case .language(let languages):
      steps.append(.language(FactBits.bits(languages.map { Int($0.rawValue) })))
    case .anger(let comparison): steps.append(.anger(comparison))
    case .sentiment(let comparison): steps.append(.sentiment(comparison))
    case .score(let kind, let comparison):
      if let place = EvidenceKind.scores.firstIndex(of: kind) {
        steps.append(.score(place, comparison))
      } else {
        appendWritten(condition)
      }
    case .zone(let zones):
      steps.append(.zone(zones.reduce(into: ZoneSet()) { $0.insert(ZoneSet($1)) }))
    case .named(_, let condition): append(condition)
    case .sender, .recipient, .header, .automatic, .contacts, .handOvers, .threadQueue, .trend,
      .received:
      appendWritten(condition)
    }
  }

  private mutating func appendWritten(_ condition: Condition) {
    steps.append(.written(written.count))
    written.append(condition)
  }

  private mutating func append(_ parts: [Condition], _ step: (Int) -> Step) {
    let place = steps.count
    steps.append(step(0))
    for part in parts { append(part) }
    steps[place] = step(steps.count)
  }

  /// Answers the step at `place` and moves behind it and its parts.
  private func next(_ place: inout Int, _ facts: borrowing Facts, _ bits: FactBits) -> Bool {
    let step = steps[place]
    place += 1
    switch step {
    case .all(let end):
      while place < end {
        if !next(&place, facts, bits) {
          place = end
          return false
        }
      }
      return true
    case .any(let end):
      while place < end {
        if next(&place, facts, bits) {
          place = end
          return true
        }
      }
      return false
    case .not: return !next(&place, facts, bits)
    case .messageClass(let mask): return bits.messageClass & mask != 0
    case .tag(let mask): return bits.tags & mask != 0
    case .signal(let mask): return bits.signals & mask != 0
    case .language(let mask): return bits.language & mask != 0
    case .anger(let comparison): return comparison.holds(bits.anger)
    case .sentiment(let comparison): return comparison.holds(bits.sentiment)
    case .score(let index, let comparison):
      return comparison.holds(facts.assessment.scores[index])
    case .zone(let zones): return !facts.zones.isDisjoint(with: zones)
    case .written(let index): return written[index].holds(copy facts)
    }
  }
}

/// What conditions ask most, of one message, as bits and numbers.
struct FactBits {
  let messageClass: UInt64
  let tags: UInt64
  let signals: UInt64
  let language: UInt64
  let anger: Double
  let sentiment: Double

  init(_ facts: borrowing Facts) {
    anger = Double(facts.assessment.anger)
    sentiment = facts.assessment.sentiment
    messageClass = 1 << UInt64(FactBits.number(facts.assessment.messageClass))
    language = 1 << UInt64(facts.assessment.language.rawValue)
    var bits: UInt64 = 0
    for tag in facts.assessment.tags { bits |= 1 << UInt64(FactBits.number(tag)) }
    tags = bits
    bits = 0
    for signal in facts.assessment.signals { bits |= 1 << UInt64(FactBits.number(signal)) }
    signals = bits
  }

  static func bits(_ numbers: [Int]) -> UInt64 {
    numbers.reduce(0) { $0 | 1 << UInt64($1) }
  }

  static func number(_ messageClass: MessageClass) -> Int {
    switch messageClass {
    case .complaint: 0
    case .question: 1
    case .request: 2
    case .praise: 3
    case .auto: 4
    case .other: 5
    }
  }

  /// Numbers of tags and signals; 0 is that of kinds that are neither.
  ///
  /// Not `EvidenceKind.index`, which hashes the name of the kind.
  static func number(_ kind: EvidenceKind) -> Int {
    switch kind {
    case .complaint: 1
    case .anger: 2
    case .expectationGap: 3
    case .staffTargeted: 4
    case .pricingDispute: 5
    case .poorService: 6
    case .pricingOpinion: 7
    case .unheard: 8
    case .passedAround: 9
    case .churn: 10
    case .publicThreat: 11
    case .safety: 12
    case .exploited: 13
    case .abuseOfStaff: 14
    case .person, .conduct, .expectation, .shortfall, .charge, .contest, .valence, .question,
      .request, .praise, .suggestion, .thirdParty:
      0
    }
  }
}
