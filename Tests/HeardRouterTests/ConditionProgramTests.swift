import HeardClassifier
import HeardLexicon
import HeardMail
import HeardRouterTestSupport
import HeardTestSupport
import HeardText
import Testing

@testable import HeardRouter
@testable import HeardSources

/// A program says of every message what its condition says.
@Suite struct ConditionProgramTests {
  @Test func programsAgreeWithTheirConditions() {
    var generator = SeededGenerator(seed: 5)
    var held = 0
    for _ in 0..<4000 {
      let condition = randomCondition(depth: 3, &generator)
      let facts = randomFacts(&generator)
      let expected = condition.holds(facts)
      if expected { held += 1 }
      #expect(
        ConditionProgram([.any([]), condition, .all([])]).first(facts, FactBits(facts))
          == (expected ? 1 : 2), "\(condition)")
    }
    #expect((400..<3600).contains(held), "the conditions tell nothing apart")
  }

  @Test func everyTagAndSignalHasItsOwnBit() {
    let kinds = EvidenceKind.scores + EvidenceKind.signals
    let numbers = Set(kinds.map { FactBits.number($0) })
    #expect(numbers.count == kinds.count && !numbers.contains(0))
    #expect(Set(MessageClass.allCases.map { FactBits.number($0) }).count == 6)
  }

  private func randomFacts(_ generator: inout SeededGenerator) -> Facts {
    facts(
      class: MessageClass.allCases.randomElement(using: &generator) ?? .other,
      anger: Int.random(in: 0...3, using: &generator),
      tags: some(EvidenceKind.scores, &generator), signals: some(EvidenceKind.signals, &generator),
      language: Language.allCases.randomElement(using: &generator) ?? .dutch,
      sentiment: Double.random(in: -1...1, using: &generator),
      sender: Bool.random(using: &generator) ? "a@b.nl" : "",
      scores: (0..<5).map { _ in Double.random(in: 0...1, using: &generator) },
      automatic: Bool.random(using: &generator) ? .bounce : nil,
      zones: ZoneSet(rawValue: UInt8.random(in: 0..<128, using: &generator)),
      thread: Bool.random(using: &generator)
        ? ThreadFacts(
          contacts: Int.random(in: 0...3, using: &generator),
          queue: Bool.random(using: &generator) ? "a" : nil) : nil)
  }

  private func some<Item: Hashable>(_ items: [Item], _ generator: inout SeededGenerator) -> [Item] {
    items.filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
  }

  private func randomCondition(depth: Int, _ generator: inout SeededGenerator) -> Condition {
    let comparison = Comparison(
      Comparison.Relation.allCases.randomElement(using: &generator) ?? .equal,
      Double.random(in: 0...1, using: &generator))
    func parts() -> [Condition] {
      (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        randomCondition(depth: depth - 1, &generator)
      }
    }
    switch Int.random(in: depth > 0 ? 0..<14 : 3..<14, using: &generator) {
    case 0: return .all(parts())
    case 1: return .any(parts())
    case 2: return .not(randomCondition(depth: depth - 1, &generator))
    case 3: return .messageClass(Set(some(MessageClass.allCases, &generator)))
    case 4: return .tag(Set(some(EvidenceKind.scores, &generator)))
    case 5: return .signal(Set(some(EvidenceKind.signals, &generator)))
    case 6: return .language(Set(some(Language.allCases, &generator)))
    case 7: return .anger(Comparison(comparison.relation, (comparison.limit * 3).rounded()))
    case 8: return .sentiment(comparison)
    case 9:
      return .score(EvidenceKind.scores.randomElement(using: &generator) ?? .anger, comparison)
    case 10: return .zone(Set(some(Zone.allCases, &generator)))
    case 11: return .named("it", randomCondition(depth: max(0, depth - 1), &generator))
    case 12:
      return Bool.random(using: &generator)
        ? .contacts(Comparison(comparison.relation, (comparison.limit * 3).rounded()))
        : .threadQueue(["a"])
    default:
      return Bool.random(using: &generator) ? .sender([Glob("*@b.nl")]) : .automatic(["bounce"])
    }
  }
}
