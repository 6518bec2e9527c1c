/// What a reader or a check found in lexicon sources: what, where, and what to do about it.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, CaseIterable, Comparable, Sendable {
    /// Worth knowing.
    case note
    /// Probably a mistake; the lexicon can still be used.
    case warning
    /// The lexicon cannot be used.
    case error

    /// Notes are least.
    public static func < (one: Severity, other: Severity) -> Bool { one.rank < other.rank }

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// How bad it is.
  public var severity: Severity
  /// Which check found it.
  public var check: LexiconCheck
  /// Where it begins.
  public var location: SourceLocation
  /// What is wrong, naming what was found.
  public var message: String
  /// What to do.
  public var hint: String

  /// Makes a diagnostic.
  public init(
    _ severity: Severity, _ check: LexiconCheck, at location: SourceLocation, _ message: String,
    hint: String
  ) {
    self.severity = severity
    self.check = check
    self.location = location
    self.message = message
    self.hint = hint
  }

  /// One line that names all of it.
  ///
  /// `nl/service.yaml:12:5: error: unknown key 'lema'; did you mean 'lemma'? [unknown-key]`
  public var description: String {
    "\(location): \(severity.rawValue): \(message); \(hint) [\(check.rawValue)]"
  }
}

extension [Diagnostic] {
  /// In the order of the files: by path, line, column, then check.
  package func inFileOrder() -> [Diagnostic] {
    sorted { one, other in
      (one.location.file, one.location.line, one.location.column, one.check.rawValue, one.message)
        < (
          other.location.file, other.location.line, other.location.column, other.check.rawValue,
          other.message
        )
    }
  }
}

/// Why lexicon sources cannot be used: every error of every file, in the order of the files.
public struct LexiconError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Code: String, CaseIterable, Sendable {
    /// A file or folder cannot be read or written.
    case unreadable
    /// The sources have errors.
    case invalidSource = "invalid-source"
    /// The spelling dictionaries are missing or damaged.
    case dictionary
  }

  /// What kind of failure it is.
  public var code: Code
  /// At least one, in the order of the files; warnings are in it too.
  public var diagnostics: [Diagnostic]

  /// Makes an error.
  public init(_ code: Code, _ diagnostics: [Diagnostic]) {
    self.code = code
    self.diagnostics = diagnostics
  }

  /// One diagnostic a line.
  public var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
