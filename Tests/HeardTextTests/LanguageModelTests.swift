import CHeardLanguageModel
import Testing

@testable import HeardText

/// What one text is told as, alone.
struct LanguageCase: CustomTestStringConvertible, Sendable {
  var name: String
  var text: String
  var language: Language
  var testDescription: String { name }

  init(_ name: String, _ language: Language, _ text: String) {
    self.name = name
    self.language = language
    self.text = text
  }
}

struct LanguageModelTests {
  @Test func headerIsAModelOfThisVersion() throws {
    let layout = try #require(LanguageModel.shared.layout)
    #expect(layout.maxN == 5)
  }

  /// What the look-up of a word trusts: every bucket's entries lie in the table.
  @Test func bucketsTileTheWordTable() throws {
    let layout = try #require(LanguageModel.shared.layout)
    let data = unsafe UnsafeRawBufferPointer(
      start: heard_language_model(), count: heard_language_model_size())
    let words = (data.count - layout.rows) / 16
    var last = 0
    for bucket in 0...(1 << (64 - layout.bucketShift)) {
      let start = unsafe data.load(
        fromByteOffset: layout.starts + 4 * bucket, as: UInt32.self)
      #expect(Int(start) >= last && Int(start) <= words)
      last = Int(start)
    }
    #expect(last == words)
  }

  @Test(arguments: [0, 12, 63, 64, 100_000, 2_410_191])
  func aCutOffModelIsRefused(_ length: Int) {
    let data = unsafe UnsafeRawBufferPointer(
      start: heard_language_model(), count: min(length, heard_language_model_size() - 1))
    #expect(unsafe LanguageModel.Layout(data) == nil)
  }

  static let texts: [LanguageCase] = [
    .init("Dutch", .dutch, "Ik wacht al drie weken op een antwoord van jullie."),
    .init("Dutch, two words", .dutch, "Wat schandalig"),
    .init("Dutch, one word", .dutch, "klantenservicemedewerker"),
    .init("Dutch without diacritics", .dutch, "Een ruine, en de enquete heb ik twee keer ingevuld"),
    .init("Dutch with typos", .dutch, "ik heb noooit me geld terug gekrege, belachelijk gwn"),
    .init("Dutch with an English word", .dutch, "De service is echt waardeloos, wat een joke"),
    .init("Polish", .polish, "Czekam już trzeci tydzień na odpowiedź."),
    .init("Polish without diacritics", .polish, "Prosze o zwrot pieniedzy, paczka nie dotarla"),
    .init("Polish without diacritics, short", .polish, "Jestem wsciekly"),
    .init("Polish, one word", .polish, "reklamacja"),
    .init("Polish with English words", .polish, "Wasz customer service to jest jakiś żart"),
    .init("English", .english, "I have been waiting for three weeks now."),
    .init("English, contraction", .english, "It doesn't work"),
    .init("English, typographic apostrophe", .english, "I don’t think they’ll refund it"),
    .init("English with typos", .english, "teh pacakge nevr arived and nobdy awnsers"),
    .init("English with a Polish name", .english, "Please ask Krzysztof to call me back"),
    .init(
      "Afrikaans", .other, "Ek wag al drie weke vir julle antwoord en niemand bel my terug nie."),
    .init("Afrikaans, short", .other, "Dit is nie reg nie"),
    .init("German", .other, "Ich warte seit drei Wochen auf eine Antwort von Ihnen."),
    .init("German, short", .other, "Das ist nicht gut"),
    .init("Czech", .other, "Čekám na odpověď už tři týdny a nikdo se neozval."),
    .init("Czech without diacritics", .other, "Cekam na odpoved uz tri tydny a nikdo se neozval"),
    .init("Slovak", .other, "Čakám na odpoveď už tri týždne a nikto sa neozval."),
    .init("Slovak without diacritics", .other, "Cakam na odpoved uz tri tyzdne a nikto sa neozval"),
    .init("Croatian", .other, "Čekam odgovor već tri tjedna i nitko se nije javio."),
    .init("French", .other, "J'attends une réponse depuis trois semaines."),
    .init("Spanish", .other, "Llevo tres semanas esperando una respuesta."),
    .init("Italian", .other, "Aspetto una risposta da tre settimane."),
    .init("Portuguese", .other, "Estou à espera de uma resposta há três semanas."),
    .init("Swedish", .other, "Jag har väntat på svar i tre veckor."),
    .init("Danish", .other, "Jeg har ventet på svar i tre uger."),
    .init("Norwegian", .other, "Jeg har ventet på svar i tre uker."),
    .init("Turkish", .other, "Üç haftadır cevap bekliyorum."),
    .init("Hungarian", .other, "Három hete várok a válaszra."),
    .init("Romanian", .other, "Aștept un răspuns de trei săptămâni."),
    .init("Ukrainian", .other, "Я чекаю на відповідь уже три тижні."),
    .init("Greek", .other, "Περιμένω απάντηση εδώ και τρεις εβδομάδες."),
    .init("Chinese", .other, "我已经等了三个星期。"),
    .init("Arabic", .other, "أنتظر الرد منذ ثلاثة أسابيع"),
    .init("nothing", .undetermined, ""),
    .init("numbers only", .undetermined, "100.000 12:30 2024-01-01"),
    .init("signs and emoji", .undetermined, "!!! 😡 € ??"),
    .init("one letter", .undetermined, "x"),
  ]

  @Test(arguments: texts)
  func tellsTheLanguageOfAText(_ text: LanguageCase) {
    let evidence = PlainEvidence(text.text)
    let found = LanguageModel.shared.decide(evidence.sum, letters: evidence.letters)
    #expect(found.language == text.language, "\(found) \(evidence.sum)")
    #expect((0...1).contains(found.confidence))
    #expect((found.language == .undetermined) == (found.confidence == 0))
  }

  @Test(arguments: ["2024", "€", "😡", "12.30", "", "½", "'"])
  func digitsAndSignsAreNoEvidence(_ token: String) {
    #expect(LanguageModel.shared.evidence(normal: Array(token.utf8).span) == .zero)
  }

  @Test func oneTokenNeverCountsForMoreThanTheFloor() {
    for token in ["the", "że", "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "ж", "ijsje"]
    {
      let evidence = LanguageModel.shared.evidence(normal: Array(token.utf8).span)
      #expect(evidence.max() == 0)
      #expect(evidence.min() >= LanguageModel.floor)
      #expect(evidence != .zero)
    }
  }

  /// Any bytes at all give evidence within bounds (law 9), the same each time (law 8).
  @Test func anyBytesAreSurvived() {
    var state: UInt64 = 7
    for _ in 0..<5_000 {
      var bytes: [UInt8] = []
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for index in 0..<Int(state >> 58) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(index % 3 == 0 ? UInt8(state >> 56) : UInt8(0x61 + (state >> 56) % 26))
      }
      let evidence = LanguageModel.shared.evidence(normal: bytes.span)
      #expect(evidence.max() == 0 && evidence.min() >= LanguageModel.floor)
      #expect(evidence == LanguageModel.shared.evidence(normal: bytes.span))
    }
  }

  @Test func exponentialIsRight() {
    let exact: [(Float, Float)] = [
      (0, 1), (-1, 0.367_879_44), (-0.5, 0.606_530_66), (-10, 4.539_993e-5),
    ]
    for (exponent, value) in exact {
      let found = LanguageModel.exponential(exponent)
      #expect(abs(found / value - 1) < 1e-5)
    }
    #expect(LanguageModel.exponential(-1e9) > 0)
  }
}
