internal import ArgumentParser
internal import HeardRouter

/// `heard policy`: looks after routing policies.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Check routing policies.",
    subcommands: [PolicyCheckCommand.self])
}

/// `heard policy check`: reads a policy and says what is wrong with it.
struct PolicyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read a policy and report mistakes with file, line and column.",
    discussion: """
      Examples:
        heard policy check
        heard policy check policies/default.yaml

      Status 0: usable (warnings are printed); 78: in error.
      """)

  @Argument(help: "Policy file; none is the one that would be used.", completion: .file())
  var file: String?

  func run() throws {
    var options = PipelineOptions()
    options.lexicons = nil
    options.policy = file
    let (policy, warnings) = try options.readPolicy()
    for warning in warnings { Terminal.complain(warning.description) }
    try Terminal.write(
      "\(policy.rules.count) rules, \(policy.additions.count) additions, "
        + "\(policy.queues.count) queues, fallback \(policy.fallbackQueue); \(policy.digest)\n")
  }
}
