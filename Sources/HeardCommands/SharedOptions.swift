internal import ArgumentParser
internal import Glibc
internal import Heard
internal import HeardAuthoring
internal import HeardBatch
internal import HeardInput
internal import HeardLexicon
internal import HeardRouter
internal import HeardSources

/// Which lexicons and policy to judge with.
struct PipelineOptions: ParsableArguments {
  @Option(help: "Folder of lexicons, or a compiled lexicon.", completion: .directory)
  var lexicons: String?

  @Option(help: "Policy file.", completion: .file(extensions: ["yaml"]))
  var policy: String?

  /// The folder of lexicons that is meant.
  func lexiconPath() throws(Failure) -> String {
    try Installation.find(
      lexicons, variable: "HEARD_LEXICONS", name: "lexicons", option: "--lexicons",
      or: LexiconStore.imageName)
  }

  /// The policy file that is meant.
  func policyPath() throws(Failure) -> String {
    try Installation.find(
      policy, variable: "HEARD_POLICY", name: "policies/default.yaml", option: "--policy")
  }

  /// Opens the lexicons (compiling them when they changed) and reads the policy.
  ///
  /// - Parameter complains: whether warnings of the lexicons go to standard error.
  func pipeline(complains: Bool = true) throws(Failure) -> Pipeline {
    Pipeline(lexicon: try openLexicon(complains: complains), policy: try readPolicy().policy)
  }

  func openLexicon(complains: Bool = true) throws(Failure) -> CompiledLexicon {
    let path = try lexiconPath()
    do {
      return try LexiconStore.open(path: path) { warning in
        if complains { Terminal.complain(warning.description) }
      }
    } catch {
      throw Failure(.configuration, "\(error)")
    }
  }

  func readPolicy() throws(Failure) -> (policy: Policy, warnings: [PolicyProblem]) {
    let path = try policyPath()
    let text: String
    do throws(PolicyFileError) {
      text = try PolicyFile.text(path)
    } catch {
      throw Failure(.configuration, "\(path): \(error.message); name one with --policy")
    }
    do throws(PolicyError) {
      return try Policy.read(file: path, text: text, load: PolicyFile.text)
    } catch {
      throw Failure(.configuration, error.description)
    }
  }
}

/// Where the parts that come with heard are.
enum Installation {
  /// The path of the option, of the variable, or of the first place that has `name`
  /// (``InstalledFile``), else `other`.
  static func find(
    _ given: String?, variable: String, name: String, option: String, or other: String? = nil
  ) throws(Failure) -> String {
    if let path = given ?? Terminal.environment(variable) {
      guard isReadable(path) else {
        let reason = Terminal.systemReason()
        throw Failure(
          .configuration, "\(path): cannot be read: \(reason); check \(option) and \(variable)")
      }
      return path
    }
    if let place = InstalledFile.find(name) ?? other.flatMap(InstalledFile.find) { return place }
    let names = name + (other.map { " or \($0)" } ?? "")
    throw Failure(
      .configuration,
      "no \(names) here or beside the program; name it with \(option) or \(variable)")
  }

  private static func isReadable(_ path: String) -> Bool {
    unsafe access(path, R_OK) == 0
  }
}
