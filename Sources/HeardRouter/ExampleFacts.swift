internal import HeardClassifier
public import HeardLexicon
public import HeardMail
public import HeardText

/// The facts that an example names; the others are those of a message about which nothing is known.
public struct ExampleFacts: Hashable, Sendable {
  /// The class; without it `complaint` when a tag is named, `auto` when `automatic` is, else `other`.
  public var messageClass: MessageClass?
  /// The tags.
  public var tags: Set<EvidenceKind> = []
  /// The signals.
  public var signals: Set<EvidenceKind> = []
  /// 0 … 3; a complaint with any has the tag `anger` as well.
  public var anger = 0
  /// −1 … 1.
  public var sentiment = 0.0
  /// The language; English when it is not said.
  public var language = Language.english
  /// Scores; without them 0.9 for what the class and the tags say, else 0.1.
  public var scores: [EvidenceKind: Double] = [:]
  /// Why no person wrote it.
  public var automatic: AutomaticKind?
  /// Where it has text.
  public var zones: Set<Zone> = [.own]
  /// Address of the sender.
  public var sender = ""
  /// Addresses of the recipients.
  public var recipients: [String] = []
  /// Header fields.
  public var headers: [HeaderField] = []
  /// Its conversation.
  public var thread: ThreadFacts?
  /// When it was received, seconds since 1970.
  public var received: Int64?

  /// Names nothing.
  public init() {}

  /// The facts, as if a message had been judged so.
  public var facts: Facts {
    var assessment = Assessment()
    let assumed: MessageClass =
      !tags.isEmpty ? .complaint : automatic != nil ? .auto : .other
    assessment.messageClass = messageClass ?? assumed
    let isComplaint = assessment.messageClass == .complaint
    var held = tags
    if isComplaint, anger > 0 { held.insert(.anger) }
    assessment.tags = EvidenceKind.scores.filter(held.contains)
    assessment.signals = EvidenceKind.signals.filter(signals.contains)
    assessment.anger = anger
    assessment.sentiment = sentiment
    assessment.language = language
    assessment.scores = EvidenceKind.scores.map { kind in
      scores[kind] ?? (held.contains(kind) || kind == .complaint && isComplaint ? 0.9 : 0.1)
    }
    var message = Message()
    if assessment.messageClass == .auto { message.automatic = automatic ?? .autoReply }
    var facts = Facts(assessment: assessment, message: message)
    facts.zones = zones.reduce(into: ZoneSet()) { $0.insert(ZoneSet($1)) }
    add(to: &facts)
    return facts
  }

  /// Puts what no text tells into the facts of a message that was judged.
  public func add(to facts: inout Facts) {
    if !sender.isEmpty { facts.sender = sender }
    facts.recipients += recipients
    facts.headers += headers
    facts.thread = thread ?? facts.thread
    facts.received = received ?? facts.received
  }
}
