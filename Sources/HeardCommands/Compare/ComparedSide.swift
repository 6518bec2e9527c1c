internal import Glibc
internal import Heard

/// One of the two that `heard compare` compares, as it is named on the command line.
struct ComparedSide {
  /// A folder of lexicons, a compiled lexicon, a policy, a folder with both, or `git:REVISION`.
  let name: String

  /// The pipeline; what the side does not name comes from the options.
  func pipeline(_ options: PipelineOptions) throws(Failure) -> Pipeline {
    if name.hasPrefix("git:") {
      let revision = try GitRevision(String(name.dropFirst(4)))
      defer { revision.remove() }
      return try checkout(revision.folder, options)
    }
    guard exists(name) else {
      throw Failure(
        .noInput,
        "\(name): no such file or folder; name a folder of lexicons, a policy in YAML, or a "
          + "revision as git:\(name)")
    }
    var options = options
    if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      options.policy = name
      return try options.pipeline()
    }
    if exists("\(name)/lexicons") { return try checkout(name, options) }
    options.lexicons = name
    return try options.pipeline()
  }

  private func checkout(
    _ folder: String, _ options: PipelineOptions
  ) throws(Failure) -> Pipeline {
    var options = options
    options.lexicons = "\(folder)/lexicons"
    let policy = "\(folder)/policies/default.yaml"
    if options.policy == nil, exists(policy) { options.policy = policy }
    return try options.pipeline()
  }

  private func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }
}
