public import HeardClassifier
public import HeardMail
internal import HeardText

/// Everything a rule may look at: what was judged, and the headers of the message.
public struct Facts: Sendable {
  /// What the classifier said.
  public var assessment: Assessment
  /// Address of the From header; empty without one.
  public var sender: String
  /// Addresses of To, Cc and the like.
  public var recipients: [String]
  /// All header fields, decoded.
  public var headers: [HeaderField]
  /// Why no person wrote it, when none did.
  public var automatic: AutomaticKind?
  /// The conversation it belongs to, where somebody keeps account of it.
  public var thread: ThreadFacts?
  /// When it was received, in seconds since 1970-01-01T00:00:00Z; nil when nobody says.
  public var received: Int64?
  /// Where the message has text; looked for when a condition asks.
  public var zones: ZoneSet {
    get { given ?? ZoneSet(parts) }
    set { given = newValue }
  }
  private let parts: [TextPart]
  private var given: ZoneSet?

  /// Gathers the facts of a judged message.
  ///
  /// - Parameter received: seconds since 1970 as whoever took it in says; without it what the message
  ///   itself says counts (``Message/received``).
  public init(
    assessment: Assessment, message: Message, thread: ThreadFacts? = nil, received: Int64? = nil
  ) {
    self.assessment = assessment
    sender = message.sender?.address ?? ""
    recipients = message.recipients.isEmpty ? [] : message.recipients.map(\.address)
    headers = message.headers
    automatic = message.automatic
    self.thread = thread
    self.received = received ?? message.received
    parts = message.parts
  }
}

/// A set of zones.
public struct ZoneSet: OptionSet, Hashable, Sendable {
  /// A bit a zone.
  public let rawValue: UInt8

  /// Makes a set of bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The set of one zone.
  public init(_ zone: Zone) { rawValue = 1 << zone.rawValue }

  /// The zones in which some texts have more than white space.
  public init(_ parts: [TextPart]) {
    self = []
    for part in parts {
      for span in part.zones where !contains(ZoneSet(span.zone)) {
        if part.bytes[span.range.range].contains(where: { $0 > 0x20 }) {
          insert(ZoneSet(span.zone))
        }
      }
    }
  }
}
