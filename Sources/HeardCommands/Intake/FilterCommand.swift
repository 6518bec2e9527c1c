internal import ArgumentParser
internal import Glibc
internal import HeardInput
internal import HeardIntake

/// `heard filter`: standard input to standard output, with `X-Heard-*` fields.
struct FilterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter", _superCommandName: HeardCommand.name,
    abstract: "Pass a mail on with X-Heard-* fields, for procmail, maildrop and Sieve.",
    discussion: """
      Examples:
        heard filter < letter.eml
        :0 fw                      (procmail)
        | heard filter
        xfilter "heard filter"     (maildrop)
        filter "heard-filter";     (Sieve, vnd.dovecot.filter)
        heard filter --deadlines ours.yaml --headers zammad < letter.eml

      The mail passes byte for byte; only X-Heard-* fields are added on top, and those that it \
      brought along are removed. A mail that cannot be judged, whatever the reason, passes with \
      X-Heard-Status: error alone, or is given back (--on-error tempfail). --deadlines adds \
      X-Heard-Due; --headers adds the fields by which a ticket system files the mail.

      Exit status: 0 the mail was passed on; 75 it was not, try again. Nothing else.
      """)

  @OptionGroup var options: PipeOptions

  func run() throws {
    let restart = PipeProcess.restartReason()
    let message = try PipeProcess.readMessage(seconds: options.timeout)
    let mail = PipeProcess.judging { options.judge(message, [], restart) }
    PipeProcess.beginFiling(seconds: options.timeout)
    try options.check(mail)
    do throws(SystemFailure) {
      try FileDescriptor.standardOutput().write(mail.tagged(.ok))
    } catch {
      throw TemporaryFailure("standard output cannot be written: \(error)")
    }
    // A file system that is full or away may say so only now.
    guard close(1) == 0 || errno == EINTR else {
      throw TemporaryFailure("standard output cannot be written: \(Terminal.systemReason())")
    }
    if let fault = mail.fault { Terminal.complain("passed on without being judged: \(fault)") }
  }
}
