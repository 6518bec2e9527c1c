import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon

private typealias Make = LexiconFixture

/// A text, a lexicon, and what is found: `id: words`, `*` behind what is covered.
struct MatchCase: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let entries: [EntrySource]
  let expected: [String]
  var language = Language.dutch
  var forced: LanguageSet?

  var testDescription: String { name }

  init(
    _ name: String, _ text: String, _ entries: [EntrySource], _ expected: [String],
    language: Language = .dutch, forced: LanguageSet? = nil
  ) {
    self.name = name
    self.text = text
    self.entries = entries
    self.expected = expected
    self.language = language
    self.forced = forced
  }
}

@Suite struct MatcherTests {
  @Test(
    arguments: words + folding + phrases + gaps + classes + sentences + languages + covering
      + ordering + compounds + stretching + names)
  func finds(_ example: MatchCase) throws {
    let found = try Make.found(
      example.text, example.entries, example.language, forced: example.forced)
    #expect(found == example.expected)
  }

  private static let words = [
    MatchCase(
      "exact word", "een klacht hier", [Make.entry("a", .dutch, Make.word("klacht"))], ["a: klacht"]
    ),
    MatchCase(
      "an exact word has no other forms", "klachten",
      [Make.entry("a", .dutch, Make.word("klacht"))], []),
    MatchCase(
      "capitals do not matter", "KLACHT", [Make.entry("a", .dutch, Make.word("klacht"))],
      ["a: KLACHT"]),
    MatchCase(
      "any form of a lemma", "ik klaagde en zij klaagt",
      [Make.entry("a", .dutch, Make.lemma("klagen"))],
      ["a: klaagde", "a: klaagt"]),
    MatchCase(
      "a lemma without forms is itself", "blub blubs",
      [Make.entry("a", .dutch, Make.lemma("blub"))],
      ["a: blub"]),
    MatchCase(
      "one word in two entries", "klacht",
      [
        Make.entry("a", .dutch, Make.word("klacht")), Make.entry("b", .dutch, Make.lemma("klacht")),
      ],
      ["a: klacht", "b: klacht"]),
    MatchCase(
      "any of several patterns", "x y", [Make.entry("a", .dutch, Make.word("x"), Make.word("y"))],
      ["a: x", "a: y"]),
    MatchCase(
      "a word that splits is a phrase", "een e mail",
      [Make.entry("a", .dutch, Make.word("e-mail"))],
      ["a: e mail"]),
    MatchCase(
      "apostrophes of every kind", "don’t don't", [Make.entry("a", .english, Make.word("don't"))],
      ["a: don’t", "a: don't"], language: .english),
  ]

  private static let folding = [
    MatchCase(
      "without diacritics", "zadam", [Make.entry("a", .polish, Make.lemma("żądać"))], ["a: zadam"],
      language: .polish),
    MatchCase(
      "with some of the diacritics", "żadam", [Make.entry("a", .polish, Make.lemma("żądać"))],
      ["a: żadam"], language: .polish),
    MatchCase(
      "not when that is another word", "laska laske",
      [Make.entry("a", .polish, Make.lemma("łaska"))],
      ["a: laske"], language: .polish),
    MatchCase(
      "not when the entry does not fold", "zadam żądam",
      [Make.entry("a", .polish, Make.lemma("żądać"), mode: MatchingMode(folds: false))],
      ["a: żądam"], language: .polish),
    MatchCase(
      "a Polish diacritic makes another word", "łaska",
      [Make.entry("a", .polish, Make.lemma("laska"))],
      [], language: .polish),
    MatchCase(
      "a Dutch accent is emphasis", "klácht", [Make.entry("a", .dutch, Make.lemma("klacht"))],
      ["a: klácht"]),
    MatchCase(
      "emphasis is stray too when the entry does not fold", "klácht",
      [Make.entry("a", .dutch, Make.lemma("klacht"), mode: MatchingMode(folds: false))], []),
  ]

