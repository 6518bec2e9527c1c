import HeardClassifier
import HeardLexicon
import HeardMail
import HeardText
import Testing

@Suite("Class, tags, anger, signals")
struct VerdictTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var messageClass: MessageClass
    var anger: Int
    var tags: [EvidenceKind]

    init(
      _ name: String, _ text: String, _ messageClass: MessageClass, anger: Int = 0,
      _ tags: [EvidenceKind] = []
    ) {
      self.name = name
      self.text = text
      self.messageClass = messageClass
      self.anger = anger
      self.tags = tags
    }

    var testDescription: String { name }
  }

  static let classes: [Case] = [
    Case("a complaint", "This is a complaint about my order.", .complaint),
    Case("a request", "Could you send me the leaflet.", .request),
    Case("a question", "When do you open on Friday? Is it early?", .question),
    Case("praise", "The stay was good. The food was great as well.", .praise),
    Case("nothing", "We arrive on Friday with two cars.", .other),
    Case("empty", "", .other),
    Case("third party", "A complaint about my landlord, who is bad.", .other),
    Case("symptoms", "I have a chest complaint since Friday.", .other),
    Case(
      "two tags", "The clerk was rude. The invoice is wrong.", .complaint,
      [.staffTargeted, .pricingDispute]),
    Case(
      "anger is a tag", "I am angry. This is a complaint about you.", .complaint, anger: 1,
      [.anger]),
    Case("anger without a complaint", "I am furious with the weather here.", .other, anger: 1),
    Case("tags need a complaint", "Great, good: the clerk was rude, is all.", .praise),
  ]

  /// Own examples of the traps in TAGS 4.2 to 4.6, by the mechanism that avoids them.
  static let traps: [Case] = [
    Case("nl name", "Is mevrouw Boos er op vrijdag?", .question),
    Case("nl symptoms", "Ik heb klachten aan mijn rug.", .other),
    Case("nl rekening houden", "Wilt u er rekening mee houden graag.", .request),
    Case("nl somebody else", "Mijn buurman was boos op de bakker.", .other),
    Case("nl negated", "Ik ben niet boos hoor.", .other),
    Case("pl wrong date", "Na stronie jest zła data.", .other),
    Case("pl double negation", "Nic się nie stało, naprawdę.", .other),
    Case("pl child", "Spodziewamy się dziecka w maju.", .other),
    Case("pl negated", "Nie jestem zła na nikogo.", .other),
    Case("en in charge", "Who is in charge, is it the invoice desk?", .question),
    Case("en reported anger", "My manager was angry for a day.", .other),
    Case("en praise and a system", "Your colleague was patient; the site hangs.", .praise),
    Case("en condition", "If the room is bad, we will say so.", .other),
  ]

  @Test(arguments: classes) func decides(_ example: Case) throws { try check(example) }
  @Test(arguments: traps) func avoids(_ example: Case) throws { try check(example) }

  private func check(_ example: Case) throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let result = classifier.assess(plain(example.text), explain: true)
    #expect(result.messageClass == example.messageClass, "\(result.contributions)")
    #expect(result.anger == example.anger)
    #expect(result.tags == example.tags)
  }

  @Test func automaticMailIsAuto() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let reply = message(
      [(.own, "This is a complaint. The clerk was rude. I am angry!!")], automatic: .autoReply)
    let result = classifier.assess(reply, explain: true)
    #expect(result.messageClass == .auto)
    #expect(result.tags.isEmpty)
    #expect(result.anger == 0 && result.score(.anger) >= 0.5)
    #expect(result.score(.staffTargeted) >= 0.5)
    #expect(
      result.nearMisses.contains { $0.kind == .staffTargeted && $0.reason == .noComplaint })
  }

  @Test func tagsOnlyOfComplaints() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    for example in Self.classes + Self.traps {
      let result = classifier.assess(plain(example.text), explain: false)
      #expect(result.tags.isEmpty || result.messageClass == .complaint)
      let held = EvidenceKind.scores.dropFirst().filter { result.score($0) >= 0.5 }
      #expect(result.messageClass != .complaint || Set(held) == Set(result.tags))
      #expect((result.anger >= 1) == (result.score(.anger) >= 0.5))
    }
  }

  @Test func angerLevels() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let levels = [
      ("The room was bad.", 0), ("I am angry.", 1), ("I am angry. Really angry!!", 2),
      ("I am very angry. You are bad, I am very furious!!", 3),
    ]
    for (text, level) in levels {
      #expect(classifier.assess(plain(text), explain: false).anger == level, "\(text)")
    }
  }

  @Test func signalsStandInTheirOrder() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let result = classifier.assess(plain("My lawyer will write to you."), explain: false)
    #expect(result.signals == [.publicThreat])
    #expect(result.anger == 0)
  }

  @Test func languagesAreShares() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let english = "I am writing to you because the room that you gave us was bad. "
    let result = classifier.assess(plain(english), explain: false)
    #expect(result.language == .english)
    #expect(result.languages.map(\.share).reduce(0, +) == 1)
    #expect(classifier.assess(plain(""), explain: false).languages.isEmpty)
  }
}
