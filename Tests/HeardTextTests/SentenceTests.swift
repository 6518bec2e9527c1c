import HeardTestSupport
import HeardText
import Testing

/// A text written with `|` where sentences are to end.
struct SentenceCase: Sendable, CustomTestStringConvertible {
  let text: String

  init(_ text: String) { self.text = text }

  var testDescription: String { text }

  /// The sentences, white space around them gone.
  var sentences: [String] {
    text.split(separator: "|").map { Self.trimmed(String($0)) }
  }

  /// The text without the marks.
  var plain: String { text.replacing("|", with: "") }

  static func trimmed(_ text: String) -> String {
    var scalars = Substring(text)
    while let first = scalars.first, first.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }
}

@Suite("Sentences") struct SentenceTests {
  private static func check(_ example: SentenceCase) {
    // What opens a sentence before its first word belongs to none: compare from that word on.
    let expected = example.sentences.map { sentence in
      String(sentence.drop { !$0.isLetter && !$0.isNumber && $0 != "€" })
    }
    #expect(Analyzed(example.plain).sentences == expected)
  }

  @Test(
    "Ends",
    arguments: [
      SentenceCase("Ik ben boos. |Dit kan niet! |Waarom niet? |Nou ja"),
      SentenceCase("ik ben boos. |het is niet goed. |groet"),
      SentenceCase("Wat?! |Echt waar!!! |Ja."),
      SentenceCase("Hij zei: „Ga weg.” |Toen ging ik."),
      SentenceCase("(Dat was gisteren.) |Vandaag niet."),
      SentenceCase("Wacht… |Nee"), SentenceCase("Ik wacht... en wacht... en wacht"),
      SentenceCase("udusić się.. |Trwa to dalej"),
      SentenceCase("Hartelijk dank! :) |Tot ziens"), SentenceCase("super obsługa :) |Polecam"),
      SentenceCase("Dank u. |Groet"), SentenceCase("我要投诉。|我很生气！|为什么？"),
      SentenceCase("Kijk op www.x.nl. |Daarna niets"), SentenceCase("Na onet.pl. |Potem"),
      SentenceCase("W 2020 r. |Potem"), SentenceCase("Goed geregeld . |Dank"),
      SentenceCase("Kosten: €5. |Duur"), SentenceCase("That was in 2020. |Then nothing."),
    ])
  func ends(_ example: SentenceCase) { Self.check(example) }

  @Test(
    "Glued",
    arguments: [
      SentenceCase("ze zijn ontevreden.|Omgaan met klachten"), SentenceCase("nemen mee!”|Er zijn"),
      SentenceCase("mee!|Hieronder staat"), SentenceCase("de klant gelijk heeft;|het omgaan"),
      SentenceCase("het management;|klanten hebben"), SentenceCase("in 2020.|Daarom niet"),
      SentenceCase("echt waar?|Nee"), SentenceCase("(ROI) behaalde.|De onderste 40% had"),
    ])
  func glued(_ example: SentenceCase) { Self.check(example) }

  @Test(
    "No end",
    arguments: [
      SentenceCase("Kijk op www.x.nl of qualitymag.com voor info"),
      SentenceCase("Zie www.Voorbeeld.nl en https://Iets.Anders.nl/Pad.Html?a=B nu"),
      SentenceCase("Mail jan.Jansen@bedrijf.nl of info@x.pl"), SentenceCase("Via Bol.Com besteld"),
      SentenceCase("Het kost 100.000 of 1.234,56 euro"), SentenceCase("Om 12.30u en 18.00 uur"),
      SentenceCase("sp. z o.o. i spółka z.o.z. nie odpowiada"),
      SentenceCase("De firma X B.V. heeft"),
      SentenceCase("z.B. heute en m.in. dla nas"),
      SentenceCase("np. Kraków, tzn. Polska, ul. Długa"),
      SentenceCase("bijv. Amsterdam en dhr. Jansen van mevr. Smit"),
      SentenceCase("Mr. Smith and Mrs. Jones, e.g. Friday, art. 5 nr. 12"),
      SentenceCase("J. Kowalski i A.B. de Vries"), SentenceCase("od 3. maja do 12. czerwca"),
      SentenceCase("op 1. Januari begint het"), SentenceCase("Dat is (!) een grap en (?) raar"),
      SentenceCase("„Waarom?” vroeg hij"), SentenceCase("n.a.v. Uw brief t.a.v. Jan"),
      SentenceCase("Tom &amp;Jerry"), SentenceCase("versie 1.2.3 beta"),
    ])
  func noEnd(_ example: SentenceCase) { Self.check(example) }

