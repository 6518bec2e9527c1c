public import HeardLexicon
public import HeardMail
public import HeardText

/// What kind of message it is.
public enum MessageClass: String, CaseIterable, Sendable {
  case complaint
  case question
  case request
  case praise
  case auto
  case other
}

/// One reason for a score: an entry's match, a frame, a style or the bias.
public struct Contribution: Hashable, Sendable {
  /// Where the weight comes from.
  public enum Source: Hashable, Sendable {
    case entry(Int)
    case frame(Int)
    case style(String)
    case bias
  }

  public var source: Source
  public var kind: EvidenceKind
  /// What it adds, thousandths; 0 for a match that is shown and does not count.
  public var milli: Int32
  /// What it would add without scopes, zone and caps.
  public var plainMilli: Int32
  /// Scopes that changed it.
  public var scopes: Scopes
  public var zone: Zone
  /// Index of the part in the message, and where in it; empty for the bias.
  public var part: Int
  public var range: ByteRange
}

/// What the classifier says of one message.
///
/// Law 4: for each kind the contributions sum to `sums[kind]`, exactly.
public struct Assessment: Sendable {
  public var language: Language = .undetermined
  /// Share of the scored text per language, largest first.
  public var languages: [(language: Language, share: Double)] = []
  public var messageClass: MessageClass = .other
  /// Sums in thousandths, indexed by `EvidenceKind.index`.
  public var sums: [Int32] = Array(repeating: 0, count: EvidenceKind.allCases.count)
  /// Calibrated, 0 … 1, in the order of `EvidenceKind.scores`.
  public var scores: [Double] = [0, 0, 0, 0, 0]
  /// Those of the four tags at 0.5 or more, when the class is complaint.
  public var tags: [EvidenceKind] = []
  /// 0 … 3; whatever the class.
  public var anger = 0
  public var signals: [EvidenceKind] = []
  /// −1 … 1.
  public var sentiment = 0.0
  /// Filled when an explanation is asked for, in order of part and place.
  public var contributions: [Contribution] = []

  /// Makes an empty assessment.
  public init() {}

  /// The calibrated score of a kind; 0 for one that has none.
  public func score(_ kind: EvidenceKind) -> Double {
    EvidenceKind.scores.firstIndex(of: kind).map { scores[$0] } ?? 0
  }
}
