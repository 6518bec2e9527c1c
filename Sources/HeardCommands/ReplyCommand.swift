internal import ArgumentParser
internal import HeardReply
internal import HeardSources

/// `heard reply`: looks at what goes back to the customer.
struct ReplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reply", abstract: "Check the wording of replies; nothing is ever rewritten.",
    subcommands: [ReplyCheckCommand.self, ReplyEvaluateCommand.self],
    defaultSubcommand: ReplyCheckCommand.self)
}

/// Which wording to check by.
struct WordingOptions: ParsableArguments {
  @Option(help: "Folder of reply rules and their lexicons.", completion: .directory)
  var replies: String?

  func wording() throws(Failure) -> ReplyWording {
    let path = try Installation.find(
      replies, variable: "HEARD_REPLIES", name: "replies", option: "--replies")
    do {
      return try ReplyWording(folder: path) { Terminal.complain($0.description) }
    } catch {
      throw Failure(.configuration, "\(path): \(error)")
    }
  }
}
