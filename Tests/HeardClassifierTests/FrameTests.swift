import HeardClassifier
import HeardLexicon
import Testing

/// Tags that need two things: each case says which sum the pair reaches.
@Suite("Frames")
struct FrameTests {
  static let cases: [ScopeTests.Case] = [
    .init("person and conduct", "The clerk was rude to us.", .staffTargeted, 3000),
    .init("in any order", "Rude is what the clerk was.", .staffTargeted, 3000),
    .init("across clauses, worth less", "The clerk, as ever, was rude.", .staffTargeted, 2500),
    .init("a person alone", "The clerk was at the counter.", .staffTargeted, 0),
    .init("conduct alone", "That was rude of the company.", .staffTargeted, 0),
    .init("not in the next sentence", "We met the clerk. The weather was rude.", .staffTargeted, 0),
    .init("negated conduct is none", "The clerk was not rude at all.", .staffTargeted, 0),
    .init("nl negated conduct", "De monteur was niet onbeschoft.", .staffTargeted, 0),
    .init(
      "praise keeps a person out", "The clerk was patient; the site is rude.", .staffTargeted, 0),
    .init("each conduct counts once", "The clerk was rude and dismissive.", .staffTargeted, 6000),
    .init("pl a role", "Pani w okienku odburknęła coś.", .staffTargeted, 3000),
    .init("pl an address is no person", "Czy Pan jest chamski dla mnie?", .staffTargeted, 0),
    .init("expectation and shortfall", "It was promised and nobody came.", .expectationGap, 3000),
    .init("over a but", "It was promised but nobody came.", .expectationGap, 3000),
    .init("in the next sentence", "A visit was promised. Then nobody came.", .expectationGap, 2500),
    .init("shortfall first", "Nobody came. A visit was promised.", .expectationGap, 0),
    .init("two sentences on", "It was promised. We waited. But nobody came.", .expectationGap, 0),
    .init("an expectation alone", "It was promised for Friday.", .expectationGap, 0),
    .init("pl", "Obiecano pomoc, a nikt nie odpowiada.", .expectationGap, 3000),
    .init("nl", "Er was beloofd te bellen; ik heb niets gehoord.", .expectationGap, 3000),
    .init("charge and contest", "The invoice you sent is wrong again.", .pricingDispute, 3000),
    .init("free of charge", "It is free of charge, which is wrong.", .pricingDispute, 0),
    .init("nl rekening houden", "Rekening mee houden klopt niet.", .pricingDispute, 0),
    .init("nl rekening", "De rekening van mei klopt niet.", .pricingDispute, 3000),
    .init("pl", "Opłata za maj jest nienależna.", .pricingDispute, 3000),
    .init("weak halves make a weak whole", "If the clerk is rude, we leave.", .staffTargeted, 270),
    .init("sarcasm", "Great service, weeks for a reply!", .expectationGap, 2200),
    .init("a balance is no sarcasm", "Great service but weeks for a reply.", .expectationGap, 0),
  ]

  @Test(arguments: cases) func pairs(_ example: ScopeTests.Case) throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let result = classifier.assess(plain(example.text), explain: true)
    let bias: Int32 = -2000
    #expect(result.evidence(example.kind) == example.expected, "\(result.contributions)")
    #expect(result.sums[example.kind.index] == example.expected + bias)
  }

  @Test func loneHalvesAreNearMisses() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let result = classifier.assess(plain("It was promised for Friday."), explain: true)
    #expect(
      result.nearMisses.contains {
        $0.kind == .expectationGap && $0.reason == .partnerMissing(.shortfall)
      })
  }

  @Test func praiseIsNamedAsTheReason() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let result = classifier.assess(
      plain("The clerk was patient; the site is rude."), explain: true)
    #expect(result.nearMisses.contains { $0.kind == .staffTargeted && $0.reason == .praised })
  }

  @Test func aRoleTakesAnEarlierMentionOfItsOwnKindAndNeverItself() throws {
    let scoring = """
      scoring: heard/1
      frames:
      - {id: frame.twice, first: charge, second: charge, ordered: true, window: adjacent, distance: 9, evidence: {complaint: -1}, max: 9}
      """
    let classifier = Classifier(
      lexicon: try MiniLexicon.compiled(entries: ["en": MiniLexicon.english], scoring: scoring))
    for (text, pairs) in [("The fee.", 0), ("The fee, a fee.", 1), ("The fee, a fee. Fee!", 2)] {
      let result = classifier.assess(plain(text), explain: true)
      #expect(result.evidence(.complaint) == Int32(-1000 * pairs), "\(text)")
    }
  }

  @Test func framesCountAtMostTheirMaximum() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let text = String(repeating: "The clerk was rude. ", count: 9)
    let result = classifier.assess(plain(text), explain: true)
    let fired = result.contributions.filter { $0.kind == .staffTargeted && $0.source == .frame(0) }
    #expect(fired.count == 2)
  }
}
