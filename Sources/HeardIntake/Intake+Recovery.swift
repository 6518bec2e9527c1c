internal import Glibc

// MARK: - What was begun before

extension Intake {
  /// The receipt of a mail that was here before; its filing is completed when it was not.
  func known(_ digest: String, _ envelope: Envelope) throws(IntakeError) -> Receipt? {
    let key = CanonicalMessage.key(digest: digest, recipient: envelope.recipient)
    guard let record = try ledger.find(key: key) else { return nil }
    return try redelivered(record)
  }

  func redelivered(_ record: LedgerRecord) throws(IntakeError) -> Receipt {
    if record.entry.host == host, try ledger.isPending(record.sequence) {
      try complete(
        PendingFile(
          sequence: record.sequence, maildir: record.entry.maildir, queue: record.entry.queue,
          file: record.entry.file))
    }
    return Receipt(record, isDuplicate: true)
  }

  private func complete(_ pending: PendingFile) throws(IntakeError) {
    let maildir: MaildirQueue
    if let ours = self.maildir, ours.root == pending.maildir {
      maildir = ours
    } else {
      maildir = try MaildirQueue(root: pending.maildir)
    }
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
    try judgingGuard?.collect()
    guard let maildir else { return }
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