  private static let phrases = [
    MatchCase(
      "words in order", "van het kastje naar de muur",
      [Make.entry("a", .dutch, Make.phrase("het kastje naar"))], ["a: het kastje naar"]),
    MatchCase(
      "not out of order", "kastje het naar",
      [Make.entry("a", .dutch, Make.phrase("het kastje naar"))],
      []),
    MatchCase(
      "alternatives", "krijg geen antwoord . kreeg nooit een antwoord . krijg een antwoord",
      [
        Make.entry(
          "a", .dutch,
          .sequence([
            Make.lemma("krijgen"), .alternatives([Make.word("geen"), Make.phrase("nooit een")]),
            Make.word("antwoord"),
          ]))
      ], ["a: krijg geen antwoord", "a: kreeg nooit een antwoord"]),
    MatchCase(
      "optional words", "steeds . nog steeds",
      [
        Make.entry(
          "a", .dutch, .sequence([.optional(Make.word("nog")), Make.word("steeds")]))
      ], ["a: steeds", "a: nog steeds"]),
    MatchCase(
      "a separable verb together and apart", "belt u mij vandaag terug . gebeld . terug te bellen",
      [Make.entry("a", .dutch, Make.lemma("terug|bellen"))],
      ["a: belt u mij vandaag terug", "a: gebeld", "a: terug te bellen"]),
    MatchCase(
      "punctuation inside a sentence does not part a phrase", "niet , goed",
      [Make.entry("a", .dutch, Make.phrase("niet goed"))], ["a: niet , goed"]),
  ]

  private static let gaps = [
    MatchCase("empty gap", "a b", [Make.entry("e", .dutch, Make.phrase("a ...2 b"))], ["e: a b"]),
    MatchCase(
      "full gap", "a x y b", [Make.entry("e", .dutch, Make.phrase("a ...2 b"))], ["e: a x y b"]),
    MatchCase("too long", "a x y z b", [Make.entry("e", .dutch, Make.phrase("a ...2 b"))], []),
    MatchCase(
      "not past the end", "a x . b", [Make.entry("e", .dutch, Make.phrase("a ...2 b"))], []),
    MatchCase("at the end", "a", [Make.entry("e", .dutch, Make.phrase("a ...2 b"))], []),
    MatchCase(
      "the longest reach", "a b b b", [Make.entry("e", .dutch, Make.phrase("a ...2 b"))],
      ["e: a b b b"]),
    MatchCase(
      "two gaps", "a x b y y c", [Make.entry("e", .dutch, Make.phrase("a ...1 b ...2 c"))],
      ["e: a x b y y c"]),
    MatchCase(
      "gaps at the edges say nothing", "a", [Make.entry("e", .dutch, Make.phrase("...2 a ...2"))],
      ["e: a"]),
  ]

  private static let classes = [
    MatchCase(
      "number first", "al 3 weken", [Make.entry("e", .dutch, Make.phrase("<number> weken"))],
      ["e: 3 weken"]),
    MatchCase(
      "currency inside", "voor 30 euro meer",
      [Make.entry("e", .dutch, Make.phrase("voor <number> <currency>"))],
      ["e: voor 30 euro"]),
    MatchCase(
      "any word", "heel erg boos", [Make.entry("e", .dutch, Make.phrase("heel <word> boos"))],
      ["e: heel erg boos"]),
    MatchCase(
      "a number is no word", "heel 3 boos",
      [Make.entry("e", .dutch, Make.phrase("heel <word> boos"))], []),
    MatchCase(
      "a name", "uw collega Piet zei", [Make.entry("e", .dutch, Make.phrase("collega <name>"))],
      ["e: collega Piet"]),
    MatchCase(
      "a name that opens a sentence is none", "Piet zei",
      [Make.entry("e", .dutch, Make.phrase("<name> zei"))],
      []),
    MatchCase(
      "a name first", "dat Piet zei", [Make.entry("e", .dutch, Make.phrase("<name> zei"))],
      ["e: Piet zei"]),
  ]

  private static let sentences = [
    MatchCase(
      "not across a sentence's end", "niet . goed",
      [Make.entry("e", .dutch, Make.phrase("niet goed"))],
      []),
    MatchCase(
      "in each sentence", "boos . boos", [Make.entry("e", .dutch, Make.word("boos"))],
      ["e: boos", "e: boos"]),
    MatchCase("an empty text", "", [Make.entry("e", .dutch, Make.word("boos"))], []),
    MatchCase("no entries", "boos", [], []),
  ]

