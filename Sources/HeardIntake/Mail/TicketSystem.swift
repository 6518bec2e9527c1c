internal import HeardDeadlines
internal import HeardRouter

/// Whose fields a mail gets besides `X-Heard-*`, so that a ticket system files it by them.
///
/// Such fields order the system about: those that a mail brought along are removed.
public enum TicketSystem: String, CaseIterable, Sendable {
  /// Nobody's.
  case generic
  /// Zammad: `X-Zammad-Ticket-Group`, `X-Zammad-Ticket-Priority` (values have a case; the channel
  /// must be trusted).
  case zammad
  /// OTRS and Znuny: `X-OTRS-Queue`, `X-OTRS-Priority`.
  case otrs
  /// OTOBO: `X-OTOBO-Queue`, `X-OTOBO-Priority`.
  case otobo

  /// What the names of its fields begin with, in lower case; nil when it has none.
  var prefix: String? {
    switch self {
    case .generic: nil
    case .zammad: "x-zammad-"
    case .otrs: "x-otrs-"
    case .otobo: "x-otobo-"
    }
  }

  /// Its fields for a queue and a priority.
  ///
  /// A group or queue of the ticket system has the name of heard's queue.
  func fields(queue: String, priority: String) -> [(name: String, value: String)] {
    let level = Priority(rawValue: priority) ?? .normal
    switch self {
    case .generic: return []
    case .zammad:
      return [
        ("X-Zammad-Ticket-Group", queue),
        ("X-Zammad-Ticket-Priority", Self.threeLevels(level)),
      ]
    case .otrs: return [("X-OTRS-Queue", queue), ("X-OTRS-Priority", Self.fiveLevels(level))]
    case .otobo: return [("X-OTOBO-Queue", queue), ("X-OTOBO-Priority", Self.fiveLevels(level))]
    }
  }

  private static func threeLevels(_ priority: Priority) -> String {
    switch priority {
    case .urgent, .high: "3 high"
    case .normal: "2 normal"
    case .low: "1 low"
    }
  }

  private static func fiveLevels(_ priority: Priority) -> String {
    switch priority {
    case .urgent: "5 very high"
    case .high: "4 high"
    case .normal: "3 normal"
    case .low: "2 low"
    }
  }
}
