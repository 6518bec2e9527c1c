/// What kind of message it is.
public enum MessageClass: String, CaseIterable, Sendable {
  case complaint
  case question
  case request
  case praise
  case auto
  case other

  /// Hashes the case; a raw value would be hashed as a string.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .complaint: hasher.combine(0)
    case .question: hasher.combine(1)
    case .request: hasher.combine(2)
    case .praise: hasher.combine(3)
    case .auto: hasher.combine(4)
    case .other: hasher.combine(5)
    }
  }
}
