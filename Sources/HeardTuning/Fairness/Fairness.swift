public import Heard
internal import HeardClassifier
public import HeardCorpus
internal import HeardLexicon
internal import HeardRouter
internal import HeardText

/// Holds the judgement to messages in which only who writes, or of whom, is another: class, tags and
/// queue must stay.
public struct Fairness: Sendable {
  /// What is judged of a message.
  public struct Verdict: Hashable, Sendable {
    /// The class.
    public var messageClass: String
    /// The tags.
    public var tags: [String]
    /// The queue.
    public var queue: String
  }

  /// What an entry, frame or style added more or less.
  public struct Shift: Hashable, Sendable {
    /// Its id.
    public var entry: String
    /// What it is evidence for.
    public var kind: String
    /// The difference, thousandths.
    public var milli: Int
  }

  /// A message that is judged otherwise when words are swapped.
  public struct Change: Sendable {
    /// The id of the message.
    public var id: String
    /// `nl`, `pl` or `en`.
    public var language: String
    /// Which swap, as `gender`.
    public var kind: String
    /// What was swapped.
    public var swaps: [FairnessSwaps.Swap]
    /// As the message is judged.
    public var before: Verdict
    /// As the variant is.
    public var after: Verdict
    /// What made the difference, the most first.
    public var shifts: [Shift]
  }

  /// How many messages had words of a kind, and how many of them changed.
  public struct Count: Hashable, Sendable {
    /// `nl`, `pl` or `en`.
    public var language: String
    /// Which swap.
    public var kind: String
    /// Messages with a word to swap.
    public var tried = 0
    /// Those judged otherwise.
    public var changed = 0
  }

  /// By language and kind, in the order of the tables.
  public private(set) var counts: [Count] = []
  /// In the order of the corpus.
  public private(set) var changes: [Change] = []

  /// Judges every text of a corpus with and without swaps; mails are left out.
  public init(
    _ messages: [LabelledMessage], swaps: [(language: String, table: FairnessSwaps)],
    pipeline: Pipeline
  ) {
    let worker = pipeline.makeWorker()
    let analyzer = TextAnalyzer()
    let records = RecordWriter(pipeline)
    for (language, table) in swaps {
      for kind in table.kinds { counts.append(Count(language: language, kind: kind)) }
    }
    for message in messages {
      guard case .text(let text) = message.content,
        let table = swaps.first(where: { $0.language == message.language })?.table
      else { continue }
      for kind in table.kinds {
        guard let variant = table.variant(of: text, kind: kind, analyzer: analyzer),
          let place = counts.firstIndex(where: {
            $0.language == message.language && $0.kind == kind
          }),
          let before = Self.judge(text, worker, records),
          let after = Self.judge(variant.text, worker, records)
        else { continue }
        counts[place].tried += 1
        guard before.verdict != after.verdict else { continue }
        counts[place].changed += 1
        changes.append(
          Change(
            id: message.id, language: message.language, kind: kind, swaps: variant.swaps,
            before: before.verdict, after: after.verdict,
            shifts: Self.shifts(before.sums, after.sums)))
      }
    }
  }

  private struct Reason: Hashable {
    var entry: String
    var kind: EvidenceKind
  }

  private static func judge(
    _ text: String, _ worker: Worker, _ records: RecordWriter
  ) -> (verdict: Verdict, sums: [Reason: Int])? {
    let judgement = worker.judge(text: Array(text.utf8), id: .none, explain: true)
    guard case .judged(_, let assessment, let decision) = judgement.outcome else { return nil }
    var sums: [Reason: Int] = [:]
    for hit in assessment.contributions {
      sums[Reason(entry: records.name(of: hit.source), kind: hit.kind), default: 0] += Int(
        hit.milli)
    }
    let verdict = Verdict(
      messageClass: assessment.messageClass.rawValue, tags: assessment.tags.map(\.rawValue),
      queue: decision.queue)
    return (verdict, sums)
  }

  private static func shifts(_ before: [Reason: Int], _ after: [Reason: Int]) -> [Shift] {
    Set(before.keys).union(after.keys)
      .map { reason in
        Shift(
          entry: reason.entry, kind: reason.kind.rawValue,
          milli: (after[reason] ?? 0) - (before[reason] ?? 0))
      }
      .filter { $0.milli != 0 }
      .sorted {
        ($1.milli.magnitude, $0.entry, $0.kind) < ($0.milli.magnitude, $1.entry, $1.kind)
      }
  }
}
