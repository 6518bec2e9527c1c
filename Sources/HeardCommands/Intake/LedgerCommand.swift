internal import ArgumentParser
internal import Heard
internal import HeardIntake

/// `heard ledger`: what was decided, and when.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Show, verify, export and forget what was decided.",
    subcommands: [
      LedgerShowCommand.self, LedgerVerifyCommand.self, LedgerExportCommand.self,
      LedgerForgetCommand.self,
    ])
}

/// Which ledger is meant.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: "The ledger: a SQLite file or a postgresql: URL; else HEARD_LEDGER.",
    completion: .file())
  var ledger: String?

  func open() throws(Failure) -> any Ledger {
    guard let name = ledger ?? Terminal.environment("HEARD_LEDGER") else {
      throw Failure(.usage, "which ledger? Name it with --ledger or HEARD_LEDGER")
    }
    return try Self.open(
      name, missing: "there is no such ledger; name it with --ledger or HEARD_LEDGER")
  }

  /// Opens a ledger that is there; `missing` says what to do when it is not.
  static func open(_ name: String, missing: String) throws(Failure) -> any Ledger {
    do throws(IntakeError) {
      return try Ledgers.open(name, creates: false)
    } catch {
      guard error.code == .noLedger else { throw failure(error) }
      throw Failure(.noInput, "\(error.place): \(missing)")
    }
  }

  private static func failure(_ error: IntakeError) -> Failure {
    Failure(error.code == .configuration ? .usage : .inputOutput, error.description)
  }

  /// Runs what may fail for the ledger's sake.
  static func run<Value>(
    _ body: () throws(IntakeError) -> Value
  ) throws(Failure) -> Value {
    do throws(IntakeError) {
      return try body()
    } catch {
      throw failure(error)
    }
  }

  /// All records behind a number, in order.
  static func each(
    of ledger: any Ledger, after first: Int = 0, _ body: (LedgerRecord) throws(Failure) -> Void
  ) throws(Failure) {
    var last = first
    while true {
      let batch = try run { () throws(IntakeError) in
        try ledger.records(after: last, limit: 500)
      }
      guard let newest = batch.last else { return }
      for record in batch { try body(record) }
      last = newest.sequence
    }
  }
}

/// `heard ledger show`: the latest records, for people.
struct LedgerShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the latest records, or those of one message.",
    discussion: """
      Examples:
        heard ledger show --ledger /var/mail/heard/heard-ledger.sqlite
        heard ledger show --last 100 --status error
        heard ledger show --message-id 17@example.org

      A line a record: number, time (UTC), status, queue, size, Message-ID.
      """)

  @Option(help: "How many records (1 to 100000).")
  var last = 20

  @Option(help: "Only records of this queue.")
  var queue: String?

  @Option(help: "Only records with this status: ok, fallback or error.")
  var status: String?

  @Option(help: "Only records of this Message-ID, without brackets.")
  var messageID: String?

  @OptionGroup var options: LedgerOptions

  func validate() throws {
    guard (1...100_000).contains(last) else {
      throw ValidationError("--last takes 1 to 100000, not \(last)")
    }
    if let status, MessageStatus(rawValue: status) == nil {
      throw ValidationError("--status takes ok, fallback or error, not '\(status)'")
    }
  }

  func run() throws {
    let ledger = try options.open()
    var shown: [LedgerRecord] = []
    let isWhole = queue != nil || status != nil || messageID != nil
    let head = try LedgerOptions.run { () throws(IntakeError) in try ledger.head() }
    try LedgerOptions.each(of: ledger, after: isWhole ? 0 : max(0, head.sequence - last)) {
      guard queue == nil || $0.entry.queue == queue,
        status == nil || $0.entry.status.rawValue == status,
        messageID == nil || $0.entry.personal?.messageID == messageID
      else { return }
      shown.append($0)
      if shown.count > 2 * last { shown.removeFirst(shown.count - last) }
    }
    var text = ""
    for record in shown.suffix(last) {
      let entry = record.entry
      let id = entry.personal.map { $0.messageID.isEmpty ? "-" : $0.messageID } ?? "(forgotten)"
      text +=
        "\(record.sequence)\t\(UTCTime.text(entry.receivedAt))\t\(entry.status.rawValue)\t"
        + "\(entry.queue)\t\(entry.size)\t\(id)\n"
    }
    try Terminal.write(text)
  }
}

