internal import ArgumentParser
internal import Glibc
internal import Heard
internal import HeardIntake

/// `heard queue take`: mails for who works them off.
struct QueueTakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "take",
    abstract: "Take mails of a queue, or have a program take them one by one.",
    discussion: """
      Examples:
        heard queue take billing --queues postgresql://heard@db/heard
        heard queue take billing --limit 100 --lease 900 > mails.jsonl
        heard queue take complaints --limit 0 -- /usr/local/bin/file-ticket

      Prints an object a line: ticket, queue, attempts, record number, receivedAt, sender, \
      recipient, decision, and the mail in base 64. Acknowledge them with heard queue ack within \
      the lease; what is not comes back to the queue. No mail is printed twice: when the lease of \
      the first ends before --limit is reached, the rest stays in the queue.

      With a program, each mail goes to its standard input with HEARD_QUEUE and HEARD_TICKET in its \
      environment. Status 0: it is done and leaves the queue. Any other, or its death: the mail is \
      given back for later, twice as late each time.

      Exit status: 0 done, also when there was none; 1 the program refused some.
      """)

  @Option(help: "Mails at most; 0 with a program: all there are (0 to 100000).")
  var limit = 1

  @Option(help: "Seconds that they are in hand at most (1 to 604800).")
  var lease = 600

  @OptionGroup var options: QueueOptions

  @Argument(help: "The queue.")
  var queue: String

  @Argument(help: "A program and its arguments, behind --.")
  var program: [String] = []

  func validate() throws {
    guard (0...100_000).contains(limit), limit > 0 || !program.isEmpty else {
      throw ValidationError("--limit takes 1 to 100000, and 0 with a program")
    }
    guard (1...604_800).contains(lease) else {
      throw ValidationError("--lease takes 1 to 604800 seconds, not \(lease)")
    }
  }

  func run() throws {
    let ledger = try options.open()
    if program.isEmpty { try list(ledger) } else { try hand(ledger) }
  }

  /// Prints mails, each once: what comes back meanwhile, because its lease ended or it was given
  /// back, is for the next who takes.
  private func list(_ ledger: any Ledger) throws(Failure) {
    let start = ContinuousClock.now
    // A second less: the database counts whole ones.
    let end = start.advanced(by: .seconds(lease - 1))
    var printed: Set<Int> = []
    while printed.count < limit {
      guard printed.isEmpty || ContinuousClock.now < end else {
        Terminal.complain(
          "\(printed.count) taken; the lease of the first ends, so take the rest again, with a"
            + " longer --lease")
        return
      }
      // A few at a time: they are all in memory.
      let taken = try take(min(limit - printed.count, 50), ledger)
      var isAgain = taken.isEmpty
      for mail in taken {
        if printed.insert(mail.ticket.sequence).inserted {
          try Terminal.write(Self.line(mail))
        } else {
          isAgain = true
          _ = try LedgerOptions.run { () throws(IntakeError) in
            try ledger.release(mail.ticket, until: 0)
          }
        }
      }
      if isAgain { return }
    }
  }

  private func take(_ count: Int, _ ledger: any Ledger) throws(Failure) -> [TakenMessage] {
    try LedgerOptions.run { () throws(IntakeError) in
      try ledger.take(count, bytes: 16 << 20, from: queue, now: nil, lease: Int64(lease))
    }
  }

  /// Has the program work mails off, one at a time.
  private func hand(_ ledger: any Ledger) throws(Failure) {
    var left = limit == 0 ? Int.max : limit
    var refused = 0
    while left > 0, let mail = try take(1, ledger).first {
      left -= 1
      unsafe setenv("HEARD_QUEUE", mail.record.entry.queue, 1)
      unsafe setenv("HEARD_TICKET", mail.ticket.description, 1)
      let status: Int32
      do throws(TemporaryFailure) {
        status = try PipeProcess.run(program[0], Array(program.dropFirst()), input: mail.message)
      } catch {
        _ = try giveBack(mail, ledger)
        throw Failure(.temporary, error.reason)
      }
      if status == 0 {
        let isDone = try LedgerOptions.run { () throws(IntakeError) in
          try ledger.acknowledge(mail.ticket)
        }
        if !isDone { try QueueOptions.report([mail.ticket]) }
      } else {
        refused += 1
        let seconds = try giveBack(mail, ledger)
        Terminal.complain(
          "\(mail.ticket.sequence): \(program[0]) ended with status \(status); again in \(seconds) s"
        )
      }
    }
    if refused > 0 { throw Failure(.findings, "") }
  }

  /// Gives a mail back; seconds until it can be taken again.
  private func giveBack(_ mail: TakenMessage, _ ledger: any Ledger) throws(Failure) -> Int {
    let seconds = 30 << min(mail.attempts, 7)
    _ = try LedgerOptions.run { () throws(IntakeError) in
      try ledger.release(mail.ticket, until: UTCTime.now() + Int64(seconds))
    }
    return seconds
  }

  private static func line(_ mail: TakenMessage) -> [UInt8] {
    let entry = mail.record.entry
    var writer = JSONWriter()
    writer.openObject()
    writer.key("attempts")
    writer.integer(mail.attempts)
    writer.key("sequence")
    writer.integer(mail.record.sequence)
    var members = [
      ("ticket", mail.ticket.description), ("queue", entry.queue),
      ("receivedAt", UTCTime.text(entry.receivedAt)), ("status", entry.status.rawValue),
      ("mail", Base64.text(mail.message)),
    ]
    if let personal = entry.personal {
      members += [("sender", personal.sender), ("recipient", personal.recipient)]
    }
    for (name, value) in members {
      writer.key(name)
      writer.string(value)
    }
    writer.key("decision")
    writer.json(entry.decision.utf8)
    writer.closeObject()
    writer.endLine()
    return writer.finish()
  }
}
