import HeardClassifier
import HeardLexicon
import Testing

/// What operators do to the words around them, language by language.
@Suite("Scopes")
struct ScopeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var kind: EvidenceKind
    /// Sum without the bias, thousandths.
    var expected: Int32

    init(_ name: String, _ text: String, _ kind: EvidenceKind, _ expected: Int32) {
      self.name = name
      self.text = text
      self.kind = kind
      self.expected = expected
    }

    var testDescription: String { name }
  }

  static let negation: [Case] = [
    Case("nl plain", "Ik ben boos over deze dienst.", .anger, 2000),
    Case("nl niet", "Ik ben niet boos over deze dienst.", .anger, -500),
    Case("nl negated list replaces the rest", "Ik ben niet boos op jullie.", .complaint, 0),
    Case("nl valence turns at half weight", "De dienst was niet slecht.", .valence, 1000),
    Case("nl beyond the reach", "Ik was niet bij de winkel in stad boos.", .anger, 2000),
    Case("nl not over a comma", "Dat weet ik niet, ik ben boos.", .anger, 2000),
    Case("nl not over omdat", "Ik bel niet omdat ik boos ben.", .anger, 2000),
    Case("nl over en to the next word", "Dat was niet fijn en fijn.", .praise, 0),
    Case("nl en stops it further on", "Ik bel niet en ik ben boos.", .anger, 2000),
    Case("nl niet zonder undoes itself", "Ik ben niet zonder slecht gevoel.", .complaint, 1000),
    Case("nl niet alleen negates nothing", "Ik ben niet alleen boos, echt.", .anger, 2000),
    Case("nl in the gap of a verb", "Wij bel u helaas niet terug.", .shortfall, 1000),
    Case("pl plain", "Jestem bardzo zły na was.", .anger, 3000),
    Case("pl nie", "Nie jestem zła na was.", .anger, -500),
    Case("pl two negators are one negation", "Nikt nie odpowiada na moje maile.", .shortfall, 1000),
    Case("pl three negators too", "Nikt nigdy nie odpowiada na maile.", .unheard, 1000),
    Case("pl a phrase covers its negators", "Nic się nie stało, wszystko gra.", .complaint, -1000),
    Case("en plain", "I am angry about this.", .anger, 2000),
    Case("en not", "I am not angry about this.", .anger, -500),
    Case("en not good is bad", "The service was not good today.", .complaint, 1000),
    Case("en not without undoes itself", "It was not without bad moments.", .complaint, 1000),
    Case("en not only negates nothing", "I am not only angry about this.", .anger, 2000),
    Case("en not over but", "It was not ready but bad as well.", .complaint, 1200),
  ]

  static let strength: [Case] = [
    Case("nl heel", "Ik ben heel boos over deze dienst.", .anger, 3000),
    Case("nl een beetje", "Ik ben een beetje boos over deze dienst.", .anger, 1000),
    Case("pl bardzo", "To jest bardzo zła firma.", .complaint, 1500),
    Case("en very", "The room was very bad for us.", .complaint, 1500),
    Case("en several have a limit", "It was very very very bad.", .complaint, 2250),
    Case("en a bit", "The room was a bit bad for us.", .complaint, 500),
    Case("en intensity does not survive a not", "It is not very good here.", .complaint, 1000),
  ]

  static let circumstances: [Case] = [
    Case("nl als", "Als ik boos ben, ga ik weg.", .anger, 600),
    Case("nl als ends with its clause", "Als dat zo is, ben ik boos.", .anger, 2000),
    Case("pl gdyby", "Gdyby kurier był zły, napiszę.", .anger, 600),
    Case("en if", "If the room is bad, we will call.", .complaint, 300),
    Case("nl somebody else", "Mijn buurvrouw was boos op de winkel.", .anger, 400),
    Case("pl somebody else", "Mój sąsiad był zły na sklep.", .anger, 400),
    Case("en somebody else", "My manager was angry last month.", .anger, 400),
    Case("en question", "Is the room bad on that side?", .complaint, 500),
    Case("en anger is not weakened by asking", "Do you see that I am angry?", .anger, 2000),
    Case("en shouted question", "Why is the room so bad?!", .complaint, 1000),
    Case("en quotation", "The sign said \"bad room\" on the door.", .complaint, 500),
    Case("en typographic quotation", "The sign said “bad room” on it.", .complaint, 500),
    Case("pl quotation", "Napisali „zła firma” na drzwiach.", .complaint, 500),
    Case("en a quotation never closed", "The sign said \"bad room on the door.", .complaint, 1000),
    Case("en after the quotation", "The \"lovely\" room was bad for us.", .complaint, 1000),
    Case("nl before maar", "De kamer was slecht maar ruim.", .complaint, 600),
    Case("nl behind maar", "De kamer was ruim maar slecht.", .complaint, 1200),
    Case("pl before ale", "To dobra firma ale daleko.", .valence, 1200),
    Case("pl behind ale", "To daleko ale dobra firma.", .valence, 2400),
    Case("en behind but", "The view was fine but the room was bad.", .complaint, 1200),
    Case("en conceded", "Although the room was bad, we stayed.", .complaint, 600),
    Case("en the rest of a concession", "Although we stayed, the room was bad.", .complaint, 1200),
    Case("nl conceded", "Hoewel de kamer slecht was, bleven wij.", .complaint, 600),
  ]

  @Test(arguments: negation) func negates(_ example: Case) throws { try check(example) }
  @Test(arguments: strength) func strengthens(_ example: Case) throws { try check(example) }
  @Test(arguments: circumstances) func weakens(_ example: Case) throws {
    try check(example)
  }

  private func check(_ example: Case) throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let result = classifier.assess(plain(example.text), explain: true)
    #expect(
      result.evidence(example.kind) == example.expected,
      "\(example.text): \(result.contributions)")
  }

  @Test func entryChoosesItsScopes() throws {
    let entry = "- {id: en.mini.odd, phrase: odd, evidence: {complaint: 1}, scopes: []}\n"
    let lexicon = try MiniLexicon.compiled(entries: ["en": MiniLexicon.english + "\n" + entry])
    let result = Classifier(lexicon: lexicon)
      .assess(plain("If it is not odd, but very odd?"), explain: true)
    #expect(result.evidence(.complaint) == 1000)
  }

  @Test func countsOnceASentenceAndTwiceAMessage() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let once = classifier.assess(plain("It was bad, bad, bad."), explain: true)
    #expect(once.evidence(.complaint) == 1000)
    let often = classifier.assess(
      plain("The room was bad. The bed was bad. The food was bad."), explain: true)
    #expect(often.evidence(.complaint) == 2000)
    #expect(often.nearMisses.contains { $0.reason == .cap && $0.kind == .complaint })
  }
}
