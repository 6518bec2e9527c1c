public import Heard
public import HeardInput

/// What a run has done so far.
public struct RunStatistics: Hashable, Sendable {
  /// Records written, error records included.
  public var records = 0
  /// Error records among them.
  public var errors = 0
  /// Complaints among them.
  public var complaints = 0
  /// Bytes of input taken in, compressed as they are.
  public var consumed = 0

  /// Makes empty statistics.
  public init() {}

  /// Adds those of another stretch.
  public mutating func add(_ other: RunStatistics) {
    records += other.records
    errors += other.errors
    complaints += other.complaints
    consumed += other.consumed
  }
}

/// How a run ended.
public struct RunOutcome: Hashable, Sendable {
  /// What was done, in the runs before as well.
  public var statistics: RunStatistics
  /// The exit status for a run that a signal stopped; nil for one that came to its end.
  public var stopStatus: Int32?
  /// The first record of this run that could not be judged, and why.
  public var firstError: RecordError?
}

/// Why a run stopped before its end.
public enum RunError: Error, Hashable, Sendable, CustomStringConvertible {
  case input(InputError)
  /// Writing failed: `errno` and its words.
  case outputFailed(number: Int32, isCreation: Bool, description: String)
  /// It cannot go on where another run ended.
  case notResumable(String)

  static func output(_ name: String, _ failure: SystemFailure) -> RunError {
    .outputFailed(
      number: failure.number, isCreation: false,
      description: "\(name): cannot be written: \(failure)")
  }

  static func creation(_ path: String, _ failure: SystemFailure) -> RunError {
    .outputFailed(
      number: failure.number, isCreation: true,
      description: "\(path): cannot be written: \(failure)")
  }

  /// Whether the reader of the output went away, which is no fault of ours.
  public var isBrokenPipe: Bool {
    if case .outputFailed(let number, _, _) = self {
      SystemFailure.isBrokenPipe(number)
    } else {
      false
    }
  }

  /// What, where and what to do.
  public var description: String {
    switch self {
    case .input(let error): error.description
    case .outputFailed(_, _, let description): description
    case .notResumable(let description): description
    }
  }
}
