public import Heard
internal import HeardClassifier
public import HeardCorpus
internal import HeardLexicon
internal import HeardMail
public import HeardRedaction
internal import HeardText

/// A label that was missed or wrongly given, with the reasons.
public struct ExplainedError: Sendable {
  /// One reason: an entry, frame or style and what it adds over the whole message.
  public struct Reason: Hashable, Sendable {
    /// Id of the entry or frame, or name of the style.
    public var name: String
    /// The evidence that it is.
    public var kind: String
    /// What it adds, thousandths; of what did not count, what was lost.
    public var milli: Int
  }

  /// The id of the message.
  public var id: String
  /// Name of its set.
  public var set: String
  /// Its language.
  public var language: String
  /// What was asked.
  public var label: Label
  /// What heard said.
  public var predicted: Bool
  /// From 0 for a hair's breadth to 1 for certain and wrong.
  public var wrongness: Double
  /// What counted for and against, strongest first; biases too.
  public var reasons: [Reason]
  /// What nearly counted, strongest first.
  public var nearMisses: [Reason]
  /// The text; customers' words, to be shown only when asked for.
  public var text: String
}

/// Finds the errors that hurt most, and why they were made.
public struct WorstErrors {
  /// Reasons to give of one error at most.
  private static let reasonLimit = 6

  /// The worst errors of an evaluation that kept them, on one label or on all.
  ///
  /// - Parameter redactor: pseudonymises the texts; nil leaves them as they are.
  public static func find(
    in evaluation: Evaluation, label: Label?, limit: Int, pipeline: Pipeline,
    redactor: Redactor? = nil
  ) -> [ExplainedError] {
    let found = evaluation.outcomes.enumerated().flatMap { place, outcome in
      outcome.labels.compactMap { asked, actual -> (Int, Label, Double)? in
        guard label == nil || asked == label, outcome.message != nil,
          outcome.predicted[asked] != actual
        else { return nil }
        return (place, asked, outcome.wrongness(asked))
      }
    }
    .sorted { ($1.2, $0.0, $0.1.order) < ($0.2, $1.0, $1.1.order) }
    let worker = pipeline.makeWorker()
    let names = RecordWriter(pipeline)
    return found.prefix(limit).compactMap { place, label, wrongness in
      let outcome = evaluation.outcomes[place]
      guard let message = outcome.message,
        case .judged(let read, let assessment, _) = worker.judge(message, explain: true).outcome
      else { return nil }
      return ExplainedError(
        id: outcome.id, set: outcome.set, language: outcome.language, label: label,
        predicted: outcome.predicted[label] == true, wrongness: wrongness,
        reasons: reasons(assessment, label, names), nearMisses: misses(assessment, label, names),
        text: read.parts
          .map { part in
            redactor?.redact(part.bytes).text ?? String(decoding: part.bytes, as: UTF8.self)
          }
          .joined(separator: "\n"))
    }
  }

  private static func reasons(
    _ assessment: Assessment, _ label: Label, _ names: RecordWriter
  ) -> [ExplainedError.Reason] {
    ranked(
      assessment.contributions.lazy
        .filter { label.kinds.contains($0.kind) && $0.milli != 0 }
        .map { (names.name(of: $0.source), $0.kind.rawValue, Int($0.milli)) })
  }

  private static func misses(
    _ assessment: Assessment, _ label: Label, _ names: RecordWriter
  ) -> [ExplainedError.Reason] {
    // What did not count says nothing of why too much was found, unless it would have spoken against.
    ranked(
      assessment.nearMisses.lazy
        .filter { label.kinds.contains($0.kind) && $0.source != .bias }
        .map { (names.name(of: $0.source), $0.kind.rawValue, Int($0.lostMilli)) })
  }

  private static func ranked(
    _ all: some Sequence<(String, String, Int)>
  ) -> [ExplainedError.Reason] {
    var sums: [[String]: Int] = [:]
    for (name, kind, milli) in all { sums[[name, kind], default: 0] += milli }
    return Array(
      sums.map { ExplainedError.Reason(name: $0.key[0], kind: $0.key[1], milli: $0.value) }
        .sorted {
          ($1.milli.magnitude, $0.name, $0.kind) < ($0.milli.magnitude, $1.name, $1.kind)
        }
        .prefix(reasonLimit))
  }
}
