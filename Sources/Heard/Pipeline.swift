internal import HeardClassifier
public import HeardLexicon
public import HeardMail
public import HeardRouter

/// The whole way of a message: mail → text → matches → assessment → decision.
///
/// Immutable and shared: every worker of a process judges with the same pipeline. Law 8: same
/// bytes, same lexicon, same policy, same version, same bytes out.
public struct Pipeline: Sendable {
  /// What is looked for.
  public let lexicon: CompiledLexicon
  /// Where messages go.
  public let policy: Policy
  /// What one mail may cost.
  public let limits: Limits

  /// Composes a pipeline.
  public init(lexicon: CompiledLexicon, policy: Policy, limits: Limits = .init()) {
    self.lexicon = lexicon
    self.policy = policy
    self.limits = limits
  }

  /// A worker of this pipeline, for one thread.
  public func makeWorker() -> Worker { Worker(self) }
}

/// Judges one message after another, keeping its buffers and what it has learnt of spellings.
///
/// Not shared between threads. What it has met before does not change what it says.
public final class Worker {
  /// What it judges with.
  public let pipeline: Pipeline
  private let classifier: Classifier
  private let reader: MailReader

  init(_ pipeline: Pipeline) {
    self.pipeline = pipeline
    classifier = Classifier(lexicon: pipeline.lexicon)
    reader = MailReader(limits: pipeline.limits)
  }

  /// Reads a mail (RFC 5322) as it came, within the pipeline's limits.
  public func read(mail bytes: [UInt8]) throws(MailError) -> Message { try reader.read(bytes) }

  /// Judges a mail as it came.
  ///
  /// - Parameter location: names the mail in an error, as `inbox/17.eml`.
  public func judge(
    mail bytes: [UInt8], id: MessageID, location: String, explain: Bool = false
  ) -> Judgement {
    do throws(MailError) {
      let message = try read(mail: bytes)
      return judge(message, id: id, explain: explain)
    } catch {
      return Judgement(
        id: id,
        outcome: .failed(
          RecordError(
            code: error.code.word, message: error.message,
            location: "\(location) (byte \(error.offset))")))
    }
  }

  /// Judges a text that is no mail.
  public func judge(text: [UInt8], id: MessageID, explain: Bool = false) -> Judgement {
    judge(
      PlainText.message(text: text, id: nil, limits: pipeline.limits), id: id, explain: explain)
  }

  /// Judges a message that was read before.
  public func judge(_ message: Message, id: MessageID, explain: Bool = false) -> Judgement {
    let assessment = classifier.assess(message, explain: explain)
    let decision = pipeline.policy.decide(Facts(assessment: assessment, message: message))
    return Judgement(id: id, outcome: .judged(message, assessment, decision))
  }
}
