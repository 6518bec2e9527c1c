internal import ArgumentParser
internal import Heard
internal import HeardCases
internal import HeardIntake

/// `heard deliver`: a mail from a mail server into its queue.
struct DeliverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliver", _superCommandName: HeardCommand.name,
    abstract: "File a mail in the Maildir queue where it will be heard; for mail servers.",
    discussion: """
      Examples:
        heard deliver --maildir /var/mail/heard < letter.eml
        heard deliver --maildir /var/mail/heard --sender=${sender} -- ${recipient}
        heard deliver --sendmail /usr/sbin/sendmail --sender=${sender} -- ${recipient}
        heard deliver --queues postgresql://heard@db/heard --sender=${sender} -- ${recipient}

      The first and second are for Postfix's pipe (docs/operations.md); a queue is a folder of the \
      Maildir, .billing, which Dovecot shows as the mailbox billing. The ledger (--ledger, else \
      heard-ledger.sqlite in the Maildir) recognises a mail that comes again for the same \
      recipient, so that it is filed once. --sendmail hands the mail with its X-Heard-* fields to \
      another program instead; there is no ledger then. --queues puts it into a database that has \
      queues and ledger, for several hosts: heard queue takes it from there.

      A mail that cannot be judged, whatever the reason, goes to the queue --fallback-queue with \
      X-Heard-Status: error.

      Exit status: 0 the mail is on disk and recorded; 75 it is not, try again. Nothing else.
      """)

  @Option(help: "The Maildir that has the queues; made when missing.", completion: .directory)
  var maildir: String?

  @Option(
    help: "The ledger: a SQLite file or a postgresql: URL.", completion: .file())
  var ledger: String?

  @Option(
    help: "Instead: database of queues and ledger, a postgresql: URL or a SQLite file.",
    completion: .file())
  var queues: String?

  @Option(help: "Hand the mail to this program (sendmail -G -i -f SENDER -- RECIPIENT…) instead.")
  var sendmail: String?

  @Option(
    name: [.customShort("f"), .long], parsing: .unconditional, help: "The envelope's sender.")
  var sender = ""

  @Option(help: "The queue for what cannot be judged or filed where it should be.")
  var fallbackQueue = "fallback"

  @Option(help: "Days that the ledger keeps records (1 to 36500).")
  var retainDays = 400

  @OptionGroup var options: PipeOptions

  @Argument(help: "The envelope's recipients; each gets its own copy.")
  var recipients: [String] = []

  func validate() throws {
    guard [maildir, sendmail, queues].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("deliver needs one of --maildir, --queues and --sendmail")
    }
    if queues != nil, ledger != nil {
      throw ValidationError("--ledger goes with --maildir; --queues names a ledger as well")
    }
    guard (1...36_500).contains(retainDays) else {
      throw ValidationError("--retain-days takes 1 to 36500, not \(retainDays)")
    }
  }

  func run() throws {
    let restart = PipeProcess.restartReason()
    let message = try PipeProcess.readMessage(seconds: options.timeout)
    if let maildir {
      try deliver(message, maildir, ledger: ledger, restart)
    } else if let queues {
      try deliver(message, nil, ledger: queues, restart)
    } else if let sendmail {
      try hand(message, to: sendmail, restart)
    }
  }

  private func deliver(
    _ message: [UInt8], _ maildir: String?, ledger named: String?, _ restart: String?
  ) throws(TemporaryFailure) {
    let options = options
    let ledger: String
    do throws(IntakeError) {
      if let named { ledger = named } else { ledger = try Ledgers.path(inMaildir: maildir ?? "") }
    } catch {
      throw TemporaryFailure(error.description)
    }
    // What is wrong with these files is as wrong as a broken lexicon.
    let rules = PipeProcess.judging {
      Result { () throws(Failure) in restart == nil ? try options.rules() : HandlingRules() }
    }
    var configuration = IntakeConfiguration(maildir: maildir, ledger: ledger) {
      if let restart { throw Failure(.software, restart) }
      _ = try rules.get()
      return try options.load()
    }
    configuration.handling = (try? rules.get()) ?? HandlingRules()
    configuration.ticketSystem = options.headers
    configuration.fallbackQueue = fallbackQueue
    configuration.retention.days = retainDays
    do throws(IntakeError) {
      let intake = try PipeProcess.judging {
        Result { () throws(IntakeError) in try Intake(configuration) }
      }.get()
      let mail = PipeProcess.judging { intake.judge(message, recipients: recipients) }
      PipeProcess.beginFiling(seconds: options.timeout)
      if options.onError == .tempfail, let fault = mail.fault {
        throw IntakeError(.configuration, place: "the message", message: fault)
      }
      for recipient in recipients.isEmpty ? [""] : recipients {
        let receipt = try intake.file(
          mail, envelope: Envelope(sender: sender, recipient: recipient))
        if let fault = receipt.fault {
          Terminal.complain("filed in \(receipt.queue): \(fault)")
        }
      }
      // The mail is safe. What crashed before may be completed now, or by the next.
      _ = try? intake.recover()
      try? intake.maintain()
    } catch {
      throw TemporaryFailure(error.description)
    }
  }

  private func hand(
    _ message: [UInt8], to sendmail: String, _ restart: String?
  ) throws(TemporaryFailure) {
    guard !recipients.isEmpty else {
      throw TemporaryFailure("--sendmail needs the recipients: heard deliver … -- RECIPIENT…")
    }
    let mail = PipeProcess.judging { options.judge(message, recipients, restart) }
    PipeProcess.beginFiling(seconds: options.timeout)
    try options.check(mail)
    let status = try PipeProcess.run(
      sendmail, ["-G", "-i", "-f", sender, "--"] + recipients, input: mail.tagged(.ok))
    guard status == 0 else {
      throw TemporaryFailure("\(sendmail) ended with status \(status)")
    }
    if let fault = mail.fault { Terminal.complain("passed on without being judged: \(fault)") }
  }
}
