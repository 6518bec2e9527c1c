import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon

/// `<language>/words.yaml`: what may stand in it, and that it comes back from the image.
@Suite("Files of single words") struct WordsFileTests {
  private static func file(
    _ weights: String, path: String = "nl/words.yaml", language: String = "nl"
  ) -> (path: String, text: String) {
    (path, "words: heard/1\nlanguage: \(language)\nweights:\n" + weights)
  }

  @Test func wordsAreRead() throws {
    let source = try LexiconSource(files: [
      Self.file("  no: {complaint: 0.25, anger: -0.1}\n  foto's: {pricing-dispute: 1}\n"),
      Self.file("  zly: {complaint: 0.3}\n", path: "pl/words.yaml", language: "pl"),
      (path: "scoring.yaml", text: "scoring: heard/1\n"),
    ])
    #expect(source.entries.isEmpty)
    #expect(
      source.scoring.words == [
        WordWeight(
          word: "no", language: .dutch,
          evidence: [Evidence(.complaint, milli: 250), Evidence(.anger, milli: -100)]),
        WordWeight(
          word: "foto's", language: .dutch, evidence: [Evidence(.pricingDispute, milli: 1000)]),
        WordWeight(word: "zly", language: .polish, evidence: [Evidence(.complaint, milli: 300)]),
      ])
  }

  static let errors: [(weights: String, says: String)] = [
    ("  traag: {complaint: 1.5}", "nl/words.yaml:4:10: error: complaint is 1.5; write -1 to 1"),
    ("  traag: {praise: 0.5}", "nl/words.yaml:4:10: error: 'praise' from a single word"),
    ("  traag: {complain: 0.5}", "unknown evidence kind 'complain'; did you mean 'complaint'?"),
    ("  Traag: {complaint: 0.5}", "'Traag' is no single word as it is compared; write 'traag'"),
    ("  één: {complaint: 0.5}", "'één' is no single word as it is compared; write 'een'"),
    ("  heel traag: {complaint: 0.5}", "phrases belong to the entries of a theme"),
    ("  traag: {complaint: 0.5}\n  traag: {complaint: 0.5}", "the key traag twice"),
    ("  traag: 0.5", "must be a mapping"),
    ("  - traag", "'weights' must be a mapping"),
    ("  traag: {complaint: veel}", "'complaint' is 'veel', no number"),
  ]

  @Test(arguments: errors) func isRefused(weights: String, says: String) {
    let found = problems(Self.file(weights + "\n"))
    #expect(found.contains { $0.contains(says) }, "\(found)")
  }

  static let heads: [(text: String, says: String)] = [
    ("words: heard/2\nlanguage: nl\nweights: {}\n", "schema version 'heard/2'"),
    ("words: heard/1\nlanguage: de\nweights: {}\n", "unknown language 'de'"),
    ("words: heard/1\nlanguage: pl\nweights: {}\n", "language 'pl' in the folder nl/"),
    ("words: heard/1\nlanguage: nl\n", "without 'weights'"),
    ("words: heard/1\nlanguage: nl\nweights: {}\nentries: []\n", "unknown key 'entries'"),
  ]

  @Test(arguments: heads) func headIsRefused(text: String, says: String) {
    let found = problems(("nl/words.yaml", text))
    #expect(found.contains { $0.contains(says) }, "\(found)")
  }

  /// Every word and weight, of every language, comes back under its number.
  @Test func tableComesBack() throws {
    let letters = Array("abcdefghij")
    var words: [WordWeight] = []
    for (number, letter) in letters.enumerated() {
      for language in Language.read where number % 3 != Int(language.rawValue) % 3 {
        let evidence = EvidenceKind.scores.enumerated().map { place, kind in
          Evidence(kind, milli: Int32((number + 1) * 90 * (place % 2 == 0 ? 1 : -1) + place))
        }
        words.append(
          WordWeight(
            word: String(repeating: letter, count: number + 1), language: language,
            evidence: evidence))
      }
    }
    var rules = ScoringRules.neutral
    rules.words = words.reversed()
    let table = try CompiledLexicon(
      bytes: LexiconCompiler.compile(entries: [], scoring: rules) { _, _, _ in [] }
    ).words
    #expect(table.count == letters.count)
    for word in words {
      let number = table.find(Array(word.word.utf8))
      #expect(number != WordTable.none && table.word(number) == word.word)
      let weights = table.weights(at: WordTable.place(number, word.language))
      for (place, item) in word.evidence.enumerated() {
        #expect(Int32(weights[place]) == item.milli)
      }
    }
    #expect(Set(table.all) == Set(words))
    for other in ["", "a\u{0}", "aa", "zzz", "b"] {
      #expect(table.find(Array(other.utf8)) == WordTable.none, "\(other)")
    }
    for place in 0..<4 { #expect(table.weights(at: place) == .zero) }
  }
}
