import HeardTestSupport
import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon

private typealias Make = LexiconFixture

/// Law 8: what a matcher remembers of sentences changes nothing of what it finds.
@Suite struct SentenceMemoryTests {
  private static let entries = [
    Make.entry("word", .dutch, Make.lemma("klacht")),
    Make.entry("row", .dutch, Make.phrase("geen ~klacht")),
    Make.entry("gap", .dutch, Make.phrase("krijg ...3 geld")),
    Make.entry("name", .dutch, Make.phrase("van <name>")),
    Make.entry("english", .english, Make.word("money")),
    Make.entry("polish", .polish, Make.lemma("żądać")),
  ]

  private static func lexicon() throws -> CompiledLexicon {
    try Make.lexicon(
      entries,
      words: ["geld", "klacht", "jan"].map {
        WordWeight(word: $0, language: .dutch, evidence: [Evidence(.complaint, milli: 90)])
      })
  }

  /// A text, and what is found in it by `matcher`, with the numbers of its words.
  private static func found(
    _ text: String, _ language: Language = .dutch, _ matcher: inout Matcher,
    _ memory: WordSplitter, forced: LanguageSet? = nil
  ) -> [String] {
    let document = memory.document(text, language)
    var matches: ContiguousArray<Match> = []
    matcher.match(document, memory: memory, languages: forced, into: &matches)
    let words = matcher.words.indices.map { String(matcher.words[$0]) }
    return matches.map { Make.show($0, document, matcher.lexicon) } + words
  }

  @Test(arguments: [
    ("a known sentence elsewhere", "geen klacht", "x . geen klacht"),
    ("twice in one text", "x", "geen klacht . geen klacht . x"),
    ("the same words in another order", "geen klacht", "klacht geen"),
    ("one word more", "geen klacht", "geen klacht klacht"),
    ("a name, and the same word where something begins", "van Jan", "van \" Jan"),
    ("a word where something begins, and then a name", "van \" Jan", "van Jan"),
    ("a comma begins nothing", "van Jan", "van , Jan"),
    ("what stands in front of a sentence is nothing to it", "Jan", "x . Jan . van Jan"),
    ("a sentence too long to remember", Self.long, "x . " + Self.long),
    ("nothing at all", "", "geen klacht"),
  ])
  func secondSight(name: String, first: String, second: String) throws {
    let lexicon = try Self.lexicon()
    let memory = WordSplitter()
    var matcher = Matcher(lexicon)
    var fresh = Matcher(lexicon)
    _ = Self.found(first, .dutch, &matcher, memory)
    for _ in 0..<2 {
      let again = Self.found(second, .dutch, &matcher, memory)
      #expect(again == Self.found(second, .dutch, &fresh, memory), "\(name)")
      fresh = Matcher(lexicon)
    }
  }

  private static let long =
    Array(repeating: "x", count: SentenceMemory.longest).joined(separator: " ") + " geen klacht"

  @Test func languagesAreToldApart() throws {
    let lexicon = try Self.lexicon()
    let memory = WordSplitter()
    var matcher = Matcher(lexicon)
    for _ in 0..<2 {
      #expect(Self.found("klacht money", .dutch, &matcher, memory).first == "word: klacht")
      #expect(Self.found("klacht money", .english, &matcher, memory).first == "english: money")
      // The numbers of two words, and no match.
      #expect(Self.found("klacht money", .other, &matcher, memory).count == 2)
      #expect(
        Self.found("klacht money", .undetermined, &matcher, memory).prefix(2)
          == ["word: klacht", "english: money"])
      let forced = Self.found(
        "klacht money", .dutch, &matcher, memory, forced: LanguageSet(.english))
      #expect(forced.first == "english: money")
    }
  }

  @Test func spellingsThatGetOtherNumbersAreOthers() throws {
    let lexicon = try Self.lexicon()
    let memory = WordSplitter()
    var matcher = Matcher(lexicon)
    #expect(Self.found("geen klacht", .dutch, &matcher, memory).first == "row: geen klacht")
    memory.forget()
    #expect(Self.found("leuke dag", .dutch, &matcher, memory) == ["0", "0"])
    #expect(Self.found("geen klacht", .dutch, &matcher, memory).first == "row: geen klacht")
  }

  /// Memories that forget at every text, now and then, and never.
  @Test(arguments: 0..<8) func whatIsForgottenIsFoundAgain(seed: UInt64) throws {
    let words = [
      "geen", "klacht", "klachten", "krijg", "geld", "van", "Jan", "money", "żądam", "\"", ",", "x",
      "x", ".", ".", ".",
    ]
    try Self.compare(Self.lexicon(), words, budget: PhraseSearch.budget, seed: seed)
  }

  /// Which phrases are compared depends on the sentences around, and each that is compared brings a
  /// token nearer to being given up; what is found must not.
  @Test(arguments: 0..<8, [4, 6, 9]) func whatIsGivenUpIsFoundAgain(
    seed: UInt64, budget: Int
  ) throws {
    let lexicon = try Make.lexicon([
      // Compared where the next sentence has its last word, and then dear where there are many x.
      Make.entry("a", .dutch, Make.phrase("geld ...4 x ...4 x ...4 klacht")),
      Make.entry("b", .dutch, Make.phrase("klacht ...4 x ...4 x ...4 geld")),
      Make.entry("c", .dutch, Make.phrase("geld ...4 x ...4 klacht")),
      Make.entry("d", .dutch, Make.phrase("klacht ...4 x ...4 geld")),
    ])
    try Self.compare(lexicon, ["klacht", "geld", "x", "x", "x", "."], budget: budget, seed: seed)
  }

  private static func compare(
    _ lexicon: CompiledLexicon, _ words: [String], budget: Int, seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let memory = WordSplitter()
    var never = Matcher(lexicon, sentenceLimit: 0, budget: budget)
    var sometimes = Matcher(lexicon, sentenceLimit: 200, budget: budget)
    var always = Matcher(lexicon, sentenceLimit: SentenceMemory.limit, budget: budget)
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0...24, using: &random)).map { _ in
        words.randomElement(using: &random) ?? "x"
      }.joined(separator: " ")
      let language = Language.allCases.randomElement(using: &random) ?? .dutch
      let expected = found(text, language, &never, memory)
      #expect(found(text, language, &sometimes, memory) == expected, "\(text)")
      #expect(found(text, language, &always, memory) == expected, "\(text)")
    }
  }
}
