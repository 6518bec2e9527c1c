internal import ArgumentParser
internal import HeardCases

/// `heard forget`: forgets a sender.
struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Forget everything that senders wrote in the account of conversations.",
    discussion: """
      Examples:
        heard forget --cases cases.db sanne@example.org
        heard forget --cases cases.db --expire --retain 30d

      Senders are in the file as keyed digests only; the address is digested and looked for. Messages, \
      links and clocks of theirs go, conversations too of which nothing is left, and what was \
      deleted is overwritten. Records and mailboxes are not touched: they are where you put them.
      """)

  @OptionGroup var caseFile: CaseFileOptions

  @Flag(help: "Forget what is older than --retain, and nothing else.")
  var expire = false

  @Argument(help: "Addresses, as sanne@example.org.")
  var senders: [String] = []

  func validate() throws {
    if caseFile.cases == nil { throw ValidationError("name the file with --cases") }
    if senders.isEmpty, !expire { throw ValidationError("name a sender, or give --expire") }
  }

  func run() throws {
    guard let cases = try caseFile.open(toTakeIn: false) else { return }
    do {
      if expire { try CaseFileOptions.expire(cases) }
      for sender in senders {
        let count = try cases.forget(sender)
        try Terminal.write("\(count) \(count == 1 ? "message" : "messages") forgotten\n")
      }
      if expire {
        let left = try cases.count()
        try Terminal.write("\(left) \(left == 1 ? "message is" : "messages are") remembered\n")
      }
    } catch let error as CaseError {
      throw CaseFileOptions.failure(error)
    }
  }
}
