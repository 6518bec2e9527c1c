internal import Heard
internal import HeardBatch
internal import HeardMail

/// Reads single messages for `classify` and `explain`.
struct MessageInput {
  let worker: Worker

  /// Judges the mail or text in a file; `-` is standard input.
  func judge(_ path: String, explain: Bool) throws(Failure) -> Judgement {
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(path, limit: worker.pipeline.limits.mailBytes)
    } catch {
      let status = error.code == "too-large" ? ExitStatus.data : .noInput
      throw Failure(status, "\(path): \(error.message)")
    }
    guard MailReader.looksLikeMail(bytes) else {
      guard !bytes.isEmpty else {
        return Judgement(
          id: .text(path),
          outcome: .failed(
            RecordError(
              code: "empty", message: "there is no message in the file", location: path)))
      }
      return worker.judge(text: bytes, id: .text(path), explain: explain)
    }
    let judgement = worker.judge(mail: bytes, id: .text(path), location: path, explain: explain)
    if case .judged(let message, _, _) = judgement.outcome, let id = message.id {
      return Judgement(id: .text(id), outcome: judgement.outcome)
    }
    return judgement
  }
}
