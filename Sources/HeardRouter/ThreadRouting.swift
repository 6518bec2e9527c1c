internal import HeardClassifier
internal import HeardLexicon
internal import HeardMail

/// Keeps a conversation at one desk.
public enum ThreadRouting {
  /// The rule that such a decision names.
  public static let rule = "same-conversation"

  /// The decision with the queue of the conversation, unless safety or heat says otherwise.
  ///
  /// What is owed on the way stays: steps and obligations are about what this message says. A message
  /// that the policy sends elsewhere goes there when it tells of danger, when it is heated (2 or
  /// more) and more heated than before, or when nobody wrote it. Nothing goes back to a queue that the
  /// policy has not (any more), or that is for automatic mail.
  ///
  /// - Parameter allows: whether it may go to a queue (``Policy/allows(_:for:)``).
  public static func adjust(
    _ decision: Decision, thread: ThreadFacts?, facts: Facts, allows: (String) -> Bool
  ) -> Decision {
    guard let thread, let queue = thread.queue, queue != decision.queue, allows(queue),
      facts.automatic == nil, facts.assessment.messageClass != .auto,
      !facts.assessment.signals.contains(.safety),
      !(facts.assessment.anger >= 2 && thread.trend == .rising)
    else { return decision }
    return decision.moved(to: queue, by: rule, because: "conversation: last in \(queue)")
  }
}
