import HeardClassifier
import HeardLexicon
import HeardMail
import HeardText
import Testing

@Suite("Zones")
struct ZoneTests {
  @Test func onlyTheScoredZoneCounts() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let mail = message([
      (.own, "Thank you for the message.\n"), (.quoted, "> The clerk was rude. I am angry!!\n"),
    ])
    let result = classifier.assess(mail, explain: true)
    #expect(result.messageClass == .other)
    #expect(result.anger == 0)
    let quoted = result.contributions.filter { $0.zone == .quoted }
    #expect(!quoted.isEmpty)
    #expect(quoted.allSatisfy { $0.milli == 0 && $0.plainMilli != 0 })
    #expect(result.nearMisses.contains { $0.reason == .zone(.quoted) && $0.kind == .anger })
  }

  @Test func aSentenceEndsWithItsZone() throws {
    // No full stop: the sentence runs on into the quotation, its evidence does not.
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let mail = message([
      (.own, "the clerk wrote this\n"), (.quoted, "> that was rude and not\n"),
      (.own, "angry about it\n"),
    ])
    let result = classifier.assess(mail, explain: true)
    #expect(result.evidence(.staffTargeted) == 0)
    #expect(result.evidence(.anger) == 2000)
  }

  @Test(arguments: [
    [(Zone.quoted, "> it hurts in the chest\n"), (.own, "complaint about your clerk\n")],
    [(.own, "this is a great\n"), (.quoted, "> chest\n"), (.own, "complaint\n")],
    [(.own, "it has to do with that charge is\n"), (.quoted, "> wrong\n")],
    [(.own, "the fee in\n"), (.quoted, "> charge of our clerk\n")],
  ])
  func noPhraseReachesAcrossZones(stretches: [(Zone, String)]) throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    // Each stretch with a full stop: where its sentence ends is not in doubt.
    let apart = stretches.map { ($0.0, $0.1.replacing("\n", with: ".\n")) }
    func evidence(_ stretches: [(Zone, String)]) -> [String] {
      classifier.assess(message(stretches), explain: true).contributions
        .filter { $0.zone == .own && $0.source != .bias }
        .map { "\($0.kind) \($0.milli)" }
    }
    #expect(!evidence(apart).isEmpty)
    #expect(evidence(stretches) == evidence(apart))
  }

  @Test func languageIsThatOfTheScoredText() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let english = "I would like to know when the order that I placed will come to me. "
    let dutch = "Wij hebben uw bestelling ontvangen en sturen die zo snel mogelijk naar u toe. "
    let mail = message([
      (.own, english + "\n\n"), (.quoted, String(repeating: dutch, count: 20)),
    ])
    #expect(classifier.assess(mail, explain: false).language == .english)
  }
}
