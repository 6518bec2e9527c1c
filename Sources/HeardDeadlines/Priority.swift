/// How soon somebody should look.
public enum Priority: String, CaseIterable, Sendable {
  case urgent
  case high
  case normal
  case low
}
