/// One thing wrong in a policy file: what, where, and what to do about it.
public struct PolicyProblem: Hashable, Sendable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, CaseIterable, Sendable {
    /// Worth knowing; nothing need be done.
    case note
    /// The policy works, but surely not as meant.
    case warning
    /// The policy cannot be used.
    case error
  }

  /// What looked for it.
  public var check: PolicyCheck = .invalid
  /// How bad it is.
  public var severity: Severity
  /// Where it stands.
  public var location: SourceLocation
  /// What is wrong, naming what was found.
  public var message: String
  /// What to do.
  public var hint: String

  /// Says what is wrong.
  package init(
    check: PolicyCheck = .invalid, severity: Severity, location: SourceLocation, message: String,
    hint: String
  ) {
    self.check = check
    self.severity = severity
    self.location = location
    self.message = message
    self.hint = hint
  }

  /// One line for people.
  ///
  /// `policies/default.yaml:12:5: error: unknown queue 'biling'; did you mean 'billing'?`
  public var description: String {
    "\(location): \(severity.rawValue): \(message); \(hint)"
  }
}

/// Why a policy cannot be used: every error of the file.
public struct PolicyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Code: String, Sendable {
    /// Missing or unreadable.
    case unreadable
    case invalid
  }

  /// What kind of failure it is.
  public var code: Code
  /// At least one, in the order of the file; warnings are in it too.
  public var problems: [PolicyProblem]

  package init(code: Code, problems: [PolicyProblem]) {
    self.code = code
    self.problems = problems
  }

  /// One problem a line.
  public var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
