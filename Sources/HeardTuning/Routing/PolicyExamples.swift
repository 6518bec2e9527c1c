public import Heard
internal import HeardClassifier
internal import HeardLexicon
internal import HeardMail
public import HeardRouter

/// Holds the rules of a policy to the examples written beside them.
public enum PolicyExamples {
  /// One example, tried.
  public struct Outcome: Sendable {
    /// The example.
    public var example: PolicyExample
    /// Where it went, with reasons; nil for a mail that cannot be read.
    public var decision: Decision?
    /// What it was judged to be, as `class: complaint, anger: 2`.
    public var judged: String

    /// Whether the policy agrees with it.
    public var holds: Bool { decision.map { example.holds($0.reasons) } ?? false }
  }

  /// Tries examples with the lexicons and the policy of a pipeline.
  public static func run(_ examples: [PolicyExample], _ pipeline: Pipeline) -> [Outcome] {
    let worker = pipeline.makeWorker()
    return examples.map { example in
      guard let facts = facts(example.subject, worker) else {
        return Outcome(example: example, decision: nil, judged: "a mail that cannot be read")
      }
      return Outcome(
        example: example, decision: pipeline.policy.explain(facts),
        judged: summary(facts.assessment))
    }
  }

  /// The facts of an example; nil for a mail that cannot be read.
  public static func facts(_ subject: PolicyExample.Subject, _ worker: Worker) -> Facts? {
    switch subject {
    case .facts(let named): return named.facts
    case .text(let text, let more):
      let bytes = Array(text.utf8)
      let judgement =
        MailReader.looksLikeMail(bytes)
        ? worker.judge(mail: bytes, id: .none, location: "example")
        : worker.judge(text: bytes, id: .none)
      guard case .judged(let message, let assessment, _) = judgement.outcome else { return nil }
      var facts = Facts(assessment: assessment, message: message)
      more.add(to: &facts)
      return facts
    }
  }

  private static func summary(_ assessment: Assessment) -> String {
    var text = "class: \(assessment.messageClass.rawValue), anger: \(assessment.anger)"
    if !assessment.tags.isEmpty {
      text += ", tags: " + assessment.tags.map(\.rawValue).joined(separator: " ")
    }
    if !assessment.signals.isEmpty {
      text += ", signals: " + assessment.signals.map(\.rawValue).joined(separator: " ")
    }
    return text
  }
}
