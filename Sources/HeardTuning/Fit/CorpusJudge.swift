internal import Heard
internal import HeardBatch
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
    let judgement: Judgement
    switch labelled.content {
    case .text(let text):
      judgement = worker.judge(text: Array(text.utf8), id: .none, explain: explain)
    case .mail(let path):
      guard let bytes = try? FileReader.read(path, limit: worker.pipeline.limits.mailBytes)
      else { return nil }
      judgement = worker.judge(mail: bytes, id: .none, location: path, explain: explain)
    }
    guard case .judged(let message, let assessment, _) = judgement.outcome else { return nil }
    return (message, assessment)
  }
}
