internal import ArgumentParser
internal import Glibc

/// Which configuration is meant.
struct ConfigurationOptions: ParsableArguments {
  /// Where packages put it.
  static let installed = "/etc/heard/heardd.yaml"

  @Option(help: "Configuration file.", completion: .file(extensions: ["yaml"]))
  var config: String?

  /// The files that are read, in order: the configuration, and local overrides beside it.
  var files: [String] {
    guard
      let file = config ?? Self.environment("HEARDD_CONFIG")
        ?? (Self.exists(Self.installed) ? Self.installed : nil)
    else { return [] }
    let stem = file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file
    let local = "\(stem).local.yaml"
    return Self.exists(local) ? [file, local] : [file]
  }

  /// Reads all of it.
  ///
  /// - Throws: every mistake, with its place.
  func read() throws(CommandError) -> ConfigurationReader {
    var reader = ConfigurationReader()
    for file in files { reader.read(file: file) }
    guard reader.problems.isEmpty else {
      throw .configuration(reader.problems.map(\.description).joined(separator: "\n"))
    }
    return reader
  }

  private static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  private static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}

/// `heardd config`: looks at the configuration without serving.
struct ConfigurationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check or show the configuration.",
    subcommands: [Check.self, Dump.self])

  /// `heardd config check`: what is wrong, and what is risky.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what is wrong with the configuration, and what is risky.",
      discussion: """
        Examples:
          heardd config check
          heardd config check --config ./heardd.yaml

        Exit status: 0 usable; 78 not.
        """)

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
      let configuration = ServerConfiguration(try options.read())
      for warning in ConfigurationCheck.warnings(configuration) {
        HearddCommand.complain("warning: \(warning)")
      }
      do throws(StartError) {
        try ConfigurationCheck.check(configuration)
      } catch {
        throw CommandError.configuration(error.description)
      }
      print("ok: \(options.files.isEmpty ? "defaults" : options.files.joined(separator: ", "))")
    }
  }

  /// `heardd config dump`: every setting with its value.
  struct Dump: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show every setting with its value.",
      discussion: """
        Examples:
          heardd config dump
          heardd config dump --origin | grep -v '# default'

        What is printed is a configuration file.
        """)

    @Flag(help: "Say where each value comes from: a file and line, or the default.")
    var origin = false

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
      print(ConfigurationDump.text(try options.read(), showsOrigin: origin), terminator: "")
    }
  }
}

/// `heardd token`: makes an access token.
struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Make an access token for the HTTP API.",
    discussion: """
      Examples:
        heardd token --name operations --scope reload
        heardd token --name intake --scope deliver --scope judge

      The token goes to standard output, once; what belongs in the configuration under \
      http.tokens, which holds no secret, goes to standard error.
      """)

  @Option(help: "Who it is for; named in logs.")
  var name: String

  @Option(help: "What it is good for: judge, deliver, reload. May be repeated.")
  var scope: [String] = ["judge"]

  func validate() throws {
    for scope in scope where AccessToken.Scope(rawValue: scope) == nil {
      throw ValidationError("--scope takes judge, deliver or reload, not '\(scope)'")
    }
    guard !name.isEmpty, name.utf8.count <= 64,
      name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"{}[],#:'\"".utf8.contains($0) })
    else { throw ValidationError("--name takes up to 64 letters, digits and hyphens") }
  }

  func run() throws {
    let token = AccessToken.random()
    let digest = String(decoding: AccessToken.digest(token.utf8), as: UTF8.self)
    print(token)
    HearddCommand.complain(
      "- {name: \(name), sha256: \(digest), scopes: [\(scope.joined(separator: ", "))]}")
  }
}
