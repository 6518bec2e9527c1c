import HeardClassifier
import HeardLexicon
import HeardMail
import Testing

/// Single words are weak evidence: once a message, of its own text, by the language of the sentence.
@Suite("Single words")
struct WordTests {
  private static let words = [
    "en": "  weeks: {complaint: 0.4, expectation-gap: 0.2}\n  lovely: {complaint: -0.5}\n"
      + "  die: {complaint: 0.1}\n",
    "nl": "  die: {complaint: 0.3}\n  weken: {complaint: 0.4}\n",
    "pl": "  zolty: {complaint: 0.25}\n",
  ]

  private static func assess(_ message: Message) throws -> Assessment {
    let lexicon = try MiniLexicon.compiled(
      entries: ["nl": MiniLexicon.dutch, "pl": MiniLexicon.polish, "en": MiniLexicon.english],
      words: words)
    return Classifier(lexicon: lexicon).assess(message, explain: true)
  }

  static let cases: [(name: String, text: String, complaint: Int32)] = [
    ("one word", "We have been here for three weeks with the children.", 400),
    ("a word twice counts once", "Three weeks in May, and two weeks in June with them.", 400),
    ("in two sentences", "We were here for weeks. We will be here for weeks again.", 400),
    ("capitals", "We have been here for three WEEKS with the children.", 400),
    ("two words", "We had three lovely weeks here with the children.", -100),
    ("no such word", "We have been here for three days with the children.", 0),
    ("a word of another language", "Wij zijn hier drie weeks met de kinderen geweest.", 0),
    ("with diacritics", "Ten żółty parasol stoi od wczoraj przed waszym sklepem.", 250),
    ("without diacritics", "Ten zolty parasol stoi od wczoraj przed waszym sklepem.", 250),
    (
      "a word of two languages in each of them",
      "Het is die meneer die hier gisteren ook al was. We think that the plants will die soon.", 400
    ),
    ("negated all the same", "We have not been here for three weeks with them.", 400),
  ]

  @Test(arguments: cases) func counts(name: String, text: String, complaint: Int32) throws {
    let result = try Self.assess(plain(text))
    let words = result.contributions.first { $0.source == .words && $0.kind == .complaint }
    #expect(words?.milli ?? 0 == complaint, "\(name): \(result.words)")
  }

  @Test func onlyTheScoredZoneCounts() throws {
    let result = try Self.assess(
      message([
        (.own, "We will be here on Friday with the children.\n"),
        (.quoted, "We have been here for three weeks with the children.\n"),
      ]))
    #expect(!result.contributions.contains { $0.source == .words })
    #expect(result.words.isEmpty)
  }

  /// A long letter has many words and is no more of a complaint for that.
  @Test func togetherTheyAreLimited() throws {
    let things = ["oak", "elm", "ash", "fir", "yew"]
    let lexicon = try MiniLexicon.compiled(
      entries: ["en": MiniLexicon.english],
      words: ["en": things.map { "  \($0): {complaint: 0.5, staff-targeted: -0.4}\n" }.joined()])
    let classifier = Classifier(lexicon: lexicon)
    let text = "We saw an oak, an elm, an ash, a fir and a yew in the garden."
    let result = classifier.assess(plain(text), explain: true)
    #expect(result.evidence(.complaint) == 1500)
    #expect(result.evidence(.staffTargeted) == -1500)
    let together = result.contributions.first { $0.source == .words && $0.kind == .complaint }
    #expect(together?.plainMilli == 2500 && result.words.count == 5)
  }

  /// What letters say whatever they are about says nothing as single words either.
  @Test func formulasAreSilent() throws {
    let lexicon = try MiniLexicon.compiled(
      entries: [
        "en": MiniLexicon.english
          + "\n- {id: en.mini.hope, phrase: hope you are well, evidence: {complaint: 0}}"
          + "\n- {id: en.mini.kindly, phrase: kindly reply, evidence: {request: 1}}"
      ],
      words: ["en": "  well: {complaint: 0.5}\n  kindly: {complaint: -0.5}\n"])
    let classifier = Classifier(lexicon: lexicon)
    func words(_ text: String) -> [Int32] {
      classifier.assess(plain(text), explain: true).words.map { $0.milli(.complaint) }
    }
    #expect(words("We hope you are well, and that the house is fine.") == [])
    #expect(words("We think that the house is doing well.") == [500])
    #expect(words("Would you kindly reply to the letter of Monday.") == [])
    #expect(words("She kindly wrote to us about the house.") == [-500])
  }

  @Test func everyWordIsListed() throws {
    let result = try Self.assess(plain("We had three lovely weeks here with the children."))
    #expect(result.words.map { $0.milli(.complaint) } == [-500, 400])
    #expect(result.words.map { $0.milli(.expectationGap) } == [0, 200])
    #expect(result.words.allSatisfy { $0.milli(.praise) == 0 })
  }

  /// A worker that has met the word in the message before counts it again.
  @Test func eachMessageBegins() throws {
    let lexicon = try MiniLexicon.compiled(
      entries: ["en": MiniLexicon.english], words: ["en": Self.words["en"] ?? ""])
    let classifier = Classifier(lexicon: lexicon)
    let text = plain("We have been here for three weeks with the children.")
    let sums = (0..<3).map { _ in classifier.assess(text, explain: false).sums }
    #expect(sums[0] == sums[1] && sums[1] == sums[2])
    #expect(sums[0][EvidenceKind.expectationGap.index] == 200 - 2000)
  }
}
