internal import ArgumentParser
internal import HeardSources

/// A severity on the command line.
enum SeverityArgument: String, CaseIterable, ExpressibleByArgument {
  case note
  case warning
  case error

  var severity: Diagnostic.Severity {
    switch self {
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }
}
