package import Heard
package import HeardClassifier
package import HeardMail

/// Judges labelled messages with their explanation.
package struct CorpusJudge {
  private let worker: Worker

  package init(_ pipeline: Pipeline) { worker = pipeline.makeWorker() }

  /// The message as read and what heard says of it; nil when it cannot be read.
  package func judge(
    _ labelled: LabelledMessage, explain: Bool = true
  ) -> (message: Message, assessment: Assessment)? {
    guard
      case .judged(let message, let assessment, _) =
        worker.judge(labelled, explain: explain).outcome
    else { return nil }
    return (message, assessment)
  }
}
