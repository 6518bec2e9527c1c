import HeardTestSupport
import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardSources

/// The matcher against its reference, on random patterns and random texts over few words.
@Suite struct MatcherLawTests {
  private static let words = ["a", "b", "c", "klaag", "geklaagd", "krijg", "4", "euro", "żądam"]
  private static let lemmas = ["klagen", "krijgen", "żądać", "b"]

  @Test(arguments: 0..<40)
  func equalsTheReference(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var entries: [EntrySource] = []
    for number in 0..<Int.random(in: 1...12, using: &random) {
      let patterns = (0..<Int.random(in: 1...2, using: &random)).map { _ in
        Self.pattern(depth: 2, &random)
      }
      var entry = LexiconFixture.entry(
        "e\(10 + number)", Bool.random(using: &random) ? .dutch : .polish)
      entry.patterns = patterns.filter { Self.needsWords($0) }
      entries.append(entry)
    }
    let lexicon: CompiledLexicon
    do {
      lexicon = try LexiconFixture.lexicon(entries)
    } catch let error as CompiledLexiconError where error.code == .limit {
      return
    }
    var matcher = Matcher(lexicon)
    let memory = WordSplitter()
    let reference = NaiveMatcher(entries: entries, memory: memory)
    var matches: ContiguousArray<Match> = []
    for _ in 0..<40 {
      let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in
        (Self.words + ["zadam", ".", "x"]).randomElement(using: &random) ?? "a"
      }
      let language = [Language.dutch, .polish, .undetermined, .english]
        .randomElement(using: &random)
      let document = memory.document(text.joined(separator: " "), language ?? .dutch)
      matcher.match(document, memory: memory, into: &matches)
      #expect(
        Array(matches) == reference.matches(document),
        "\(text.joined(separator: " ")) in \(language?.code ?? "") with \(entries.map(\.patterns))")
    }
  }

  private static func pattern(depth: Int, _ random: inout SeededGenerator) -> PatternNode {
    func children(_ count: ClosedRange<Int>) -> [PatternNode] {
      (0..<Int.random(in: count, using: &random)).map { _ in
        pattern(depth: depth - 1, &random)
      }
    }
    switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &random) {
    case 0..<3: return LexiconFixture.word(words.randomElement(using: &random) ?? "a")
    case 3: return LexiconFixture.lemma(lemmas.randomElement(using: &random) ?? "b")
    case 4: return .tokenClass([.number, .currency, .word].randomElement(using: &random) ?? .word)
    case 5: return .gap(maximum: Int.random(in: 0...3, using: &random))
    case 6: return .alternatives(children(1...3))
    case 7: return .optional(pattern(depth: depth - 1, &random))
    default: return .sequence(children(1...4))
    }
  }

  /// Whether every sequence that the pattern stands for asks for a word or another class.
  private static func needsWords(_ node: PatternNode) -> Bool {
    switch node {
    case .word: true
    case .tokenClass(let kind): kind != .word
    case .gap, .optional: false
    case .sequence(let nodes): nodes.contains(where: needsWords)
    case .alternatives(let nodes): nodes.allSatisfy(needsWords)
    }
  }
}

/// What makes first sights fast must change nothing.
@Suite struct FilterLawTests {
  @Test func theCompoundFilterNeverSaysNoInError() {
    var random = SeededGenerator(seed: 7)
    func word(_ count: ClosedRange<Int>) -> [UInt8] {
      (0..<Int.random(in: count, using: &random)).map { _ in
        UInt8.random(in: UInt8(ascii: "a")...UInt8(ascii: "z"), using: &random)
      }
    }
    for _ in 0..<200 {
      var filter = CompoundFilter()
      let form = word(4...9)
      let rest = word(3...9)
      filter.insert(form, [.head, .modifier])
      #expect(filter.mayHaveHead(rest + form) && filter.mayHaveModifier(form + rest))
    }
    #expect(!CompoundFilter().mayHaveHead(Array("serviceklacht".utf8)))
  }

  @Test(arguments: [
    ("slechttt", ["slecht", "slechtt"]), ("zóóó", ["zó", "zóó"]), ("slecht", []), ("zeeën", []),
    ("aaaa", []), ("nee", []), ("😡😡😡x", ["😡x", "😡😡x"]),
    ("heeeel errrg", ["heel errg", "hel errg", "heel erg", "hel erg"]),
  ])
  func heldLetters(word: String, expected: [String]) {
    let found = Stretching.shortened(Array(word.utf8)).map { String(decoding: $0, as: UTF8.self) }
    #expect(Set(found) == Set(expected))
  }
}
