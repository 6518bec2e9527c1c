public import ArgumentParser
internal import Glibc
internal import Heard
internal import Logging
internal import NIOCore

/// The command line of the server: `heardd [--config FILE]`.
public struct HearddCommand: AsyncParsableCommand {
  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "heardd",
    abstract: "Judges what customers write, over HTTP and LMTP.",
    discussion: """
      Examples:
        heardd --config /etc/heard/heardd.yaml
        heardd config check
        heardd config dump --origin
        heardd token --name operations --scope reload

      The configuration is that of --config, else of HEARDD_CONFIG, else /etc/heard/heardd.yaml, \
      else nothing but defaults. What heardd.local.yaml beside it says goes first. SIGHUP reads \
      lexicons and policy again; SIGTERM finishes what is under way and ends.

      Exit status: 0 done; 64 wrong usage; 69 an address cannot be listened on; 70 internal error; \
      75 no place for messages now; 78 configuration, lexicons or policy in error.
      """,
    version: "heardd \(Version.current)",
    subcommands: [RunCommand.self, ConfigurationCommand.self, TokenCommand.self],
    defaultSubcommand: RunCommand.self)

  /// Makes the command.
  public init() {}

  /// Runs the command line of the process and exits with its status.
  public static func start() async -> Never {
    // A client that goes away shows as EPIPE where it is handled.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error as CommandError {
      complain(error.message)
      Glibc.exit(error.status)
    } catch {
      exit(withError: error)
    }
    Glibc.exit(0)
  }

  /// Writes to standard error.
  static func complain(_ message: String) {
    guard !message.isEmpty else { return }
    for line in message.split(separator: "\n") { print(errorLine: "heardd: \(line)") }
  }

  private static func print(errorLine: String) {
    let line = Array((errorLine + "\n").utf8)
    unsafe line.withUnsafeBytes { bytes in
      unsafe _ = write(2, bytes.baseAddress, bytes.count)
    }
  }
}

/// Why a command stops, by sysexits(3).
struct CommandError: Error {
  var status: Int32
  var message: String

  static func configuration(_ message: String) -> CommandError {
    CommandError(status: 78, message: message)
  }
}

/// `heardd run`: what `heardd` does without a subcommand.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Serve until SIGTERM.", shouldDisplay: false)

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    let reader = try options.read()
    let configuration = ServerConfiguration(reader)
    System.raiseFileLimit()
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    var log = Logger(label: "heardd")
    log.logLevel = configuration.logLevel
    do {
      try ConfigurationCheck.checkSettings(configuration)
      let server = try HeardServer(configuration, log: log)
      try await server.run()
    } catch let error as StartError {
      throw CommandError(status: error.isTemporary ? 75 : 78, message: error.description)
    } catch let error as StuckError {
      throw CommandError(status: 70, message: error.description)
    } catch let error as IOError {
      throw CommandError(
        status: 69, message: "an address cannot be listened on: \(error); check the listen settings"
      )
    }
  }
}
