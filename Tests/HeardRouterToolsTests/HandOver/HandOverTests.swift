import HeardClassifier
import HeardLexicon
import HeardMail
import HeardRouter
import HeardRouterTools
import HeardText
import Testing

/// What was tried before, and the passages of a packet.
@Suite struct HandOverTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let language: Language
    let tried: [String]
    var testDescription: String { text }
    init(_ text: String, _ language: Language, _ tried: String...) {
      self.text = text
      self.language = language
      self.tried = tried
    }
  }

  @Test(arguments: [
    Case(
      "Ik heb al drie keer gebeld en twee keer gemaild.", .dutch, "phone:gebeld", "mail:gemaild"),
    Case("Vorige week belde ik de winkel.", .dutch, "phone:belde"),
    Case("We zijn ook in de winkel langsgegaan.", .dutch, "visit:langsgegaan"),
    Case("De modem heb ik gereset en opnieuw opgestart.", .dutch, "restart:gereset"),
    Case("Ik heb het pakket teruggestuurd.", .dutch, "returned:teruggestuurd"),
    Case("Niemand heeft mij gebeld.", .dutch),
    Case("Ik heb niet gebeld.", .dutch),
    Case("Jullie hebben nooit teruggebeld.", .dutch),
    Case(
      "Dzwoniłam trzy razy i napisałam dwa maile.", .polish, "phone:Dzwoniłam", "mail:napisałam"),
    Case("Zgłosiliśmy usterkę w poniedziałek.", .polish, "reported:Zgłosiliśmy"),
    Case(
      "Zrestartowalem router i odeslalem karte.", .polish, "restart:Zrestartowalem",
      "returned:odeslalem"),
    Case("Nie dzwoniłem jeszcze.", .polish),
    Case("Konsultant dzwonił do mnie.", .polish),
    Case("I called twice and emailed your office.", .english, "phone:called", "mail:emailed"),
    Case("I've already restarted the router.", .english, "restart:restarted"),
    Case("We complained to your branch.", .english, "reported:complained"),
    Case("I have never called you.", .english),
    Case("I was called a liar.", .english),
    Case("Nobody called.", .english),
  ]) func whatWasTried(example: Case) {
    let message = PlainText.message(text: Array(example.text.utf8), id: nil)
    var assessment = Assessment()
    assessment.language = example.language
    let packet = HandOverPacket(message, assessment)
    #expect(
      packet.tried.map {
        "\($0.kind.rawValue):\(String(decoding: message.parts[0].bytes[$0.words.range], as: UTF8.self))"
      } == example.tried)
    for attempt in packet.tried {
      #expect(attempt.sentence.overlaps(attempt.words))
    }
  }
}