  @Test(
    "Abbreviations that may end",
    arguments: [
      SentenceCase("Schoenen, jassen enz. |Daarna niets"), SentenceCase("jassen enz. zijn op"),
      SentenceCase("buty, kurtki itd. |Potem nic"), SentenceCase("kosztuje 5 zł. |Drogo"),
      SentenceCase("Bel a.u.b. |Ik wacht"), SentenceCase("firma sp. z o.o. |Nie działa"),
      SentenceCase("De firma is X B.V. |Daar werkt niemand"), SentenceCase("at 5 p.m. |Then home"),
    ])
  func mayEnd(_ example: SentenceCase) { Self.check(example) }

  @Test(
    "Lines",
    arguments: [
      SentenceCase("Beste klantenservice,\n\n|ik wil klagen"),
      SentenceCase("Beste mensen,\n|ik wil"),
      SentenceCase("Geachte heer\n|Ik wil een klacht indienen"),
      SentenceCase(
        "Dit is een lange regel die door het mailprogramma is afgebroken en\nhier verder gaat"),
      SentenceCase(
        "Dit is een lange regel die door het mailprogramma is afgebroken bij\nAmsterdam en verder gaat"
      ),
      SentenceCase("Mijn punten:\n|- te laat\n|- te duur"),
      SentenceCase("Punten\n|1. te laat\n|2. te duur"),
      SentenceCase("Punten\n|• te laat\n|* te duur"), SentenceCase("een\r\n\r\n|twee\n \t\n|drie"),
      SentenceCase("een\u{2029}|twee"), SentenceCase("Met groet\n|Jan Smit\n|Utrecht"),
    ])
  func lines(_ example: SentenceCase) { Self.check(example) }

  @Test func sentenceFields() {
    let result = Analyzed("  „Ga weg!” riep ik. Nu (echt) niet…  ")
    #expect(result.sentences == ["Ga weg!” riep ik.", "Nu (echt) niet…"])
    #expect(result.document.sentences.map(\.tokens) == [0..<4, 4..<7])
    #expect(result.document.sentences.map(\.ending) == [.period, .ellipsis])
    #expect(result.document.ending == .ellipsis)
  }

  @Test("Texts without words have no sentences", arguments: ["", " ", "...", "\n\n", "?!"])
  func empty(text: String) {
    let result = Analyzed(text)
    #expect(result.document.tokens.isEmpty && result.document.sentences.isEmpty)
    #expect(result.document.language == .undetermined)
  }

  @Test func languages() {
    let text =
      "Ik ben erg ontevreden over de levering. Proszę o pilny zwrot pieniędzy za zamówienie. Ok."
    let result = Analyzed(text)
    #expect(result.document.sentences.map(\.language).prefix(2) == [.dutch, .polish])
    let bytes = result.document.sentences.map(\.bytes.count)
    #expect(result.document.languageBytes.reduce(0, +) == bytes.reduce(0, +))
    #expect(Analyzed("12 + 3").document.language == .undetermined)
    let blind = TextAnalyzer(languages: nil)
    var document = Document()
    blind.analyze(Array(text.utf8), into: &document)
    #expect(document.sentences.allSatisfy { $0.language == .undetermined })
  }

  @Test("A sentence ends where it is told to, between its words")
  func endsAtBorders() {
    var document = Analyzed("Dit is niet goed\n> wat zei u toen\nen nu boos. Ja.").document
    document.endSentences(at: [0, 17, 18, 34, 36, 90])
    let sentences = document.sentences.map {
      String(decoding: document.bytes[$0.bytes.range], as: UTF8.self)
    }
    // 36 lies inside "en": the word stays with the side that it begins on.
    #expect(sentences == ["Dit is niet goed", "wat zei u toen", "en", "nu boos.", "Ja."])
  }

  @Test("Every token stays in one sentence, whatever the borders")
  func bordersLoseNothing() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      let text = RandomText.make(longest: 60, &generator)
      var document = Analyzed(text).document
      let whole = document.sentences
      let borders = (0..<Int.random(in: 0...6, using: &generator))
        .map { _ in UInt32.random(in: 0...UInt32(text.utf8.count + 2), using: &generator) }.sorted()
      document.endSentences(at: borders)
      var next: Int32 = 0
      for sentence in document.sentences {
        #expect(sentence.firstToken == next && sentence.endToken > next)
        next = sentence.endToken
        let first = document.tokens[Int(sentence.firstToken)]
        let last = document.tokens[Int(sentence.endToken) - 1]
        #expect(!borders.contains { $0 > first.start && $0 <= last.start }, "\(text) \(borders)")
      }
      #expect(next == Int32(document.tokens.count))
      // What it could be told before, it was told before.
      #expect(Set(whole.map(\.firstToken)).isSubset(of: Set(document.sentences.map(\.firstToken))))
    }
  }
}
