import HeardClassifier
import HeardLexicon
import Testing

/// Entries that match the same words count a kind once: what the strongest of them says.
@Suite("The same words count once")
struct SharedWordsTests {
  private static let entries = """
    - {id: en.mini.weak, phrase: awful, evidence: {complaint: 1, anger: 0.5}}
    - {id: en.mini.strong, phrase: awful, evidence: {complaint: 1.5, valence: -2}}
    - {id: en.mini.against, phrase: awful, evidence: {complaint: -0.4}}
    - {id: en.mini.longer, phrase: awful mess, evidence: {complaint: 2}}
    - {id: en.mini.calm, phrases: [slow, late], evidence: {complaint: 0.8}, negated: {complaint: -0.3}}
    - {id: en.mini.slow, phrase: slow, evidence: {complaint: 0.8}, negated: {complaint: -0.5}}
    - {id: en.mini.not, phrase: not, operator: {scope: negation}}
    - {id: en.mini.once, phrase: broken, evidence: {complaint: 2}, max: 1}
    - {id: en.mini.often, phrases: [broken, torn], evidence: {complaint: 1}, max: 3}
    """

  private static let cases: [ScopeTests.Case] = [
    .init("the stronger", "The food was awful.", .complaint, 1100),
    .init("what only one says", "The food was awful.", .anger, 500),
    .init("what only the other says", "The food was awful.", .valence, -2000),
    .init("an entry once a sentence, as always", "Awful food and awful wine.", .complaint, 1100),
    .init("a longer phrase stands for itself", "It was an awful mess.", .complaint, 2000),
    .init("as strong", "The train was slow.", .complaint, 800),
    .init("one of two", "The train was late.", .complaint, 800),
    .init("negated", "The train was not slow.", .complaint, -500),
    .init("in two sentences", "It was slow. Then it was slow again.", .complaint, 1600),
    .init(
      "who counted often enough leaves it to the other",
      "It was broken. That was broken. So it is broken.", .complaint, 4000),
  ]

  private static func result(_ text: String, explain: Bool) throws -> Assessment {
    let lexicon = try MiniLexicon.compiled(entries: ["en": entries])
    return Classifier(lexicon: lexicon).assess(plain(text), explain: explain)
  }

  @Test(arguments: cases) func counts(_ example: ScopeTests.Case) throws {
    let told = try Self.result(example.text, explain: true)
    #expect(told.evidence(example.kind) == example.expected, "\(told.contributions)")
    #expect(try Self.result(example.text, explain: false).sums == told.sums)
  }

  @Test func whatDidNotCountIsANearMiss() throws {
    let told = try Self.result("The train was slow.", explain: true)
    let missed = told.nearMisses.filter { $0.reason == .said }
    #expect(missed.map(\.kind) == [.complaint] && missed.map(\.lostMilli) == [800])
  }
}