/// `heard ledger verify`: whether the chain is whole.
struct LedgerVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that no record was changed, removed or slipped in.",
    discussion: """
      Examples:
        heard ledger verify --ledger /var/mail/heard/heard-ledger.sqlite
        heard ledger verify --known sha256:0f3c…

      Prints the number of records and the digest of the last. Keep that somewhere else: with \
      --known a later verify also shows that the end was not cut off and written anew.

      Exit status: 0 whole; 1 not; 66 there is none; 74 it cannot be read.
      """)

  @Option(help: "A digest that verify printed before; must still be in the chain.")
  var known: String?

  @OptionGroup var options: LedgerOptions

  func run() throws {
    let ledger = try options.open()
    let verification = try LedgerOptions.run { () throws(IntakeError) in
      try LedgerVerification(ledger, known: known)
    }
    for fault in verification.faults { try Terminal.write("\(fault)\n") }
    try Terminal.write(
      "\(verification.count) records, \(verification.forgotten) forgotten, "
        + "\(verification.faults.count) faults; last \(verification.head.sequence) "
        + "\(verification.head.digest)\n")
    if !verification.faults.isEmpty { throw Failure(.findings, "") }
  }
}

/// `heard ledger export`: records as JSON lines.
struct LedgerExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write records as JSON lines, oldest first.",
    discussion: """
      Examples:
        heard ledger export --ledger heard-ledger.sqlite > ledger.jsonl
        heard ledger export --after 12000 | jq -r .queue | sort | uniq -c
      """)

  @Option(help: "Only records behind this number.")
  var after = 0

  @OptionGroup var options: LedgerOptions

  func run() throws {
    let ledger = try options.open()
    var writer = JSONWriter()
    try LedgerOptions.each(of: ledger, after: after) { record throws(Failure) in
      writer.removeAll()
      LedgerJSON.write(line: record, into: &writer)
      try Terminal.write(writer.bytes)
    }
  }
}

/// `heard ledger forget`: takes out what a person can be found by.
struct LedgerForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Forget a person, or what is older than some days.",
    discussion: """
      Examples:
        heard ledger forget --sender ann@example.org
        heard ledger forget --message-id 17@example.org
        heard ledger forget --older-than 90

      For a person the addresses and Message-ID go out of the records, and what was decided stays: \
      the chain is still whole, and a mail that comes again is still recognised. --older-than \
      removes whole records from the oldest end. Neither touches the mails in the queues.
      """)

  @Option(help: "Forget the records of this Message-ID, without brackets.")
  var messageID: String?

  @Option(help: "Forget the records of this sender.")
  var sender: String?

  @Option(help: "Forget the records of this recipient.")
  var recipient: String?

  @Option(help: "Remove records older than so many days (at least 1).")
  var olderThan: Int?

  @OptionGroup var options: LedgerOptions

  func validate() throws {
    guard messageID != nil || sender != nil || recipient != nil || olderThan != nil else {
      throw ValidationError("whom? Name --message-id, --sender, --recipient or --older-than")
    }
    if let olderThan, !(1...36_500).contains(olderThan) {
      throw ValidationError("--older-than takes 1 to 36500 days, not \(olderThan)")
    }
  }

  func run() throws {
    let ledger = try options.open()
    let subjects =
      [
        messageID.map { LedgerSubject.messageID($0) }, sender.map { .sender($0) },
        recipient.map { .recipient($0) },
      ].compactMap(\.self)
    let (forgotten, removed) = try LedgerOptions.run { () throws(IntakeError) in
      var counts = (forgotten: 0, removed: 0)
      for subject in subjects { counts.forgotten += try ledger.forget(subject) }
      guard let olderThan else { return counts }
      var retention = Retention()
      retention.days = olderThan
      retention.keptRecords = 0
      while true {
        let removed = try ledger.prune(retention, now: UTCTime.now(), limit: 1000)
        counts.removed += removed
        if removed == 0 { return counts }
      }
    }
    try Terminal.write("\(forgotten) records without their person, \(removed) removed\n")
  }
}
