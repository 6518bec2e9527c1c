import HeardClassifier
import HeardLexicon
import HeardMail
import HeardTestSupport
import HeardText
import Testing

/// Law 9, as far as this room goes: whatever the text, an assessment within bounds.
@Suite("No text is too much")
struct RobustnessTests {
  @Test func randomBytes() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    var random = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let result = classifier.assess(plain(text), explain: true)
      #expect(result.scores.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(abs(result.sentiment) <= 1)
    }
  }

  @Test func partsWithoutZones() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    var bare = Message()
    bare.parts = [TextPart(name: .body, bytes: Array("I am angry.".utf8), zones: [])]
    #expect(classifier.assess(bare, explain: true).anger == 1)
    #expect(classifier.assess(Message(), explain: true).messageClass == .other)
  }

  /// A sentence without an end, full of operators and roles, takes time in proportion.
  @Test func endlessSentence() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    let unit = "not angry but the clerk was very rude and if promised nobody came \" "
    func time(_ count: Int) -> Duration {
      let text = plain(String(repeating: unit, count: count))
      return ContinuousClock().measure { _ = classifier.assess(text, explain: false) }
    }
    _ = time(100)
    let short = time(500)
    let long = time(4_000)
    #expect(long < short * 40, "eight times the text took \(long) after \(short)")
  }
}
