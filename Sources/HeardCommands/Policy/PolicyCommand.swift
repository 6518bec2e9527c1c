internal import ArgumentParser

/// `heard policy`: looks after routing policies.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Check, try, compare and explain routing policies.",
    discussion: "docs/routing.md shows how a policy is written and what each of these is for.",
    subcommands: [
      PolicyCheckCommand.self, PolicyTestCommand.self, PolicyWhatIfCommand.self,
      PolicyExplainCommand.self, PolicySieveCommand.self,
    ])
}
