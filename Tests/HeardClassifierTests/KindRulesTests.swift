import HeardLexicon
import Testing

@testable import HeardClassifier

@Suite("Rules of the kinds")
struct KindRulesTests {
  @Test(
    "numbers that are written out are those of the kinds",
    arguments: [
      (KindRules.complaint, .complaint), (KindRules.anger, .anger), (KindRules.person, .person),
      (KindRules.valence, .valence), (KindRules.question, .question),
      (KindRules.request, .request), (KindRules.praise, .praise),
      (KindRules.suggestion, .suggestion), (KindRules.thirdParty, .thirdParty),
    ] as [(Int, EvidenceKind)])
  func numbers(number: Int, kind: EvidenceKind) {
    #expect(number == kind.index)
  }

  @Test(
    "what speaks against us, so that shouting beside it is anger",
    arguments: [
      (.complaint, 100, false), (.complaint, 300, true), (.conduct, 300, true),
      (.valence, -400, false), (.valence, -500, true), (.praise, 900, false),
      (.person, 1000, false),
    ] as [(EvidenceKind, Int32, Bool)])
  func against(kind: EvidenceKind, milli: Int32, expected: Bool) {
    #expect(KindRules.traits(of: kind).isNegative(milli) == expected)
  }

  @Test func everyKindHasAPlaceInTheSums() {
    #expect(KindRules.kinds.count <= Scorer.Sums(repeating: 0).count)
  }

  @Test func sumsComeBackAsTheyWereSet() {
    var assessment = Assessment()
    let sums = KindRules.kinds.indices.map { Int32($0) * 7 - 50 }
    assessment.sums = sums
    #expect(assessment.sums == sums)
  }
}
