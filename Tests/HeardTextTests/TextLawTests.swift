import Glibc
import HeardTestSupport
import HeardText
import Testing

/// Laws 1 to 3, 8 and 9 over random text.
///
/// A failure prints the text with its seed.
@Suite("Laws of text") struct TextLawTests {
  /// Escapes, so that what cannot be seen is seen.
  private static func show(_ text: String) -> String {
    text.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
  }

  @Test(
    "Laws 1, 2, 3: offsets point into the original, tokens tile it, tokenising and normalising commute",
    arguments: 0..<4)
  func laws(part: Int) {
    var generator = SeededGenerator(seed: UInt64(part) &+ 20_240_601)
    let reference = ReferenceWords()
    let analyzer = TextAnalyzer()
    var document = Document()
    var failures = 0
    for _ in 0..<26_000 where failures < 5 {
      let text = RandomText.make(longest: 12, &generator)
      analyzer.analyze(Array(text.utf8), into: &document)
      var end: UInt32 = 0
      var words: [[UInt8]] = []
      var holds = true
      for token in document.tokens {
        holds = holds && token.start >= end && token.end > token.start  // law 2
        end = token.end
        let normal = Array(analyzer.memory.normal(token.form).utf8)
        holds = holds && reference.normal(Array(document.bytes[token.range.range])) == normal  // 1
        words.append(normal)
      }
      let expected = reference.words(text)
      if !holds || end > document.bytes.count || words != expected {
        failures += 1
        let got = words.map { Self.show(String(decoding: $0, as: UTF8.self)) }
        let want = expected.map { Self.show(String(decoding: $0, as: UTF8.self)) }
        Issue.record("\(Self.show(text)): words \(got), by ICU \(want), ranges hold: \(holds)")
      }
    }
  }

  @Test("Law 2: every token is in one sentence, and sentences ascend")
  func sentencesTile() {
    var generator = SeededGenerator(seed: 7)
    let analyzer = TextAnalyzer()
    var document = Document()
    for _ in 0..<5_000 {
      let text = RandomText.make(longest: 60, &generator)
      analyzer.analyze(Array(text.utf8), into: &document)
      var token: Int32 = 0
      var end: UInt32 = 0
      for sentence in document.sentences {
        #expect(sentence.firstToken == token && sentence.endToken > token)
        #expect(sentence.bytes.start >= end)
        let last = document.tokens[Int(sentence.endToken) - 1]
        #expect(sentence.bytes.start == document.tokens[Int(token)].start)
        #expect(sentence.bytes.end >= last.end && sentence.bytes.end <= document.bytes.count)
        token = sentence.endToken
        end = sentence.bytes.end
      }
      #expect(Int(token) == document.tokens.count)
    }
  }

  /// Everything of an analysis but the ids, which may differ.
  private struct Result: Equatable {
    var tokens: [Token]
    var words: [String]
    var folded: [String]
    var flags: [FormFlags]
    var sentences: [Sentence]
    var ending: Gap
    var language: Language

    init(_ document: Document, _ memory: TokenMemory) {
      tokens = document.tokens.map {
        Token(start: $0.start, end: $0.end, form: FormID(rawValue: 0), gap: $0.gap)
      }
      words = document.tokens.map { memory.normal($0.form) }
      folded = document.tokens.map { memory.folded($0.form) }
      flags = document.tokens.map { memory.flags($0.form) }
      sentences = Array(document.sentences)
      ending = document.ending
      language = document.language
    }
  }

  @Test("Law 8: what a worker has met before changes nothing")
  func memoryChangesNothing() {
    var generator = SeededGenerator(seed: 8)
    let warm = TextAnalyzer()
    var document = Document()
    var texts: [[UInt8]] = []
    for _ in 0..<1_500 {
      let text = Array(RandomText.make(longest: 80, &generator).utf8)
      warm.analyze(text, into: &document)
      texts.append(text)
    }
    for text in texts {
      warm.analyze(text, into: &document)
      let remembered = Result(document, warm.memory)
      let fresh = TextAnalyzer()
      fresh.analyze(text, into: &document)
      #expect(Result(document, fresh.memory) == remembered)
    }
  }

