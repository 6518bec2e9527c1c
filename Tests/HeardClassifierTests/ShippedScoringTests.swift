import HeardAuthoring
import HeardClassifier
import HeardLexicon
import HeardText
import Testing

/// The rules that are shipped, read from `lexicons/scoring.yaml`, with the words of ``MiniLexicon``.
@Suite("Shipped scoring")
struct ShippedScoringTests {
  private static func source(_ file: StaticString = #filePath) throws -> LexiconSource {
    let parts = "\(file)".split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return try LexiconSource.load(folder: parts.joined(separator: "/") + "/lexicons")
  }

  /// Entries of a language under the rules that are shipped.
  private static func lexicon(_ code: String, _ entries: String) throws -> CompiledLexicon {
    let head = "lexicon: heard/1\nlanguage: \(code)\ntheme: mini\nentries:\n"
    let source = try LexiconSource(files: [(path: "\(code)/mini.yaml", text: head + entries)])
    let image = try LexiconCompiler.compile(
      entries: source.entries, scoring: try Self.source().scoring,
      forms: { _, lemma, _ in [InflectedForm(text: lemma, rule: "lemma")] })
    return try CompiledLexicon(bytes: image)
  }

  @Test func framesNameRolesThatSomeLexiconHas() throws {
    let source = try Self.source()
    let kinds = Set(source.entries.flatMap { ($0.evidence + $0.negated).map(\.kind) })
    for frame in source.scoring.frames {
      #expect(kinds.contains(frame.first), "\(frame.id): nothing is evidence of \(frame.first)")
      #expect(kinds.contains(frame.second), "\(frame.id): nothing is evidence of \(frame.second)")
    }
  }

  @Test func everyScoreIsCalibratedInEveryLanguage() throws {
    let scoring = try Self.source().scoring
    for kind in EvidenceKind.scores + [.question, .request, .praise] {
      for language in Language.read + [.undetermined] {
        let found = scoring.calibrations.filter { $0.kind == kind && $0.language == language }
        #expect(found.count == 1, "\(kind) \(language)")
      }
    }
  }

  static let orderCases: [ScopeTests.Case] = [
    .init("yardstick first", "It was promised and nobody came.", .expectationGap, 2600),
    .init("shortfall first", "Nobody came, which was promised.", .expectationGap, 1300),
    .init(
      "shortfall far in front",
      "Nobody came to the door of the house in the street where we live as was promised.",
      .expectationGap, 0),
    .init("two sentences", "It was promised. And nobody came.", .expectationGap, 2300),
  ]

  /// What is told before its yardstick stands there by chance as often as meant.
  @Test(arguments: orderCases) func aYardstickStandsFirst(_ example: ScopeTests.Case) throws {
    let lexicon = try Self.lexicon("en", MiniLexicon.english)
    let result = Classifier(lexicon: lexicon).assess(plain(example.text), explain: true)
    let frames = result.contributions.filter {
      if case .frame = $0.source { $0.kind == example.kind } else { false }
    }
    #expect(frames.reduce(0) { $0 + $1.milli } == example.expected, "\(frames)")
  }

  /// An article about customers is no complaint, however often it says so.
  @Test func talkAboutCustomersInGeneralIsNoComplaint() throws {
    let entries =
      MiniLexicon.english
      + "\n- {id: en.mini.customers, phrases: [customer, customers], evidence: {third-party: 1}}\n"
    let classifier = Classifier(lexicon: try Self.lexicon("en", entries))
    let article = """
      An angry customer is a chance. When a customer has a complaint, hear the customer first.
      Some customers have a bad day. A customer who is furious wants to be heard, and customers
      with a complaint are the customers who stay.
      """
    #expect(classifier.assess(plain(article), explain: false).messageClass != .complaint)
    let letter = "I have a complaint. The room was bad, and no customer should have to see that."
    #expect(classifier.assess(plain(letter), explain: false).messageClass == .complaint)
  }
}
