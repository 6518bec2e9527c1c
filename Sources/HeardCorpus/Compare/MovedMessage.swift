internal import Heard
internal import HeardClassifier
public import HeardLexicon
internal import HeardRouter
internal import HeardText

/// A message that two judges see differently.
public struct MovedMessage: Sendable {
  /// What one of them says.
  public struct Verdict: Hashable, Sendable {
    /// The class.
    public var messageClass: String
    /// The tags.
    public var tags: [EvidenceKind]
    /// The queue.
    public var queue: String
    /// The rule that chose the queue.
    public var rule: String
    /// The priority.
    public var priority: String
    /// Steps, then obligations.
    public var duties: [String]

    init(_ assessment: Assessment, _ decision: Decision) {
      messageClass = assessment.messageClass.rawValue
      tags = EvidenceKind.scores.filter(assessment.tags.contains)
      queue = decision.queue
      rule = decision.rule
      priority = decision.priority
      duties = decision.steps + decision.obligations
    }
  }

  /// One cause: an entry, frame, style or rule, and the difference it makes.
  public struct Cause: Hashable, Sendable {
    /// Id of the entry or frame, or name of the style or rule.
    public var name: String
    /// The evidence that differs; `rule` for a rule.
    public var kind: String
    /// New less old, thousandths; 0 for a rule.
    public var milli: Int
  }

  /// The id of the message.
  public var id: String
  /// Name of its set.
  public var set: String
  /// As the source says, else as heard found.
  public var language: String
  /// What the first says.
  public var old: Verdict
  /// What the second says.
  public var new: Verdict
  /// Strongest first.
  public var causes: [Cause]

  /// Whether class, tags or queue differ; or, where that counts, the priority or what is to be done.
  static func differs(_ old: Verdict, _ new: Verdict, countsDuties: Bool) -> Bool {
    old.messageClass != new.messageClass || old.tags != new.tags || old.queue != new.queue
      || countsDuties && (old.priority != new.priority || old.duties != new.duties)
  }
}

/// Finds what made two judgements of one message differ.
struct CauseFinder {
  /// Evidence that makes a class.
  private static let classes: [String: [EvidenceKind]] = [
    "complaint": [.complaint], "question": [.question], "request": [.request],
    "praise": [.praise], "other": [.suggestion, .thirdParty], "auto": [],
  ]
  /// Evidence that makes a tag: its own, and the roles of its frame.
  private static let tags: [EvidenceKind: [EvidenceKind]] = [
    .anger: [.anger], .expectationGap: [.expectationGap, .expectation, .shortfall],
    .staffTargeted: [.staffTargeted, .person, .conduct],
    .pricingDispute: [.pricingDispute, .charge, .contest],
  ]

  let oldNames: RecordWriter
  let newNames: RecordWriter

  func causes(
    _ old: (Assessment, MovedMessage.Verdict), _ new: (Assessment, MovedMessage.Verdict)
  ) -> [MovedMessage.Cause] {
    var kinds: Set<EvidenceKind> = []
    if old.1.messageClass != new.1.messageClass {
      for name in [old.1.messageClass, new.1.messageClass] {
        kinds.formUnion(CauseFinder.classes[name] ?? [])
      }
    }
    for kind in Set(old.1.tags).symmetricDifference(new.1.tags) {
      kinds.formUnion(CauseFinder.tags[kind] ?? [])
    }
    if kinds.isEmpty {
      // The queue alone moved: by anger's level, a signal, or the policy.
      kinds = Set(EvidenceKind.signals + [.anger])
    }
    var sums: [[String]: Int] = [:]
    for (assessment, names, sign) in [(old.0, oldNames, -1), (new.0, newNames, 1)] {
      for hit in assessment.contributions where kinds.contains(hit.kind) {
        sums[[names.name(of: hit.source), hit.kind.rawValue], default: 0] += sign * Int(hit.milli)
      }
    }
    var causes = sums.filter { $0.value != 0 }
      .map { MovedMessage.Cause(name: $0.key[0], kind: $0.key[1], milli: $0.value) }
      .sorted { ($1.milli.magnitude, $0.name, $0.kind) < ($0.milli.magnitude, $1.name, $1.kind) }
    if causes.isEmpty, old.1.queue != new.1.queue || old.1.rule != new.1.rule {
      causes = [
        MovedMessage.Cause(name: "\(old.1.rule) → \(new.1.rule)", kind: "rule", milli: 0)
      ]
    }
    return causes
  }
}