  @Test("Law 9: any bytes come to an end, with tokens in order")
  func anyBytes() {
    var generator = SeededGenerator(seed: 9)
    let analyzer = TextAnalyzer()
    var document = Document()
    let edges: [UInt8] = [
      0, 0x20, 0x27, 0x2E, 0x41, 0x7F, 0x80, 0xBF, 0xC0, 0xC3, 0xE2, 0xF0, 0xF4, 0xFF,
    ]
    for round in 0..<20_000 {
      let length = round < 200 ? round : Int.random(in: 0..<90, using: &generator)
      let bytes = (0..<length).map { _ in
        Bool.random(using: &generator)
          ? edges[Int.random(in: 0..<edges.count, using: &generator)]
          : UInt8.random(in: .min ... .max, using: &generator)
      }
      analyzer.analyze(bytes, into: &document)
      var end: UInt32 = 0
      var ascends = true
      for token in document.tokens {
        ascends = ascends && token.start >= end && token.end > token.start
        end = token.end
      }
      #expect(ascends && Int(end) <= bytes.count, "\(bytes)")
    }
  }

  @Test("Law 9: long runs are taken apart in chunks")
  func longRuns() {
    let kinds: [(String, String)] = [
      ("letters", "a"), ("accents", "é"), ("Han", "我要投诉"), ("Thai", "ภาษาไทย"),
      ("marks", "\u{301}"),
      ("apostrophes", "it's"), ("Greek with spaces", "λόγος\u{A0}"), ("emoji", "😡"),
      ("joined", "👩\u{200D}"), ("quotes", "’"),
    ]
    for (name, unit) in kinds {
      let bytes = Array(String(repeating: unit, count: 150_000 / unit.utf8.count).utf8)
      let analyzer = TextAnalyzer()
      var document = Document()
      analyzer.analyze(bytes, into: &document)
      var end: UInt32 = 0
      for token in document.tokens {
        #expect(
          token.start >= end && token.end > token.start && token.range.count <= 4096, "\(name)")
        end = token.end
      }
      #expect(
        document.tokens.allSatisfy { document.bytes[Int($0.start)] & 0xC0 != 0x80 }, "\(name)")
    }
  }

  @Test("A run at every length and place comes out whole")
  func runsAtEveryPlace() {
    // Lengths around 8, 16, 64 and a block's end, at the text's start, inside and at its end.
    let analyzer = TextAnalyzer()
    var document = Document()
    for lead in [0, 1, 7, 63, 64, 16_320, 16_383, 16_384] {
      for length in [1, 2, 7, 8, 9, 15, 16, 17, 31, 63, 64, 65, 100] {
        for tail in [0, 1, 9] {
          let word = [UInt8](repeating: 0x61, count: length - 1) + [0x62]
          let text =
            [UInt8](repeating: 0x20, count: lead) + word + [UInt8](repeating: 0x2E, count: tail)
          analyzer.analyze(text, into: &document)
          #expect(document.tokens.count == 1)
          #expect(document.tokens.first?.range == ByteRange(UInt32(lead), UInt32(lead + length)))
          if let form = document.tokens.first?.form {
            #expect(Array(analyzer.memory.normal(form).utf8) == word)
          }
        }
      }
    }
  }

  @Test("A memory that has grown too big is cleared when the next text begins")
  func memoryIsBounded() {
    let analyzer = TextAnalyzer()
    var document = Document()
    var number = 0
    // Of spellings, memories keep 65,536 or a few more.
    let words = 49_152
    for _ in 0..<3 {
      let text = (0..<words).map { _ in
        number += 1
        return "w\(number)x"
      }.joined(separator: " ")
      analyzer.analyze(Array(text.utf8), into: &document)
      #expect(document.tokens.count == words)
      #expect(analyzer.memory.normal(document.tokens[0].form).hasPrefix("w"))
    }
    #expect(analyzer.memory.generation == 1)
    #expect(analyzer.memory.count == words)
  }
}
