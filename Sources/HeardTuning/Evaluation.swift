public import Heard
internal import HeardBatch
internal import HeardClassifier
internal import HeardLexicon
internal import HeardMail
internal import HeardRouter

/// Counts of one label in one set and language.
public struct LabelCounts: Hashable, Sendable {
  /// Said and so.
  public var truePositives = 0
  /// Said and not so.
  public var falsePositives = 0
  /// So and not said.
  public var falseNegatives = 0
  /// Neither said nor so.
  public var trueNegatives = 0

  /// Makes empty counts.
  public init() {}

  /// Adds one decision.
  public mutating func add(predicted: Bool, actual: Bool) {
    switch (predicted, actual) {
    case (true, true): truePositives += 1
    case (true, false): falsePositives += 1
    case (false, true): falseNegatives += 1
    case (false, false): trueNegatives += 1
    }
  }

  /// Messages with the label.
  public var total: Int { truePositives + falsePositives + falseNegatives + trueNegatives }
  /// Messages of which it is so.
  public var positives: Int { truePositives + falseNegatives }
  /// Share of what was said that is so; 0 when nothing was said.
  public var precision: Double { ratio(truePositives, truePositives + falsePositives) }
  /// Share of what is so that was said; 0 when nothing is so.
  public var recall: Double { ratio(truePositives, positives) }
  /// Harmonic mean of the two.
  public var f1: Double {
    ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
  }
  /// The 95 % interval of F1, by 1,000 bootstrap samples of the messages with a fixed seed.
  public var interval: ClosedRange<Double> { Bootstrap.interval(self) }
  /// F1 of saying yes to everything.
  public var alwaysYes: Double { ratio(2 * positives, total + positives) }

  private func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}

/// How well labels were met, on one set, language and label.
public struct LabelResult: Hashable, Sendable {
  /// Name of the set.
  public var set: String
  /// `nl`, `pl` or `en`.
  public var language: String
  /// What was asked.
  public var label: Label
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
  public private(set) var results: [LabelResult] = []
  /// Every difference, in the order of the corpus.
  public private(set) var misjudgements: [Misjudgement] = []
  /// Messages that gave an error record.
  public private(set) var errors = 0
  /// Messages with an expected queue, and how many went there.
  public private(set) var queued = 0
  /// How many of those went there.
  public private(set) var queuedRight = 0

  private struct Key: Hashable {
    var set: String
    var language: String
    var label: Label
  }

  /// Judges the messages one after another.
  public init(_ messages: [LabelledMessage], pipeline: Pipeline) {
    let worker = pipeline.makeWorker()
    var outcomes: [Key: [(predicted: Bool, actual: Bool)]] = [:]
    for message in messages {
      guard case .judged(_, let assessment, let decision) = judge(message, worker).outcome else {
        errors += 1
        continue
      }
      if let queue = message.queue {
        queued += 1
        if queue == decision.queue { queuedRight += 1 }
      }
      for (label, actual) in message.labels {
        let predicted = Evaluation.predicts(label, assessment)
        outcomes[Key(set: message.set, language: message.language, label: label), default: []]
          .append((predicted, actual))
        if predicted != actual {
          misjudgements.append(
            Misjudgement(
              id: message.id, set: message.set, language: message.language, label: label,
              predicted: predicted))
        }
      }
    }
    results = outcomes.map { key, pairs in
      var counts = LabelCounts()
      for pair in pairs { counts.add(predicted: pair.predicted, actual: pair.actual) }
      return LabelResult(
        set: key.set, language: key.language, label: key.label, counts: counts,
        interval: counts.interval)
    }
    .sorted {
      ($0.set, $0.language, $0.label.order) < ($1.set, $1.language, $1.label.order)
    }
  }

  /// What heard says of a label.
  static func predicts(_ label: Label, _ assessment: Assessment) -> Bool {
    let isComplaint = assessment.messageClass == .complaint
    return switch label {
    case .complaint: isComplaint
    case .anger: assessment.anger >= 1
    case .expectationGap: assessment.tags.contains(.expectationGap)
    case .staffTargeted: assessment.tags.contains(.staffTargeted)
    case .service:
      assessment.tags.contains(.staffTargeted) || assessment.signals.contains(.poorService)
    case .pricingDispute: assessment.tags.contains(.pricingDispute)
    case .price:
      assessment.tags.contains(.pricingDispute) || assessment.signals.contains(.pricingOpinion)
    case .negative: assessment.sentiment < 0
    }
  }

  private func judge(_ message: LabelledMessage, _ worker: Worker) -> Judgement {
    switch message.content {
    case .text(let text):
      return worker.judge(text: Array(text.utf8), id: .text(message.id))
    case .mail(let path):
      do throws(FileReader.Problem) {
        let bytes = try FileReader.read(path, limit: worker.pipeline.limits.mailBytes)
        return worker.judge(mail: bytes, id: .text(message.id), location: path)
      } catch {
        return Judgement(
          id: .text(message.id),
          outcome: .failed(
            RecordError(code: error.code, message: error.message, location: path)))
      }
    }
  }
}

extension Label {
  /// Its place in tables.
  var order: Int { Label.allCases.firstIndex(of: self) ?? 0 }
}
