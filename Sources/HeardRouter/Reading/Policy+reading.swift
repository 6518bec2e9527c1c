public import HeardSources

extension Policy {
  /// Reads a policy.
  ///
  /// - Parameters:
  ///   - file: names the file in messages; included files are named from its folder.
  ///   - text: YAML as the default policy shows it.
  ///   - load: gives the text of an included file by its path; without it nothing can be included.
  /// - Returns: the policy, and what was noticed in reading; ``findings()`` looks deeper.
  /// - Throws: every error of the files, with line and column.
  public static func read(
    file: String, text: String,
    load: ((String) throws(PolicyFileError) -> String)? = nil
  ) throws(PolicyError) -> (policy: Policy, warnings: [PolicyProblem]) {
    let sources = PolicySources(file: file, text: text, load: load)
    guard sources.problems.isEmpty else {
      throw PolicyError(code: .invalid, problems: sources.problems)
    }
    var reader = PolicyReader(file: file)
    guard let policy = reader.read(sources.files, digest: sources.digest) else {
      throw PolicyError(code: .invalid, problems: reader.context.problems)
    }
    return (policy, reader.context.problems)
  }
}
