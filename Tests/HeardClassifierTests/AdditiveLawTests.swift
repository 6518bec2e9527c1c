import HeardClassifier
import HeardLexicon
import HeardMail
import HeardTestSupport
import HeardText
import Testing

/// Law 4: the contributions that an explanation prints sum to the score, to the last bit.
@Suite("Law 4: evidence adds up")
struct AdditiveLawTests {
  @Test(arguments: 0..<12)
  func contributionsSumToSums(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let lexicon = try MiniLexicon.compiled(
      entries: RandomLexicon.entries(&random), scoring: RandomLexicon.scoring(&random),
      words: RandomLexicon.singleWords(&random))
    let worker = Classifier(lexicon: lexicon)
    for _ in 0..<60 {
      let mail = RandomLexicon.message(&random)
      let explained = worker.assess(mail, explain: true)
      for kind in EvidenceKind.allCases {
        let sum = explained.contributions.filter { $0.kind == kind }.reduce(0) { $0 + $1.milli }
        #expect(sum == explained.sums[kind.index], "\(kind)")
        let words = explained.words.reduce(0) { $0 + $1.milli(kind) }
        let together = explained.contributions.first { $0.kind == kind && $0.source == .words }
        #expect(words == together?.plainMilli ?? 0, "\(kind)")
        #expect(min(max(words, -1500), 1500) == together?.milli ?? 0, "\(kind)")
      }
      for contribution in explained.contributions where contribution.zone != mail.scoredZone {
        #expect(contribution.milli == 0)
      }
    }
  }

  @Test(arguments: 0..<6)
  func explainingChangesNothing(seed: UInt64) throws {
    var random = SeededGenerator(seed: 100 + seed)
    let lexicon = try MiniLexicon.compiled(
      entries: RandomLexicon.entries(&random), scoring: RandomLexicon.scoring(&random),
      words: RandomLexicon.singleWords(&random))
    let silent = Classifier(lexicon: lexicon)
    let talking = Classifier(lexicon: lexicon)
    for _ in 0..<60 {
      let mail = RandomLexicon.message(&random)
      let one = silent.assess(mail, explain: false)
      let other = talking.assess(mail, explain: true)
      #expect(one.contributions.isEmpty && one.nearMisses.isEmpty)
      #expect(Self.same(one, other))
    }
  }

  /// What a worker has met before does not change what it says.
  @Test func workersForgetTheMessageBefore() throws {
    var random = SeededGenerator(seed: 7)
    let lexicon = try MiniLexicon.compiled()
    let old = Classifier(lexicon: lexicon)
    for _ in 0..<60 {
      let mail = RandomLexicon.message(&random)
      let one = old.assess(mail, explain: true)
      let other = Classifier(lexicon: lexicon).assess(mail, explain: true)
      #expect(Self.same(one, other))
      #expect(one.contributions == other.contributions)
      #expect(one.nearMisses == other.nearMisses)
    }
  }

  /// Paragraphs are independent: what they contribute does not depend on their order.
  @Test func sumsDoNotDependOnTheOrderOfParagraphs() throws {
    let classifier = Classifier(lexicon: try MiniLexicon.compiled())
    var paragraphs = [
      "The clerk was rude to us on Friday.", "The invoice that you sent us is wrong!",
      "I am very angry about the whole affair.", "We had been there before, and it was good.",
    ]
    var random = SeededGenerator(seed: 3)
    let first = classifier.assess(
      plain(paragraphs.joined(separator: "\n\n")), explain: false)
    for _ in 0..<8 {
      paragraphs.shuffle(using: &random)
      let next = classifier.assess(
        plain(paragraphs.joined(separator: "\n\n")), explain: false)
      #expect(next.sums == first.sums)
    }
  }

  private static func same(_ one: Assessment, _ other: Assessment) -> Bool {
    one.sums == other.sums && one.scores == other.scores && one.tags == other.tags
      && one.anger == other.anger && one.signals == other.signals
      && one.messageClass == other.messageClass && one.sentiment == other.sentiment
      && one.language == other.language
      && one.languages.elementsEqual(other.languages) { $0 == $1 }
  }
}
