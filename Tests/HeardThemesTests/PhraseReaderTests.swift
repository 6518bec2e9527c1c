import HeardMail
import HeardText
import Testing

@testable import HeardRedaction
@testable import HeardThemes

/// Which phrases are taken of a message.
@Suite struct PhraseReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var language = 2
    var expected: Set<String>
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "one to three words, none begins or ends with a function word",
      text: "refund of the money", expected: ["refund", "money"]),
    Case(
      name: "a function word inside", text: "lack of respect",
      expected: ["lack", "lack of respect", "respect"]),
    Case(
      name: "a negation at the beginning", text: "no answer again",
      expected: ["no answer", "answer"]),
    Case(name: "never across a comma", text: "broken, refund", expected: ["broken", "refund"]),
    Case(
      name: "nor across a sentence", text: "It is broken. Refund it.",
      expected: ["broken", "refund"]),
    Case(name: "numbers end a phrase", text: "paid 40 euro", expected: ["paid", "euro"]),
    Case(
      name: "Dutch", text: "Er is geen antwoord gekomen", language: 0,
      expected: [
        "geen antwoord", "geen antwoord gekomen", "antwoord", "antwoord gekomen", "gekomen",
      ]),
    Case(
      name: "what names somebody is none", text: "call 06-12345678 please or mail s@example.org",
      expected: ["call", "mail"]),
    Case(name: "short words are none alone", text: "ok tv", expected: ["ok tv"]),
  ]

  static func phrases(_ text: String, _ language: Int, names: NameSieve? = nil) -> Set<String> {
    let reader = PhraseReader(
      lemmas: LemmaTable(),
      redactor: RedactionKey(Array("sixteen bytes ok".utf8)).map { Redactor(key: $0) },
      names: names, width: 20)
    reader.read(PlainText.message(text: Array(text.utf8), id: nil), language: language)
    return Set(reader.terms.map(reader.surface))
  }

  @Test(arguments: cases) func phrases(_ test: Case) {
    #expect(Self.phrases(test.text, test.language) == test.expected)
  }

  /// A word written with a capital inside sentences is a name, and no part of a theme.
  @Test func names() {
    var sieve = NameSieve()
    let reader = PhraseReader(lemmas: LemmaTable(), redactor: nil, names: nil, width: 20)
    for text in ["yesterday Sanne was rude", "again Sanne hung up", "the manager was rude"] {
      reader.read(PlainText.message(text: Array(text.utf8), id: nil), language: 2) {
        sieve.add($0, isCapitalised: $1)
      }
    }
    #expect(Self.phrases("Sanne was rude", 2, names: sieve) == ["rude"])
    #expect(
      Self.phrases("manager was rude", 2, names: sieve) == ["manager", "manager was rude", "rude"])
  }

  /// The same term whatever came before it, and another in another language.
  @Test func termsAreStable() {
    func terms(_ text: String, after: String, _ language: Int) -> [UInt64] {
      let reader = PhraseReader(lemmas: LemmaTable(), redactor: nil, names: nil, width: 20)
      for text in [after, text] {
        reader.read(PlainText.message(text: Array(text.utf8), id: nil), language: language)
      }
      return reader.terms.map(\.hash)
    }
    let alone = terms("parcel lost", after: "", 2)
    #expect(alone == terms("parcel lost", after: "lost and found parcel", 2))
    #expect(Set(alone).isDisjoint(with: terms("parcel lost", after: "", 0)))
  }

  /// Tokens in examples say what stood there and not who; none is cut.
  @Test func examplesHaveTokens() throws {
    let text = "mail sanne@example.org or ring 06-12345678 about the refund at once"
    let reader = PhraseReader(
      lemmas: LemmaTable(),
      redactor: RedactionKey(Array("sixteen bytes ok".utf8)).map { Redactor(key: $0) },
      names: nil, width: 26)
    reader.read(PlainText.message(text: Array(text.utf8), id: nil), language: 2)
    let term = try #require(reader.terms.first { reader.surface(of: $0) == "refund" })
    let example = try #require(reader.example(of: term))
    #expect(example.match == "refund")
    #expect(example.left.contains("«PHONE»"))
    #expect(!example.left.contains("123456") && !example.left.contains("sanne"))
    #expect(example.right == " at once")
  }

  @Test func sieveNeverLosesWhatIsFrequent() {
    var sieve = TermSieve()
    for number in 0..<50_000 { sieve.add(TermHash.of("rare \(number)")) }
    for _ in 0..<5 { sieve.add(TermHash.of("frequent")) }
    sieve.close(least: 5, limit: 1000)
    #expect(sieve.passes(TermHash.of("frequent")))
    #expect((0..<50_000).count { sieve.passes(TermHash.of("rare \($0)")) } < 50)
  }
}
