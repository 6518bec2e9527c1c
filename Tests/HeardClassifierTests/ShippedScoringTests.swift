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

  /// An article about customers is no complaint, however often it says so.
  @Test func talkAboutCustomersInGeneralIsNoComplaint() throws {
    let entries =
      MiniLexicon.english
      + "\n- {id: en.mini.customers, phrases: [customer, customers], evidence: {third-party: 1}}\n"
    var source = try LexiconSource(files: [
      (
        path: "en/mini.yaml",
        text: "lexicon: heard/1\nlanguage: en\ntheme: mini\nentries:\n" + entries
      )
    ])
    source.scoring = try Self.source().scoring
    let image = try LexiconCompiler.compile(
      entries: source.entries, scoring: source.scoring,
      forms: { _, lemma, _ in [InflectedForm(text: lemma, rule: "lemma")] })
    let classifier = Classifier(lexicon: try CompiledLexicon(bytes: image))
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
