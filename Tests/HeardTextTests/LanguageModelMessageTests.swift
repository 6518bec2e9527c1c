import Testing

@testable import HeardText

/// Sentences of one message, and the language each is to get.
struct MessageCase: CustomTestStringConvertible, Sendable {
  var name: String
  var message: Language
  var sentences: [(String, Language)]
  var testDescription: String { name }
}

struct LanguageModelMessageTests {
  static let messages: [MessageCase] = [
    MessageCase(
      name: "short sentences take the language around them", message: .dutch,
      sentences: [
        ("Hallo", .dutch), ("Ik heb al drie keer gebeld en niemand neemt op.", .dutch),
        ("Help!", .dutch), ("Water en service waren ook slecht.", .dutch), ("12.50", .dutch),
      ]),
    MessageCase(
      name: "a clear foreign sentence keeps its own", message: .polish,
      sentences: [
        ("Dzien dobry, zamowilam buty dwa tygodnie temu i nadal ich nie ma.", .polish),
        ("Your order has been shipped and will arrive tomorrow.", .english),
        ("Tak mi napisaliscie.", .polish), ("Super.", .polish),
      ]),
    MessageCase(
      name: "a mixed message keeps both", message: .english,
      sentences: [
        ("I ordered a blue sofa in March and it came in green.", .english),
        ("The driver refused to take it back.", .english),
        ("De bank staat nu al weken in de gang.", .dutch), ("Schandalig!", .dutch),
      ]),
    MessageCase(
      name: "another language with an English greeting", message: .other,
      sentences: [
        ("Hello,", .other), ("ich warte seit drei Wochen auf meine Bestellung.", .other),
        ("Bitte melden Sie sich.", .other),
      ]),
    MessageCase(
      name: "unclear sentences together", message: .dutch,
      sentences: [("Slecht.", .dutch), ("Te duur.", .dutch), ("Nooit meer.", .dutch)]),
    MessageCase(
      name: "nothing to go by", message: .undetermined,
      sentences: [("100", .undetermined), ("?!", .undetermined)]),
    MessageCase(name: "no sentence", message: .undetermined, sentences: []),
  ]

  @Test(arguments: messages)
  func decidesSentencesWithTheirSurroundings(_ message: MessageCase) {
    var segments = PlainEvidence.segments(message.sentences.map(\.0))
    let whole = LanguageModel.shared.identify(&segments)
    #expect(whole.language == message.message)
    for (segment, (text, language)) in zip(segments, message.sentences) {
      #expect(segment.language == language, "\(text): \(segment)")
    }
  }

  @Test func aMessageOfOneSentenceIsThatSentence() {
    for text in LanguageModelTests.texts {
      var segments = PlainEvidence.segments([text.text])
      let whole = LanguageModel.shared.identify(&segments)
      #expect(whole.language == text.language, "\(text.name)")
      #expect(segments[0].language == whole.language)
    }
  }
}
