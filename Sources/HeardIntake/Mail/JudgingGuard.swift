internal import Glibc
internal import Synchronization

/// Sees to it that no message ends the process again and again.
///
/// Law: a message that was being judged when processes ended `most` times is not judged once more.
/// Those that were judged beside it are suspects as well: suspects are judged one at a time, so that
/// the next end leaves one culprit, and the innocent are cleared.
final class JudgingGuard: Sendable {
  private let notes: JudgingNotes
  private let folder: String
  private let ledger: any Ledger
  private let most: Int
  private let oneAtATime = Mutex(())

  /// Takes note of what ended the processes before this one.
  init(folder: String, ledger: any Ledger, most: Int) throws(IntakeError) {
    self.folder = folder
    self.ledger = ledger
    self.most = max(1, most)
    notes = try JudgingNotes(folder: folder)
    try collect()
  }

  /// Judges by `body`, or says why not.
  func judge(_ digest: String, _ body: () -> Judge.Outcome) -> Judge.Outcome {
    // A ledger that cannot be read will take no record either: the sender tries again later.
    let attempts = (try? ledger.attempts(of: digest)) ?? 0
    if attempts >= most {
      return .fault("the process ended \(attempts) times while it judged the message")
    }
    guard attempts > 0 else { return notes.noting(digest, body) }
    return oneAtATime.withLock { _ in
      let outcome = notes.noting(digest, body)
      if case .judged = outcome { try? ledger.clearAttempts(of: digest) }
      return outcome
    }
  }

  /// Takes note of what ended other processes with notes in the same folder, and forgets what was
  /// long ago.
  func collect() throws(IntakeError) {
    let now = Int64(time(nil))
    try JudgingNotes.collect(in: folder) { messages throws(IntakeError) in
      try ledger.addAttempts(messages, now: now)
    }
    try ledger.clearAttempts(before: now - 30 * 86_400)
  }
}
