public import HeardLexicon
public import HeardMail
import HeardText

/// Says what a message is: analysis, matching and scoring of its parts, for one worker.
///
/// Not shared between threads. What it has met before does not change what it says (law 8), and an
/// explanation changes nothing but the lists of contributions and near misses (law 4).
public final class Classifier {
  /// The lexicon that it judges with.
  public let lexicon: CompiledLexicon
  private let analyzer = TextAnalyzer()
  private var scorer: Scorer
  private var matcher: Matcher
  private var document = Document()
  private var matches: ContiguousArray<Match> = []

  /// Makes a classifier for one worker.
  public init(lexicon: CompiledLexicon) {
    self.lexicon = lexicon
    scorer = Scorer(table: ScoringTable(lexicon))
    matcher = Matcher(lexicon)
  }

  /// Assesses a message.
  ///
  /// - Parameter explain: whether to list contributions and near misses, which costs time.
  public func assess(_ message: Message, explain: Bool) -> Assessment {
    scorer.begin(scoredZone: message.scoredZone, explain: explain)
    for (index, part) in message.parts.enumerated() {
      analyzer.analyze(part, into: &document)
      matcher.match(document, memory: analyzer.memory, into: &matches)
      scorer.score(
        part: index, document: document, zones: part.zones, matches: matches,
        words: &matcher.words, memory: analyzer.memory)
    }
    return scorer.finish(automatic: message.automatic != nil)
  }
}
