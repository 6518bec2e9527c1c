public import Heard
public import HeardCases
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
/// Where the queues are in the ledger's database, the mail and its record are made in one
/// transaction instead of steps 2 to 5.
///
/// Killed before 3, the sender still has the mail and the file in `tmp` is litter. Killed after 3,
/// whoever comes next finds the record pending and does step 4, wherever the file is within reach: a
/// file that is not in `tmp` any more has been moved. Until then the mail is not accepted again.
public final class Intake: Sendable {
  private let judge: Judge
  /// nil: the queues are in the ledger's database.
  let maildir: MaildirQueue?
  let ledger: any Ledger
  let configuration: IntakeConfiguration
  /// nil: the process guards itself another way.
  let judgingGuard: JudgingGuard?
  let host: String
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
    // Before the ledger, which may be a file in it.
    var maildir = try configuration.maildir.map { root throws(IntakeError) in
      try MaildirQueue(root: root)
    }
    let ledger = try Ledgers.open(configuration.ledger, patience: configuration.ledgerPatience)
    self.ledger = ledger
    if maildir != nil {
      let identity = try ledger.identity()
      maildir?.ledger = identity
    }
    self.maildir = maildir
    host = MaildirQueue.hostName()
    judgingGuard = try configuration.notes.map { folder throws(IntakeError) in
      try JudgingGuard(folder: folder, ledger: ledger, most: configuration.mostAttempts)
    }
    var fault: String?
    var pipeline: Pipeline?
    do {
      pipeline = try configuration.pipeline()
    } catch {
      fault = "\(error)"
    }
    startFault = fault
    judge = Judge(
      pipeline, fault: fault ?? "there is no pipeline", rules: configuration.handling,
      evidenceLimit: configuration.evidenceLimit, system: configuration.ticketSystem)
  }

  /// Judges by another pipeline from now on.
  ///
  /// - Parameter rules: what mails are handled with from now on; nil leaves it.
  public func reload(_ pipeline: Pipeline, rules: HandlingRules? = nil) {
    judge.reload(pipeline, rules: rules)
  }

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
    let identity = MessageIdentity(message)
    if let known = try known(identity, envelope, now: configuration.clock()) { return known }
    return try file(judge(message, identity, [envelope.recipient]), envelope: envelope)
  }

  /// Judges a mail without filing it, for several ``file(_:envelope:)``.
  ///
  /// - Parameter recipients: the envelope's; they count as those that the mail itself names.
  public func judge(_ message: [UInt8], recipients: [String]) -> JudgedMail {
    judge(message, MessageIdentity(message), recipients)
  }

  private func judge(
    _ message: [UInt8], _ identity: MessageIdentity, _ recipients: [String]
  ) -> JudgedMail {
    func outcome() -> Judge.Outcome {
      judge.judge(message, recipients: recipients, limit: configuration.judgingLimit)
    }
    let start = ContinuousClock.now
    let judged = judgingGuard?.judge(identity.digest, outcome) ?? outcome()
    return JudgedMail(
      message, identity: identity, outcome: judged, judgingTime: ContinuousClock.now - start,
      for: configuration.ticketSystem)
  }

  /// Whether so many messages do not come back from being judged that no other is judged; only the
  /// end of the process frees their threads.
  public var isStuck: Bool { judge.isStuck }

  /// Files a judged mail for one recipient; as ``accept(_:envelope:)`` otherwise.
  public func file(_ mail: JudgedMail, envelope: Envelope) throws(IntakeError) -> Receipt {
    let now = configuration.clock()
    if let known = try known(mail.identity, envelope, now: now) { return known }
    if case .noThread = mail.outcome {
      throw IntakeError(
        .judging, place: "the message", message: "\(mail.fault ?? ""); try again later")
    }
    guard let maildir else { return try enqueue(mail, envelope, now) }
    let staged = try stage(mail, maildir)
    let place = staged.file.place
    let entry = entry(
      mail, envelope, now, status: staged.status, queue: place.queue, file: place.file,
      maildir: maildir.root)
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
      return receipt(record, mail, staged.trouble)
    }
  }

  /// Puts a mail into a queue beside the ledger.
  private func enqueue(
    _ mail: JudgedMail, _ envelope: Envelope, _ now: Int64
  ) throws(IntakeError) -> Receipt {
    let queue = mail.queue.flatMap { MaildirQueue.isQueueName($0) ? $0 : nil }
    let status = queue == nil ? MessageStatus.error : .ok
    let entry = entry(
      mail, envelope, now, status: status, queue: queue ?? configuration.fallbackQueue, file: "",
      maildir: "")
    let outcome = try ledger.append(
      entry, message: mail.tagged(status), fillsOutbox: configuration.fillsOutbox)
    switch outcome {
    case .known(let record): return try redelivered(record)
    case .recorded(let record): return receipt(record, mail, nil)
    }
  }

  private func entry(
    _ mail: JudgedMail, _ envelope: Envelope, _ now: Int64, status: MessageStatus, queue: String,
    file: String, maildir: String
  ) -> LedgerEntry {
    let digests = mail.digests
    return LedgerEntry(
      key: mail.identity.key(recipient: envelope.recipient, now: now),
      message: mail.identity.digest, size: mail.message.count, receivedAt: now,
      status: status, queue: queue, file: file, maildir: maildir,
      host: host, lexicon: digests.lexicon, policy: digests.policy, version: Version.current,
      decision: mail.decision,
      personal: .init(
        sender: envelope.sender, recipient: envelope.recipient, messageID: mail.messageID))
  }

  private func receipt(_ record: LedgerRecord, _ mail: JudgedMail, _ trouble: String?) -> Receipt {
    var receipt = Receipt(record, isDuplicate: false)
    receipt.fault = mail.fault ?? trouble
    if case .judged(let judgement, _, _) = mail.outcome,
      case .judged(_, let assessment, let decision) = judgement.outcome
    {
      receipt.assessment = assessment
      receipt.decision = decision
      receipt.judgingTime = mail.judgingTime
    }
    return receipt
  }

  /// A mail in `tmp`, and how it came to be in that queue.
  private struct StagedMail: ~Copyable {
    let file: MaildirQueue.Staged
    let status: MessageStatus
    var trouble: String?
  }

  /// Writes the mail into the `tmp` of its queue, else of the fallback queue.
  private func stage(
    _ mail: JudgedMail, _ maildir: MaildirQueue
  ) throws(IntakeError) -> StagedMail {
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
