internal import Heard
internal import HeardClassifier
internal import HeardInput
internal import HeardMail
internal import HeardRouter

/// Reads single messages for the commands that judge one after another.
struct MessageInput {
  let worker: Worker

  /// Judges files in their order, or standard input when there are none, and hands every judgement
  /// over; what cannot be read is told and does not keep the others.
  ///
  /// - Parameter handle: what comes to a judgement before it is handed over.
  /// - Returns: what kept the last of those from being judged that were not.
  func forEach(
    _ files: [String], explain: Bool,
    handle: (Judgement) throws(Failure) -> Judgement = { judged throws(Failure) in judged },
    _ body: (_ path: String, _ judgement: Judgement) throws -> Void
  ) throws -> ExitStatus {
    var status = ExitStatus.done
    for path in files.isEmpty ? ["-"] : files {
      let judgement: Judgement
      do throws(Failure) {
        judgement = try handle(try judge(path, explain: explain))
      } catch {
        Terminal.complain(error.message)
        status = error.status
        continue
      }
      if case .failed = judgement.outcome { status = .data }
      try body(path, judgement)
    }
    return status
  }

  /// What was judged; nil, and told, when it could not be.
  static func judged(_ judgement: Judgement) -> (Message, Assessment, Decision)? {
    switch judgement.outcome {
    case .judged(let message, let assessment, let decision):
      return (message, assessment, decision)
    case .failed(let error):
      Terminal.complain("\(error.location): \(error.message) [\(error.code)]")
      return nil
    }
  }

  /// Judges the mail or text in a file; `-` is standard input.
  func judge(_ path: String, explain: Bool) throws(Failure) -> Judgement {
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(path, limit: worker.pipeline.limits.mailBytes)
    } catch {
      let status = error.code == "too-large" ? ExitStatus.data : .noInput
      throw Failure(status, "\(path): \(error.message)")
    }
    if let reason = SingleMessage.problem(bytes, path) {
      return Judgement(
        id: .text(path),
        outcome: .failed(
          RecordError(code: "not-one-message", message: "the file \(reason)", location: path)))
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
