public import ArgumentParser
internal import Glibc
internal import Heard

/// The command line: `heard <command> [options] [FILE…]`.
public struct HeardCommand: ParsableCommand {
  /// The name of the program.
  static let name = "heard"

  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Reads what customers write, finds the complaints and sends each to its desk.",
    discussion: """
      Examples:
        heard classify letter.eml
        heard explain letter.eml
        heard run messages.jsonl -o judged.jsonl

      Lexicons and policy are those of --lexicons and --policy, else of HEARD_LEXICONS and \
      HEARD_POLICY, else ./lexicons and ./policies/default.yaml, else those installed with heard \
      (share/heard beside its bin: lexicons, or lexicon.compiled).

      Exit status: 0 done; 1 a check found something, or there was nothing to change; 64 wrong \
      usage; 65 input that cannot be read as messages; 66 input missing; 70 internal error; 73, 74 \
      output cannot be written; 75 try again later; 78 lexicons, policy or another file of \
      settings in error. filter and deliver end with 0 or 75 only.
      """,
    version: "heard \(Version.current)",
    subcommands: [
      ClassifyCommand.self, ExplainCommand.self, RunCommand.self, MergeCommand.self,
      ReportCommand.self, ToldCommand.self,
      EvaluateCommand.self,
      SweepCommand.self, CompareCommand.self, FrequenciesCommand.self, SuggestCommand.self,
      ConcordanceCommand.self, FitCommand.self, LabelCommand.self, RedactCommand.self,
      LexiconCommand.self, PolicyCommand.self, ReplyCommand.self,
      HandOverCommand.self, DeadlinesCommand.self, StaffCommand.self, ForgetCommand.self,
      FilterCommand.self, DeliverCommand.self, LedgerCommand.self, QueueCommand.self,
    ])

  /// Makes the command.
  public init() {}

  /// Runs the command line of the process and exits with its status.
  public static func start() -> Never {
    // A reader that goes away (`heard … | head`) shows as EPIPE where it is handled.
    signal(SIGPIPE, SIG_IGN)
    PipeProcess.startIfNamed()
    do {
      var command = try parsed(Array(CommandLine.arguments.dropFirst()))
      try command.run()
    } catch let failure as Failure {
      Terminal.complain(failure.message)
      Glibc.exit(failure.status.rawValue)
    } catch {
      exit(withError: error)
    }
    Glibc.exit(ExitStatus.done.rawValue)
  }

  /// The command that arguments ask for.
  ///
  /// The parser takes the arguments of a command and of all above it together several times, which is
  /// a tenth of the start of `heard filter`; so a command that is named first is asked directly.
  /// Whatever it refuses, and help, is left to the whole, whose messages name all of it. Commands that
  /// run once a mail say what they are a part of (`_superCommandName`), and are not asked for scripts
  /// of completions either, which is as much again.
  static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    let named = configuration.subcommands.first {
      $0.configuration.commandName == arguments.first && $0.configuration.subcommands.isEmpty
    }
    if let command = try? named?.parse(Array(arguments.dropFirst())) as? any ParsableCommand {
      return command
    }
    return try parseAsRoot(arguments)
  }
}
