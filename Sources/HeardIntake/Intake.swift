internal import Glibc
public import Heard
internal import HeardLexicon
internal import HeardRouter

/// Takes mails in and loses none: each is filed in exactly one queue, once.
///
/// Law: ``accept(_:envelope:)`` returns when the mail is on disk in a queue and its record is in the
/// ledger, and a mail that is accepted again gives the record of the first time. However and
/// whenever the process ends, accepting the same mail again completes what was begun, and files
/// nothing twice. The order that gives this:
///
/// 1. the key of mail and recipient is looked up: a known one is a redelivery;
/// 2. the mail is written into the queue's `tmp`, to the disk;
/// 3. the record, which names the file, is made in one transaction: from here on the mail is taken;
/// 4. the file is moved to `new`, to the disk;
/// 5. the record is no longer noted as pending.
///
/// Killed before 3, the sender still has the mail and the file in `tmp` is litter. Killed after 3,
/// whoever comes next finds the record pending and does step 4: a file that is not in `tmp` any more
/// has been moved.
public final class Intake: Sendable {
  private let judge: Judge
  private let maildir: MaildirQueue
  private let ledger: any Ledger
  private let configuration: IntakeConfiguration
  private let host: String
  /// Why the pipeline could not be made at the start; nil when it could.
  public let startFault: String?

  /// Opens ledger and queues, makes the pipeline, and completes what a crash left unfinished.
  ///
  /// A pipeline that cannot be made is no error here: see ``startFault``.
  public init(_ configuration: IntakeConfiguration) throws(IntakeError) {
    guard MaildirQueue.isQueueName(configuration.fallbackQueue) else {
      throw IntakeError(
        .configuration, place: configuration.fallbackQueue,
        message: "a queue's name has letters, digits and hyphens; choose another fallback queue")
    }
    self.configuration = configuration
    maildir = try MaildirQueue(root: configuration.maildir)
    ledger = try Ledgers.open(configuration.ledger, patience: configuration.ledgerPatience)
    host = maildir.host
    var fault: String?
    var pipeline: Pipeline?
    do {
      pipeline = try configuration.pipeline()
    } catch {
      fault = "\(error)"
    }
    startFault = fault
    judge = Judge(
      pipeline, fault: fault ?? "there is no pipeline",
      evidenceLimit: configuration.evidenceLimit)
  }

  /// Judges by another pipeline from now on.
  public func reload(_ pipeline: Pipeline) { judge.reload(pipeline) }

  /// The pipeline that is current; nil when none could be made yet.
  public var pipeline: Pipeline? { judge.pipeline }

  /// The records of what was accepted.
  public var records: any Ledger { ledger }

  /// Takes a mail in.
  ///
  /// - Throws: when the mail could be put nowhere, or not recorded; the sender should keep it and
  ///   try again (exit status 75, LMTP 451).
  public func accept(
    _ message: [UInt8], envelope: Envelope
  ) throws(IntakeError) -> Receipt {
    guard !message.isEmpty else {
      throw IntakeError(
        .empty, place: "the message", message: "there is none; was it cut off on its way?")
    }
    // A redelivery need not be judged.
    let digest = CanonicalMessage.digest(of: message)
    if let known = try known(digest, envelope) { return known }
    let outcome = judge.judge(message, limit: configuration.judgingLimit)
    return try file(JudgedMail(message, digest: digest, outcome: outcome), envelope: envelope)
  }

  /// Judges a mail without filing it, for several ``file(_:envelope:)``.
  public func judge(_ message: [UInt8]) -> JudgedMail {
    JudgedMail(
      message, digest: CanonicalMessage.digest(of: message),
      outcome: judge.judge(message, limit: configuration.judgingLimit))
  }