  private static let three = [
    Make.entry("en", .english, Make.word("die")), Make.entry("nl", .dutch, Make.word("die")),
    Make.entry("pl", .polish, Make.word("die")),
  ]

  private static let languages = [
    MatchCase("only of the sentence's language", "die", three, ["nl: die"]),
    MatchCase(
      "all where it is not known", "die", three, ["en: die", "nl: die", "pl: die"],
      language: .undetermined),
    MatchCase("none in others", "die", three, [], language: .other),
    MatchCase(
      "forced", "die", three, ["pl: die"], language: .dutch, forced: LanguageSet(.polish)),
  ]

  private static let covering = [
    MatchCase(
      "a phrase covers its word", "niets te klagen",
      [
        Make.entry("a", .dutch, Make.lemma("klagen")),
        Make.entry("b", .dutch, Make.phrase("niets te klagen")),
      ], ["b: niets te klagen", "a: klagen *"]),
    MatchCase(
      "not a word in its gap", "niet boos goed",
      [
        Make.entry("a", .dutch, Make.word("boos")),
        Make.entry("b", .dutch, Make.phrase("niet ...3 goed")),
      ], ["b: niet boos goed", "a: boos"]),
    MatchCase(
      "overlapping phrases stand", "a b c",
      [Make.entry("x", .dutch, Make.phrase("a b")), Make.entry("y", .dutch, Make.phrase("b c"))],
      ["x: a b", "y: b c"]),
    MatchCase(
      "equal phrases stand", "a b",
      [Make.entry("x", .dutch, Make.phrase("a b")), Make.entry("y", .dutch, Make.phrase("a b"))],
      ["x: a b", "y: a b"]),
    MatchCase(
      "of one entry only the longest", "nog steeds",
      [Make.entry("x", .dutch, Make.phrase("nog steeds"), Make.word("steeds"))],
      ["x: nog steeds"]),
    MatchCase(
      "the same stretch with more words covers", "a b c",
      [
        Make.entry("x", .dutch, Make.phrase("a ...1 c")),
        Make.entry("y", .dutch, Make.phrase("a b c")),
      ], ["x: a b c *", "y: a b c"]),
    MatchCase(
      "the word stands elsewhere", "niets te klagen maar klagen",
      [
        Make.entry("a", .dutch, Make.lemma("klagen")),
        Make.entry("b", .dutch, Make.phrase("niets te klagen")),
      ], ["b: niets te klagen", "a: klagen *", "a: klagen"]),
  ]

  private static let ordering = [
    MatchCase(
      "by place, then length, then entry", "a b c",
      [
        Make.entry("3", .dutch, Make.word("a")), Make.entry("1", .dutch, Make.phrase("a b")),
        Make.entry("2", .dutch, Make.phrase("a b")), Make.entry("0", .dutch, Make.word("c")),
        Make.entry("4", .dutch, Make.phrase("a b c")),
      ], ["4: a b c", "1: a b *", "2: a b *", "3: a *", "0: c *"])
  ]

  private static let head = MatchingMode(compound: .head)
  private static let modifier = MatchingMode(compound: .modifier)

