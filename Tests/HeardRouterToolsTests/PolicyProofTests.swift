import HeardClassifier
import HeardDeadlines
import HeardLexicon
import HeardMail
import HeardRouterTestSupport
import HeardTestSupport
import HeardText
import Testing

@testable import HeardRouter
@testable import HeardRouterTools
@testable import HeardSources

/// The proofs are right: compared with trying every message of a small world.
@Suite struct PolicyProofTests {
  /// Every combination that the classifier can say of these facts.
  static let world: [Facts] = MessageClass.allCases.flatMap { messageClass in
    (0...3).flatMap { anger in
      [[], [EvidenceKind.safety], [.churn], [.safety, .churn]].flatMap { signals in
        [Language.polish, .other, .dutch].flatMap { language -> [Facts] in
          guard language != .other || messageClass == .auto || messageClass == .other else {
            return []
          }
          let tags: [[EvidenceKind]] =
            messageClass == .complaint
            ? [[], [.anger], [.pricingDispute], [.anger, .pricingDispute]] : [[]]
          return tags.map {
            facts(
              class: messageClass, anger: anger, tags: $0, signals: signals, language: language,
              automatic: messageClass == .auto ? .list : nil)
          }
        }
      }
    }
  }

  static func condition(_ depth: Int, _ generator: inout SeededGenerator) -> Condition {
    func parts() -> [Condition] {
      (0..<Int.random(in: 1...3, using: &generator)).map { _ in condition(depth - 1, &generator) }
    }
    switch Int.random(in: depth > 0 ? 0..<9 : 4..<9, using: &generator) {
    case 0, 1: return .all(parts())
    case 2: return .any(parts())
    case 3: return .not(condition(depth - 1, &generator))
    case 4:
      return .messageClass(
        Set(MessageClass.allCases.filter { _ in Bool.random(using: &generator) }))
    case 5: return .tag([Bool.random(using: &generator) ? .anger : .pricingDispute])
    case 6: return .signal([Bool.random(using: &generator) ? .safety : .churn])
    case 7: return .language([Bool.random(using: &generator) ? .polish : .other])
    default:
      let relation = Comparison.Relation.allCases.randomElement(using: &generator) ?? .equal
      return .anger(Comparison(relation, Double(Int.random(in: 0...3, using: &generator))))
    }
  }

  static func policy(_ generator: inout SeededGenerator) -> Policy {
    let place = SourceLocation(file: "p", line: 1, column: 1)
    let rules = (0..<5).map { number in
      Rule(
        id: "r\(number)", condition: condition(2, &generator),
        queue: ["a", "b", "z"].randomElement(using: &generator) ?? "a", priority: .normal,
        steps: [], obligations: Bool.random(using: &generator) ? ["call"] : [], location: place)
    }
    let addition = Addition(
      id: "also", condition: condition(2, &generator), steps: ["cool"], obligations: ["call"],
      location: place)
    var policy = Policy(
      queues: ["a", "b", "z"].map { Queue(name: $0, description: "", location: place) },
      rules: rules, additions: [addition], fallbackQueue: "z", fallbackPriority: .low, digest: "")
    policy.promises = [
      Promise(
        id: "p", condition: condition(1, &generator), queues: [], steps: [],
        obligations: ["call"], location: place)
    ]
    return policy
  }

  @Test func theyAgreeWithTryingEveryMessage() {
    var generator = SeededGenerator(seed: 11)
    var unreachable = 0
    var kept = 0
    for _ in 0..<150 {
      let policy = Self.policy(&generator)
      let report = policy.check()
      let rules = Set(Self.world.map { policy.decide($0).rule })
      for rule in policy.rules where !rules.contains(rule.id) { unreachable += 1 }
      for rule in policy.rules {
        let found = report.problems.contains {
          ($0.check == .unreachableRule || $0.check == .neverHolds)
            && $0.message.contains("rule '\(rule.id)'")
        }
        #expect(found == !rules.contains(rule.id), "\(rule.condition)")
      }
      #expect((report.fallbackExample == nil) == !rules.contains("fallback"))
      let promise = policy.promises[0]
      let isKept = Self.world.allSatisfy {
        !promise.condition.holds($0) || policy.decide($0).obligations.contains("call")
      }
      if isKept { kept += 1 }
      #expect(report.kept.contains("p") == isKept)
    }
    #expect(unreachable > 50 && (10..<140).contains(kept), "the policies tell nothing apart")
  }

  /// Nothing smaller than what is proposed would send a message to that queue.
  @Test func theNearestChangeIsTheNearest() {
    var generator = SeededGenerator(seed: 12)
    var changes = 0
    for _ in 0..<40 {
      let policy = Self.policy(&generator)
      guard let here = Self.world.randomElement(using: &generator) else { return }
      let asked = Set(
        FactSpace(policy).variables.filter { $0 != .automatic })
      let proposed = policy.nearestChanges(here)
      let queues = Set(Self.world.map { policy.decide($0).queue })
        .subtracting([policy.decide(here).queue])
      #expect(Set(proposed.map(\.queue)) == queues)
      for change in proposed {
        changes += 1
        let fewest = Self.world.filter { policy.decide($0).queue == change.queue }
          .map { Self.distance(here, $0, asked) }.min()
        #expect(change.changes.count == fewest, "\(change)")
      }
    }
    #expect(changes > 20)
  }

  /// How many facts differ, of those that the policy asks about; what is no complaint has no tags.
  static func distance(_ one: Facts, _ two: Facts, _ asked: Set<FactVariable>) -> Int {
    let (left, right) = (one.assessment, two.assessment)
    var count = 0
    if asked.contains(.messageClass), left.messageClass != right.messageClass { count += 1 }
    if asked.contains(.anger), left.anger != right.anger { count += 1 }
    if asked.contains(.language), left.language != right.language { count += 1 }
    for kind in EvidenceKind.signals where asked.contains(.signal(kind)) {
      if left.signals.contains(kind) != right.signals.contains(kind) { count += 1 }
    }
    if right.messageClass == .complaint {
      for kind in EvidenceKind.scores where asked.contains(.tag(kind)) {
        if left.tags.contains(kind) != right.tags.contains(kind) { count += 1 }
      }
    }
    return count
  }

  /// Every step and obligation of a decision is in the reason that gave it, and every reason is true.
  @Test func reasonsAddUpToTheDecision() {
    var generator = SeededGenerator(seed: 13)
    for _ in 0..<200 {
      let policy = Self.policy(&generator)
      guard let facts = Self.world.randomElement(using: &generator) else { return }
      let decision = policy.explain(facts)
      #expect(decision.reasons.first?.id == decision.rule)
      #expect(Set(decision.reasons.flatMap(\.steps)) == Set(decision.steps))
      #expect(Set(decision.reasons.flatMap(\.obligations)) == Set(decision.obligations))
      for (rule, because) in policy.passedOver(facts) {
        #expect(!because.isEmpty || rule.condition.reasons(facts).isEmpty)
      }
    }
  }
}
