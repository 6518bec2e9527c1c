import HeardClassifier
import HeardLexicon
import Testing

/// Capitals, marks and faces are evidence only beside words that are evidence against us.
@Suite("Styles")
struct StyleTests {
  static let cases: [ScopeTests.Case] = [
    .init("one mark", "The room was bad!", .anger, 300),
    .init("several marks", "The room was bad!!!", .anger, 800),
    .init("a shouted question", "Why is the room so bad?!", .anger, 800),
    .init("marks beside praise", "The room was great!!!", .anger, 0),
    .init("marks beside nothing", "We arrive on Friday!!!", .anger, 0),
    .init("shouted words", "The room was TERRIBLY BAD indeed, really.", .anger, 0),
    .init("two shouted words", "This ROOM was simply a BROKEN mess.", .anger, 900),
    .init("one shouted word", "This room was simply a BROKEN mess.", .anger, 0),
    .init("placeholders", "The room of [NAME] and [NAME] was bad.", .anger, 0),
    .init("words in one bracket", "The room was bad [VERY BAD INDEED].", .anger, 900),
    .init("acronyms", "The PIN and the KPN box are bad.", .anger, 0),
    .init("a heading of two words", "BROKEN INVOICE", .anger, 0),
    .init("shouted praise", "This ROOM was SIMPLY great for us.", .anger, 0),
    .init("a face beside words", "The room was bad 😡", .anger, 2000),
    .init("a face behind the sentence", "The room was bad. 😡", .anger, 2000),
    .init("a face alone", "😡😡😡", .anger, 0),
    .init("a face beside other words", "We arrive on Friday 😡", .anger, 0),
    .init("a heart beside words", "We arrive on Friday ❤", .valence, 2000),
    .init("a heart alone", "❤", .valence, 0),
    .init("a sad emoticon", "The room was bad :-(", .valence, -3000),
    .init("a sad emoticon beside nothing", "We arrive on Friday :-(", .valence, 0),
    .init("a glad emoticon", "The room was bad :-)", .valence, -2000),
  ]

  @Test(arguments: cases) func styles(_ example: ScopeTests.Case) throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let result = classifier.assess(plain(example.text), explain: true)
    #expect(result.evidence(example.kind) == example.expected, "\(result.contributions)")
  }

  @Test func styleCountsTwiceAMessage() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let text = "The room was bad! The bed was broken! The site is bad! It was broken!"
    let result = classifier.assess(plain(text), explain: true)
    #expect(result.evidence(.anger) == 600)
  }

  /// Who tells what was promised and leaves it there says that it was not kept.
  static let statedCases: [ScopeTests.Case] = [
    .init("told and left there", "They promised a call on Monday.", .expectationGap, 1200),
    .init("told twice", "They promised a call. They promised a visit.", .expectationGap, 1200),
    .init("asked for", "Is a call on Monday promised?", .expectationGap, 0),
    .init("told before a question", "They promised a call. Is it today?", .expectationGap, 0),
    .init("told beside praise", "They promised a call. The call was great.", .expectationGap, 0),
    .init("nothing told", "The room was bad.", .expectationGap, 0),
    .init(
      "told in a long text",
      "They promised a call on Monday. "
        + String(repeating: "We arrive on Friday and stay for a week. ", count: 12),
      .expectationGap, 0),
  ]

  @Test(arguments: statedCases) func stated(_ example: ScopeTests.Case) throws {
    let scoring = MiniLexicon.scoring.replacing(
      "emoji: {valence: -1}", with: "emoji: {valence: -1}, stated: {expectation-gap: 1.2}")
    let lexicon = try MiniLexicon.compiled(entries: ["en": MiniLexicon.english], scoring: scoring)
    let result = Classifier(lexicon: lexicon).assess(plain(example.text), explain: true)
    #expect(result.evidence(example.kind) == example.expected, "\(result.contributions)")
  }

  /// By the point of sentiment above zero, four points at most.
  static let praisingCases: [ScopeTests.Case] = [
    .init("praise", "The room was great.", .anger, -1000),
    .init("twice as much", "The room was great. The bed was good.", .anger, -2000),
    .init("four points at most", "The room was great. The bed was good ❤", .anger, -2000),
    .init("as much blame", "The room was great. The bed was bad.", .anger, 0),
    .init("blame", "The room was bad.", .anger, 0),
    .init("neither", "We arrive on Friday.", .anger, 0),
    .init("an outburst among praise", "It was great. So good. I am furious.", .anger, 1000),
  ]

  @Test(arguments: praisingCases) func praising(_ example: ScopeTests.Case) throws {
    try expect(example, style: "praising: {anger: -0.5}")
  }

  /// By the logit that the complaint lacks with its bias of −2, three at most.
  static let blamelessCases: [ScopeTests.Case] = [
    .init("an outburst beside a complaint", "A complaint: I am furious.", .anger, 2000),
    .init("an outburst about nothing", "A furious pace.", .anger, 1500),
    .init("nothing", "We arrive on Friday.", .anger, -1000),
    .init("praise", "The room was great.", .anger, -1250),
    .init("three logits at most", "It is about my landlord.", .anger, -1500),
  ]

  @Test(arguments: blamelessCases) func blameless(_ example: ScopeTests.Case) throws {
    try expect(example, style: "blameless: {anger: -0.5}")
  }

  /// The sum with one style more, with and without an explanation.
  private func expect(_ example: ScopeTests.Case, style: String) throws {
    let scoring = MiniLexicon.scoring.replacing(
      "emoji: {valence: -1}", with: "emoji: {valence: -1}, \(style)")
    let lexicon = try MiniLexicon.compiled(entries: ["en": MiniLexicon.english], scoring: scoring)
    let classifier = Classifier(lexicon: lexicon)
    let result = classifier.assess(plain(example.text), explain: true)
    #expect(result.evidence(example.kind) == example.expected, "\(result.contributions)")
    #expect(result.sums == classifier.assess(plain(example.text), explain: false).sums)
  }
}
