internal import Heard
internal import HeardClassifier
internal import HeardMail

/// Judges labelled messages with their explanation.
struct CorpusJudge {
  private let worker: Worker

  init(_ pipeline: Pipeline) { worker = pipeline.makeWorker() }

  /// The message as read and what heard says of it; nil when it cannot be read.
  func judge(
    _ labelled: LabelledMessage, explain: Bool = true
  ) -> (message: Message, assessment: Assessment)? {
    guard
      case .judged(let message, let assessment, _) =
        worker.judge(labelled, explain: explain).outcome
    else { return nil }
    return (message, assessment)
  }
}
