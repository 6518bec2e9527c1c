public import Heard
internal import HeardClassifier
public import HeardCorpus
internal import HeardMail
public import HeardRedaction
public import HeardStatistics
internal import HeardText

/// A word or phrase that an analyst might add.
public struct Candidate: Sendable {
  /// Its language.
  public var language: String
  /// As the candidate would be written; the most frequent of `forms` when there are several.
  public var phrase: String
  /// Forms of one lemma that were counted together; one for phrases.
  public var forms: [String]
  /// The log-odds with an informative prior, as a z-score.
  public var score: Double
  /// Messages that were missed and have it.
  public var missed: Int
  /// Messages that were rightly left alone and have it.
  public var left: Int
  /// Counts of the label as they are.
  public var before: LabelCounts
  /// Counts if the candidate decided by itself.
  public var after: LabelCounts
  /// Places in missed messages first, then in those rightly left.
  public var lines: [ConcordanceLine]
}

/// An entry whose evidence does more harm than good.
public struct HarmfulEntry: Sendable {
  /// The entry's id.
  public var id: String
  /// Messages wrongly caught that would be left without it.
  public var harm: Int
  /// Messages rightly caught that would be lost without it.
  public var good: Int
  /// Counts of the label as they are, in the entry's language.
  public var before: LabelCounts
  /// Counts without the entry.
  public var after: LabelCounts
  /// Places in wrongly caught messages: candidates for counterexamples.
  public var lines: [ConcordanceLine]
}

/// What to add and what to weaken for one label, from labelled messages.
public struct Suggestions: Sendable {
  /// What to look for and how much to show.
  public struct Settings: Sendable {
    /// Candidates a language, and harmful entries, at most.
    public var limit = 20
    /// Missed messages that must have a candidate.
    public var least = 3
    /// Lines of context for each.
    public var lines = 3
    /// Characters on each side of a line.
    public var width = 40
    /// Pseudonymises lines, and keeps candidates from what names somebody.
    public var redactor: Redactor?

    /// The usual settings.
    public init() {}
  }

  /// Words and phrases to add, by language, the strongest first.
  public internal(set) var candidates: [Candidate] = []
  /// Entries to weaken, the most harmful first.
  public internal(set) var harmful: [HarmfulEntry] = []
  /// Messages missed and wrongly caught, all languages together.
  public private(set) var counts = LabelCounts()

  /// A judged message.
  struct Judged {
    var labelled: LabelledMessage
    var message: Message
    var assessment: Assessment
    var actual: Bool
    var predicted: Bool
  }

  /// Judges the messages that have the label.
  ///
  /// - Parameter sameLemma: forms of a lemma by language; empty when no dictionary knows it. Words
  ///   are grouped by it.
  public init(
    for label: Label, in messages: [LabelledMessage], pipeline: Pipeline,
    settings: Settings = .init(), sameLemma: (String, String) -> [String] = { _, _ in [] }
  ) {
    let judge = CorpusJudge(pipeline)
    var judged: [Judged] = []
    for labelled in messages {
      guard let actual = labelled.labels[label],
        let (message, assessment) = judge.judge(labelled)
      else { continue }
      let predicted = label.holds(assessment)
      counts.add(predicted: predicted, actual: actual)
      judged.append(
        Judged(
          labelled: labelled, message: message, assessment: assessment, actual: actual,
          predicted: predicted))
    }
    for language in Set(judged.map(\.labelled.language)).sorted() {
      candidates += CandidateSearch(
        judged.filter { $0.labelled.language == language }, language: language, settings: settings
      ).run { sameLemma(language, $0) }
    }
    harmful = HarmSearch(judged, label: label, lexicon: pipeline.lexicon, settings: settings).run()
  }
}
