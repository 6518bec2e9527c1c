import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardSources

private typealias Make = LexiconFixture

@Suite struct CompiledLexiconTests {
  private static let entries = [
    Make.entry(
      "nl.b", .dutch, Make.lemma("klagen"),
      evidence: [Evidence(.complaint, milli: 1500), Evidence(.valence, milli: -2500)],
      negated: [Evidence(.complaint, milli: -300)]),
    Make.entry(
      "nl.a", .dutch, Make.phrase("niet ...3 goed"),
      change: ScopeOperator(
        scope: .intensifier, direction: .backward, reach: 3, factorMilli: 1400)),
    Make.entry("pl.a", .polish, Make.lemma("łaska")),
  ]

  @Test func entriesComeBack() throws {
    let lexicon = try Make.lexicon(Self.entries)
    #expect(lexicon.entryCount == 3)
    #expect((0..<3).map(lexicon.entryID) == ["nl.a", "nl.b", "pl.a"])
    for (number, source) in Self.entries.sorted(by: { $0.id < $1.id }).enumerated() {
      let entry = lexicon.entry(number)
      #expect(entry.id == source.id)
      #expect(entry.language == source.language)
      #expect(entry.theme == source.theme)
      #expect(entry.concept == source.concept)
      #expect(entry.pattern == source.patternTexts.joined(separator: " | "))
      #expect(entry.location == source.location)
      #expect(Array(lexicon.evidence[entry.evidence]) == source.evidence)
      #expect(Array(lexicon.evidence[entry.negated]) == source.negated)
      #expect(entry.scopeOperator == source.scopeOperator)
      #expect(entry.scopes == source.scopes)
      #expect(entry.maximum == source.maximum)
    }
  }

  @Test func scoringComesBack() throws {
    let lexicon = try Make.lexicon(Self.entries)
    #expect(lexicon.frames == Make.scoring.frames)
    #expect(lexicon.calibrations == Make.scoring.calibrations)
    #expect(lexicon.scopeFactors == Make.scoring.scopeFactors)
    #expect(lexicon.styles == Make.scoring.styles)
    #expect(lexicon.angerLevels == Make.scoring.angerLevels)
    #expect(lexicon.signalThreshold == Make.scoring.signalThreshold)
    #expect(lexicon.calibration(.complaint, .dutch)?.slopeMilli == 1100)
    #expect(lexicon.calibration(.complaint, .polish) == nil)
    #expect(lexicon.scopeFactor(.hypothetical) == 300)
    #expect(lexicon.scopeFactor(.quotation) == 1000)
    #expect(lexicon.scopeFactor([]) == 1000)
  }

  @Test func theOrderOfFilesDoesNotMatter() throws {
    let image = try Make.image(Self.entries)
    #expect(image == (try Make.image(Self.entries)))
    #expect(image == (try Make.image(Self.entries.reversed())))
  }

  @Test func theDigestNamesTheContent() throws {
    let digest = try Make.lexicon(Self.entries).digest
    #expect(digest.hasPrefix("sha256:") && digest.utf8.count == 7 + 64)
    #expect(digest == (try Make.lexicon(Self.entries.reversed()).digest))
    var other = Self.entries
    other[0].evidence[0].milli += 1
    #expect(digest != (try Make.lexicon(other).digest))
    let manifest = SourceManifest(digest: [UInt8](repeating: 0xA5, count: 32), files: [])
    let named = try CompiledLexicon(bytes: Make.image(Self.entries, manifest: manifest))
    #expect(named.digest == "sha256:" + String(repeating: "a5", count: 32))
  }

  /// Patterns that cannot be compiled: code, and a part of the message.
  @Test(arguments: [
    ("only optional", PatternNode.optional(Make.word("a")), "without any word"),
    ("only a gap", .gap(maximum: 3), "without any word"),
    ("only any word", .tokenClass(.word), "without any word"),
    ("no letters", Make.word("-"), "no letter"),
    ("too wide", Make.phrase("a ...70 b"), "64"),
    ("too many", manyPhrases(9), "256"),
  ])
  func refuses(name: String, pattern: PatternNode, message: String) throws {
    #expect {
      try Make.image([Make.entry("nl.x", .dutch, pattern)])
    } throws: { error in
      guard let error = error as? CompiledLexiconError else { return false }
      return error.place == "test.yaml:1:1" && error.message.hasPrefix("nl.x: ")
        && error.message.contains(message)
    }
  }

  @Test func asManySequencesAsAllowed() throws {
    _ = try Make.image([Make.entry("nl.x", .dutch, Self.manyPhrases(8))])
    // Single words do not multiply: each alternative is one step.
    let words = (0..<40).map { Make.word("w\($0)") }
    _ = try Make.image([
      Make.entry("nl.x", .dutch, .sequence(Array(repeating: .alternatives(words), count: 9)))
    ])
  }

  /// 2ⁿ sequences.
  private static func manyPhrases(_ count: Int) -> PatternNode {
    .sequence(
      Array(repeating: .alternatives([Make.phrase("a b"), Make.phrase("b a")]), count: count))
  }
}