  private static let compounds = [
    MatchCase(
      "a head", "servicesklachten", [Make.entry("a", .dutch, Make.lemma("klacht"), mode: head)],
      ["a: servicesklachten"]),
    MatchCase(
      "a modifier and its link", "klachtenafdeling klachtbrief klachtsbrief",
      [Make.entry("a", .dutch, Make.word("klacht"), mode: modifier)],
      ["a: klachtenafdeling", "a: klachtbrief", "a: klachtsbrief"]),
    MatchCase(
      "any", "serviceklacht klachtbrief",
      [Make.entry("a", .dutch, Make.word("klacht"), mode: MatchingMode(compound: .any))],
      ["a: serviceklacht", "a: klachtbrief"]),
    MatchCase(
      "not unless the entry says so", "serviceklacht",
      [Make.entry("a", .dutch, Make.word("klacht"))],
      []),
    MatchCase(
      "not the other part", "klachtbrief serviceklacht",
      [Make.entry("a", .dutch, Make.word("klacht"), mode: head)], ["a: serviceklacht"]),
    MatchCase(
      "a prefix makes another word", "aanklacht",
      [Make.entry("a", .dutch, Make.word("klacht"), mode: head)],
      []),
    MatchCase(
      "a suffix makes another word", "klachteloos klachtvrij klachtenvrije klachtje",
      [Make.entry("a", .dutch, Make.word("klacht"), mode: modifier)], []),
    MatchCase(
      "only in Dutch", "servicecomplaint",
      [Make.entry("a", .english, Make.word("complaint"), mode: head)],
      [], language: .english),
    MatchCase(
      "a known word is not taken apart", "serviceklacht",
      [
        Make.entry("a", .dutch, Make.word("klacht"), mode: head),
        Make.entry("b", .dutch, Make.word("serviceklacht")),
      ], ["b: serviceklacht"]),
    MatchCase(
      "short words are not taken apart", "deklas",
      [Make.entry("a", .dutch, Make.word("klas"), mode: head)],
      []),
    MatchCase(
      "part of a phrase", "geen bezorgklacht gehad",
      [Make.entry("a", .dutch, Make.phrase("geen klacht gehad"), mode: head)],
      ["a: geen bezorgklacht gehad"]),
  ]

  private static let stretching = [
    MatchCase(
      "held letters", "slechttt sleeeecht zeeeeer",
      [Make.entry("a", .dutch, Make.word("slecht"), Make.word("zeer"))],
      ["a: slechttt", "a: sleeeecht", "a: zeeeeer"]),
    MatchCase(
      "held and accented", "zóóóó", [Make.entry("a", .dutch, Make.word("zo"))], ["a: zóóóó"]),
    MatchCase(
      "two letters are spelling", "slechtt", [Make.entry("a", .dutch, Make.word("slecht"))], []),
    MatchCase("one letter is no word", "iiii", [Make.entry("a", .dutch, Make.word("i"))], []),
  ]

  private static let notName = MatchingMode(letterCase: .notName)

  private static let names = [
    MatchCase(
      "a name is not the word", "meneer Boos belt",
      [Make.entry("a", .dutch, Make.word("boos"), mode: notName)],
      []),
    MatchCase(
      "any capital is fine unless said", "meneer Boos belt",
      [Make.entry("a", .dutch, Make.word("boos"))],
      ["a: Boos"]),
    MatchCase(
      "the first word of a sentence is no name", "ja . Boos ben ik",
      [Make.entry("a", .dutch, Make.word("boos"), mode: notName)], ["a: Boos"]),
    MatchCase(
      "nor the first of a quotation", "hij zei \" Boos ben ik",
      [Make.entry("a", .dutch, Make.word("boos"), mode: notName)], ["a: Boos"]),
    MatchCase(
      "capitals are no name", "ik ben BOOS",
      [Make.entry("a", .dutch, Make.word("boos"), mode: notName)],
      ["a: BOOS"]),
    MatchCase(
      "inside a phrase", "ben Boos",
      [Make.entry("a", .dutch, Make.phrase("ben boos"), mode: notName)],
      []),
  ]

  @Test func forgettingChangesNothing() throws {
    let lexicon = try Make.lexicon([Make.entry("a", .dutch, Make.word("boos"))])
    var matcher = Matcher(lexicon)
    let memory = WordSplitter()
    var matches: ContiguousArray<Match> = []
    matcher.match(memory.document("heel erg boos", .dutch), memory: memory, into: &matches)
    let before = matches
    memory.forget()
    matcher.match(memory.document("boos ja", .dutch), memory: memory, into: &matches)
    #expect(matches.map(\.firstToken) == [0])
    matcher.match(memory.document("heel erg boos", .dutch), memory: memory, into: &matches)
    #expect(matches == before)
  }

  @Test func classBitsAreTheirNumbers() {
    let bits = [
      TokenClassBits.number, TokenClassBits.currency, TokenClassBits.name, TokenClassBits.word,
    ]
    for (kind, bit) in zip(TokenClass.allCases, bits) {
      #expect(TokenClass.allCases.firstIndex(of: kind).map { UInt8(1) << $0 } == bit)
    }
    #expect(TokenClass.allCases.map(\.rawValue) == ["number", "currency", "name", "word"])
  }
}
