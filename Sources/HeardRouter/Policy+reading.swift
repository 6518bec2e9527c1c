internal import HeardLexicon

extension Policy {
  /// Reads a policy.
  ///
  /// - Parameters:
  ///   - file: names the file in messages.
  ///   - text: YAML as the default policy shows it.
  /// - Returns: the policy and its warnings.
  /// - Throws: every error of the file, with line and column.
  public static func read(
    file: String, text: String
  ) throws(PolicyError) -> (policy: Policy, warnings: [PolicyProblem]) {
    switch YAMLText.root(file: file, text: text) {
    case .failure(let error):
      throw PolicyError(
        code: .invalid,
        problems: error.diagnostics.map {
          PolicyProblem(
            severity: .error, location: $0.location, message: $0.message, hint: $0.hint)
        })
    case .success(let root):
      var reader = PolicyReader(file: file)
      let digest = SHA256.name(text.utf8)
      guard let policy = reader.read(root, digest: digest) else {
        throw PolicyError(code: .invalid, problems: reader.problems)
      }
      return (policy, reader.problems)
    }
  }
}
