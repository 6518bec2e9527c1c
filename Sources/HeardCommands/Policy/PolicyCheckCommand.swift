internal import ArgumentParser
internal import HeardRouter
internal import HeardRouterTools
internal import HeardSources

/// `heard policy check`: reads a policy, and asks of all messages what its rules do with them.
struct PolicyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Report mistakes, unreachable rules, dead queues, contradictions, broken promises.",
    discussion: """
      Examples:
        heard policy check
        heard policy check policies/default.yaml --level note
        heard policy check new.yaml --format sarif > policy.sarif
        heard policy check --list

      What it says never happens is proved over all messages there can be, not tried on some; what \
      it cannot prove it does not claim. Text goes to standard error, json and sarif (2.1.0, for \
      code review) to standard output. Status 0: nothing at or above --fail-on; 1: findings; 78: \
      the policy cannot be used.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case sarif
  }

  enum Level: String, CaseIterable, ExpressibleByArgument {
    case note
    case warning
    case error

    /// The severities from this one up.
    var severities: ArraySlice<PolicyProblem.Severity> {
      PolicyProblem.Severity.allCases.drop { $0.rawValue != rawValue }
    }
  }

  @Option(help: "Lowest severity to print: note, warning or error.")
  var level = Level.warning

  @Option(help: "Lowest severity that makes the status 1.")
  var failOn = Level.error

  @Option(help: "Output: text, json or sarif.")
  var format = Format.text

  @Flag(help: "List the checks and what each looks for.")
  var list = false

  @Argument(help: "Policy file; none is the one that would be used.", completion: .file())
  var file: String?

  func run() throws {
    if list {
      for check in PolicyCheck.allCases {
        try Terminal.write("\(check.rawValue)\t\(check.summary)\n")
      }
      return
    }
    var options = PipelineOptions()
    options.lexicons = nil
    options.policy = file
    let (policy, noticed) = try options.readPolicy()
    let report = policy.check()
    let problems = report.problems + noticed
    let findings = Findings(policy: problems.filter { level.severities.contains($0.severity) })
    switch format {
    case .text:
      Terminal.complain(findings.text)
      try Terminal.write(summary(policy, report))
    case .json: try Terminal.write(findings.json)
    case .sarif: try Terminal.write(findings.sarif)
    }
    if problems.contains(where: { failOn.severities.contains($0.severity) }) {
      throw Failure(.findings, "")
    }
  }

  /// What is true of the policy as a whole.
  private func summary(_ policy: Policy, _ report: PolicyReport) -> String {
    var text =
      "\(policy.rules.count) rules (\(policy.strategy.rawValue)), "
      + "\(policy.additions.count) additions, \(policy.queues.count) queues; \(policy.digest)\n"
    text += "every message gets exactly one queue; the fallback, \(policy.fallbackQueue), takes "
    text += report.fallbackExample.map { "e.g. \($0)\n" } ?? "none\n"
    if !policy.promises.isEmpty {
      text += "\(report.kept.count) of \(policy.promises.count) promises are kept for every message"
      text += report.kept.isEmpty ? "\n" : ": \(report.kept.joined(separator: ", "))\n"
    }
    return text
  }
}
