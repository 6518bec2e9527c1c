// MARK: - What was begun before

extension Intake {
  /// The receipt of a mail that was here before; its filing is completed when it was not.
  ///
  /// - Parameter now: seconds since 1970.
  func known(
    _ identity: MessageIdentity, _ envelope: Envelope, now: Int64
  ) throws(IntakeError) -> Receipt? {
    for key in identity.keys(recipient: envelope.recipient, now: now) {
      if let record = try ledger.find(key: key),
        identity.isRedelivery(of: record.entry.receivedAt, now: now)
      {
        return try redelivered(record)
      }
    }
    return nil
  }

  func redelivered(_ record: LedgerRecord) throws(IntakeError) -> Receipt {
    let entry = record.entry
    if try ledger.isPending(record.sequence) {
      let pending = PendingFile(
        sequence: record.sequence, host: entry.host, receivedAt: entry.receivedAt,
        maildir: entry.maildir, queue: entry.queue, file: entry.file)
      // Another host that was at work on it may be done by now.
      if try !complete(pending, searchesRead: true), try ledger.isPending(record.sequence) {
        throw IntakeError(
          .queue, place: entry.maildir,
          message: "the mail was begun by \(entry.host), whose Maildir is not here; start heard"
            + " there, or bring that Maildir here")
      }
    }
    return Receipt(record, isDuplicate: true)
  }

  /// Publishes what is pending; false when its Maildir is not here.
  ///
  /// A host may have another name than it had, and its Maildir another path: where the file is
  /// found, it is completed. A file that is not in `tmp` has been published, but only the host that
  /// wrote it can tell that from one that is elsewhere.
  ///
  /// - Parameter searchesRead: as in ``MaildirQueue/has(_:in:searchesRead:)``.
  private func complete(
    _ pending: PendingFile, searchesRead: Bool
  ) throws(IntakeError) -> Bool {
    let place = MaildirQueue.Place(queue: pending.queue, file: pending.file)
    let found = [maildir?.root, pending.maildir].compactMap(\.self).first { root in
      MaildirQueue.has(place, in: root, searchesRead: searchesRead)
    }
    guard let root = found ?? (pending.host == host ? pending.maildir : nil) else { return false }
    if let maildir, maildir.root == root {
      try maildir.publish(place)
    } else {
      try MaildirQueue(root: root).publish(place)
    }
    try? ledger.settle(pending.sequence)
    return true
  }

  /// Completes what crashed processes left pending, of this host or in this Maildir.
  ///
  /// Harmless beside processes that are at work: whoever moves a file first has moved it.
  ///
  /// - Returns: how many were completed; those that cannot be are tried again the next time.
  @discardableResult
  public func recover() throws(IntakeError) -> Int {
    var completed = 0
    var failure: IntakeError?
    let now = configuration.clock()
    for pending in try ledger.pending(host: host, maildir: maildir?.root) {
      // Another host is at work on it, or was until not long ago.
      let isFresh = pending.host != host && now - pending.receivedAt < 3600
      do throws(IntakeError) {
        if try complete(pending, searchesRead: !isFresh) { completed += 1 }
      } catch {
        failure = error
      }
    }
    if let failure, completed == 0 { throw failure }
    return completed
  }

  /// Removes some of the records that retention no longer keeps.
  ///
  /// A few at a time, for mail waits meanwhile.
  ///
  /// - Returns: whether there may be more.
  @discardableResult
  public func prune() throws(IntakeError) -> Bool {
    let limit = 64
    return try ledger.prune(configuration.retention, now: configuration.clock(), limit: limit)
      == limit
  }

  /// Removes records by retention, and what crashed processes left in `tmp`.
  ///
  /// Cheap: call it now and then.
  public func maintain() throws(IntakeError) {
    try prune()
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