  /// Files a judged mail for one recipient; as ``accept(_:envelope:)`` otherwise.
  public func file(_ mail: JudgedMail, envelope: Envelope) throws(IntakeError) -> Receipt {
    if let known = try known(mail.digest, envelope) { return known }
    let staged = try stage(mail)
    let place = staged.file.place
    let digests = mail.digests
    let entry = LedgerEntry(
      key: CanonicalMessage.key(digest: mail.digest, recipient: envelope.recipient),
      message: mail.digest, size: mail.message.count, receivedAt: Int64(time(nil)),
      status: staged.status, queue: place.queue, file: place.file, maildir: maildir.root,
      host: host, lexicon: digests.lexicon, policy: digests.policy, version: Version.current,
      decision: mail.decision,
      personal: .init(
        sender: envelope.sender, recipient: envelope.recipient, messageID: mail.messageID))
    // When this throws, the record may have been made all the same: the file stays in `tmp`,
    // where it is found by the record, or cleaned away without one.
    switch try ledger.append(entry, fillsOutbox: configuration.fillsOutbox) {
    case .known(let record):
      maildir.discard(place)
      return try redelivered(record)
    case .recorded(let record):
      try maildir.publish(place)
      // It is filed; that it is not noted as such costs a look at the next start.
      try? ledger.settle(record.sequence)
      var receipt = Receipt(record, isDuplicate: false)
      receipt.fault = mail.fault ?? staged.trouble
      if case .judged(let judgement, _, _) = mail.outcome,
        case .judged(_, let assessment, let decision) = judgement.outcome
      {
        receipt.assessment = assessment
        receipt.decision = decision
      }
      return receipt
    }
  }

  /// A mail in `tmp`, and how it came to be in that queue.
  private struct StagedMail: ~Copyable {
    let file: MaildirQueue.Staged
    let status: MessageStatus
    var trouble: String?
  }

  /// Writes the mail into the `tmp` of its queue, else of the fallback queue.
  private func stage(_ mail: JudgedMail) throws(IntakeError) -> StagedMail {
    let fallback = configuration.fallbackQueue
    guard let queue = mail.queue, MaildirQueue.isQueueName(queue) else {
      return StagedMail(
        file: try maildir.stage(mail.tagged(.error), in: fallback), status: .error)
    }
    do throws(IntakeError) {
      return StagedMail(file: try maildir.stage(mail.tagged(.ok), in: queue), status: .ok)
    } catch {
      guard queue != fallback else { throw error }
      return StagedMail(
        file: try maildir.stage(mail.tagged(.fallback), in: fallback), status: .fallback,
        trouble: error.description)
    }
  }
}

// MARK: - What was begun before

extension Intake {
  /// The receipt of a mail that was here before; its filing is completed when it was not.
  private func known(_ digest: String, _ envelope: Envelope) throws(IntakeError) -> Receipt? {
    let key = CanonicalMessage.key(digest: digest, recipient: envelope.recipient)
    guard let record = try ledger.find(key: key) else { return nil }
    return try redelivered(record)
  }

  private func redelivered(_ record: LedgerRecord) throws(IntakeError) -> Receipt {
    if record.entry.host == host, try ledger.isPending(record.sequence) {
      try complete(
        PendingFile(
          sequence: record.sequence, maildir: record.entry.maildir, queue: record.entry.queue,
          file: record.entry.file))
    }
    return Receipt(record, isDuplicate: true)
  }

  private func complete(_ pending: PendingFile) throws(IntakeError) {
    let isOurs = pending.maildir == self.maildir.root
    let maildir = isOurs ? self.maildir : try MaildirQueue(root: pending.maildir)
    try maildir.publish(MaildirQueue.Place(queue: pending.queue, file: pending.file))
    try? ledger.settle(pending.sequence)
  }

  /// Completes what crashed processes of this host left pending.
  ///
  /// Harmless beside processes that are at work: whoever moves a file first has moved it.
  ///
  /// - Returns: how many were completed; those that cannot be are tried again the next time.
  @discardableResult
  public func recover() throws(IntakeError) -> Int {
    var completed = 0
    var failure: IntakeError?
    for pending in try ledger.pending(host: host) {
      do throws(IntakeError) {
        try complete(pending)
        completed += 1
      } catch {
        failure = error
      }
    }
    if let failure, completed == 0 { throw failure }
    return completed
  }

  /// Removes records by retention, and what crashed processes left in `tmp`.
  ///
  /// Cheap: call it now and then.
  public func maintain() throws(IntakeError) {
    _ = try ledger.prune(configuration.retention, now: Int64(time(nil)), limit: 64)
    do {
      try maildir.clean(age: 3600) { place in
        try ledger.names(file: place.file, queue: place.queue)
      }
    } catch let error as IntakeError {
      throw error
    } catch {
      throw IntakeError(.queue, place: maildir.root, message: "\(error)")
    }
  }
}

extension Receipt {
  init(_ record: LedgerRecord, isDuplicate: Bool) {
    status = record.entry.status
    self.isDuplicate = isDuplicate
    queue = record.entry.queue
    file = record.entry.file
    sequence = record.sequence
    digest = record.digest
  }
}
