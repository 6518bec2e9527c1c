public import Heard
internal import HeardClassifier
public import HeardInput
public import HeardStatistics

/// How well labels were met, on one set, language and label.
public struct LabelResult: Hashable, Sendable {
  /// Name of the set.
  public var set: String
  /// `nl`, `pl` or `en`; `all` for a set of several languages as a whole.
  public var language: String
  /// What was asked.
  public var label: Label
  /// How often it was said and so.
  public var counts: LabelCounts
  /// 95 % interval of F1, by 1,000 bootstrap samples of messages.
  public var interval: ClosedRange<Double>
}

/// How well one class or queue was met, against all others.
public struct GroupResult: Hashable, Sendable {
  /// Name of the set.
  public var set: String
  /// `nl`, `pl` or `en`; `all` for a set of several languages as a whole.
  public var language: String
  /// Name of the class or queue.
  public var name: String
  /// How often it was said and so.
  public var counts: LabelCounts
  /// 95 % interval of F1, by 1,000 bootstrap samples of messages.
  public var interval: ClosedRange<Double>
}

/// A message that was judged otherwise than labelled.
public struct Misjudgement: Hashable, Sendable {
  /// The id of the message.
  public var id: String
  /// Name of the set.
  public var set: String
  /// `nl`, `pl` or `en`.
  public var language: String
  /// What was asked.
  public var label: Label
  /// What heard said.
  public var predicted: Bool
}

/// Judges labelled messages and compares.
public struct Evaluation: Sendable {
  /// By set, language and label.
  public let results: [LabelResult]
  /// By set, language and class, of messages whose class somebody said.
  public let classes: [GroupResult]
  /// By set, language and queue, of messages whose queue somebody said.
  public let queues: [GroupResult]
  /// Classes as they are and as they were judged.
  public let classConfusion: Confusion
  /// Queues as they should be and as they were.
  public let queueConfusion: Confusion
  /// How far scores can be believed, for each label that has one.
  public let reliability: [Reliability]
  /// What was said of every message, in the order of the corpus.
  public let outcomes: [MessageOutcome]
  /// Messages that gave an error record.
  public let errors: Int

  /// Judges the messages one after another.
  public init(_ messages: [LabelledMessage], pipeline: Pipeline) {
    let worker = pipeline.makeWorker()
    let outcomes = messages.map {
      MessageOutcome($0, worker.judge($0), keepsErrors: false)
    }
    self.init(outcomes)
  }

  /// Judges a corpus.
  ///
  /// - Parameter keepsErrors: whether outcomes of misjudged messages keep the message.
  public init(
    _ scan: CorpusScan, pipeline: Pipeline, keepsErrors: Bool = false
  ) throws(InputError) {
    let outcomes = try scan.map(state: { pipeline.makeWorker() }) { worker, message in
      Optional.some(MessageOutcome(message, worker.judge(message), keepsErrors: keepsErrors))
    }
    self.init(outcomes)
  }

  /// What is so of a message, and what was said.
  private struct Answers: Hashable, Sendable {
    var actual: LabelValues
    var predicted: LabelValues
  }

  private init(_ all: [MessageOutcome?]) {
    outcomes = all.compactMap(\.self)
    errors = all.count - outcomes.count
    var labels: [GroupKey<Label>: LabelCounts] = [:]
    var classes = GroupCounts()
    var queues = GroupCounts()
    // Corpora are large and the ways to answer few: they are counted first and taken apart then.
    var answers: [GroupKey<Answers>: Int] = [:]
    for outcome in outcomes {
      let said = Answers(actual: outcome.labels, predicted: outcome.predicted)
      answers[GroupKey(set: outcome.set, language: outcome.language, name: said), default: 0] += 1
      classes.add(outcome, outcome.expectedClass, outcome.predictedClass)
      queues.add(outcome, outcome.expectedQueue, outcome.queue)
    }
    for (said, count) in answers {
      for (label, actual) in said.name.actual {
        let key = GroupKey(set: said.set, language: said.language, name: label)
        labels[key, default: LabelCounts()]
          .add(
            predicted: said.name.predicted[label] == true, actual: actual, times: count)
      }
    }
    results = GroupKey.withTotals(labels)
      .map { key, counts in
        LabelResult(
          set: key.set, language: key.language, label: key.name, counts: counts,
          interval: counts.interval)
      }
      .sorted { ($0.set, $0.language, $0.label.order) < ($1.set, $1.language, $1.label.order) }
    self.classes = classes.results()
    self.queues = queues.results()
    classConfusion = classes.confusion
    queueConfusion = queues.confusion
    reliability = Reliability.of(outcomes)
  }

  /// Every difference, in the order of the corpus.
  public var misjudgements: [Misjudgement] {
    outcomes.flatMap { outcome in
      outcome.labels.compactMap { label, actual in
        guard let predicted = outcome.predicted[label], predicted != actual else { return nil }
        return Misjudgement(
          id: outcome.id, set: outcome.set, language: outcome.language, label: label,
          predicted: predicted)
      }
    }
  }

  /// Messages with an expected queue.
  public var queued: Int { queueConfusion.total }
  /// How many of those went there.
  public var queuedRight: Int { queueConfusion.agreed }
}
