public import Heard
internal import HeardClassifier
public import HeardCorpus
public import HeardInput
public import HeardLexicon
internal import HeardMail
internal import HeardRouter
public import HeardStatistics
internal import HeardText

/// What another threshold of a score would give: precision, recall and the load of the queues.
public struct Sweep: Sendable {
  /// One threshold.
  public struct Point: Hashable, Sendable {
    /// Thousandths; a score from here on counts.
    public var milli: Int
    /// How the labelled messages come out.
    public var counts: LabelCounts
    /// Messages with the tag, labelled or not.
    public var tagged: Int
    /// Messages in the queue.
    public var queued: Int
  }

  /// The score that is swept.
  public let kind: EvidenceKind
  /// The thresholds, ascending.
  public let points: [Point]
  /// The queue whose load is counted: the one asked for, else the one that the tag fills most.
  public let queue: String?
  /// Messages that were judged.
  public let messages: Int
  /// Days from the first message to the last, both counted, when nine of ten have a date.
  public let days: Int?
  /// The threshold in use, thousandths.
  public static let currentMilli = 500

  struct Reading: Sendable {
    var score: Double
    /// Whether the tag may be given at all: tags other than complaint are given to complaints only.
    var isOpen: Bool
    var actual: Bool?
    var queueWith: String
    var queueWithout: String
    var day: Int?
  }

  /// Judges a corpus once and counts at every threshold.
  ///
  /// - Parameters:
  ///   - kind: one of `EvidenceKind.scores`.
  ///   - label: what is compared with labels.
  ///   - steps: how many equal steps there are from 0 to 1.
  ///   - queue: the queue whose load is asked.
  public init(
    _ scan: CorpusScan, pipeline: Pipeline, kind: EvidenceKind, label: Label, steps: Int = 20,
    queue: String? = nil
  ) throws(InputError) {
    let readings = try scan.map(state: { pipeline.makeWorker() }) { worker, message in
      Sweep.reading(message, worker.judge(message), kind: kind, label: label, pipeline.policy)
    }
    self.init(readings, kind: kind, steps: steps, queue: queue)
  }

  init(_ readings: [Reading], kind: EvidenceKind, steps: Int, queue: String?) {
    self.kind = kind
    messages = readings.count
    let dates = readings.compactMap(\.day)
    // A few dates among many messages would say nothing of how many come in a day.
    days =
      dates.count * 10 < readings.count * 9
      ? nil : dates.min().flatMap { first in dates.max().map { $0 - first + 1 } }
    let chosen = queue ?? Sweep.mostFilled(readings)
    self.queue = chosen
    points = (1..<max(2, steps)).map { step in
      let milli = step * 1000 / max(2, steps)
      var point = Point(milli: milli, counts: LabelCounts(), tagged: 0, queued: 0)
      for reading in readings {
        let isTagged = reading.isOpen && reading.score >= Double(milli) / 1000
        if isTagged { point.tagged += 1 }
        if let chosen, (isTagged ? reading.queueWith : reading.queueWithout) == chosen {
          point.queued += 1
        }
        if let actual = reading.actual {
          // Anger is told of any message, though the tag is given to complaints only.
          let isAngry = kind == .anger && reading.score >= Double(milli) / 1000
          point.counts.add(predicted: isTagged || isAngry, actual: actual)
        }
      }
      return point
    }
  }

  /// What a day would bring of `count` of the messages: of `perDay` messages a day, or by the dates.
  public func aDay(_ count: Int, perDay: Double?) -> Double? {
    guard messages > 0 else { return nil }
    if let perDay { return Double(count) / Double(messages) * perDay }
    return days.map { Double(count) / Double($0) }
  }

  private static func reading(
    _ message: LabelledMessage, _ judgement: Judgement, kind: EvidenceKind, label: Label,
    _ policy: Policy
  ) -> Reading? {
    guard case .judged(let read, var assessment, _) = judgement.outcome else { return nil }
    let score = assessment.score(kind)
    let isOpen =
      kind == .complaint
      ? assessment.messageClass != .auto && assessment.language != .other
      : assessment.messageClass == .complaint
    let hasTag =
      kind == .complaint
      ? assessment.messageClass == .complaint : assessment.tags.contains(kind)
    var queues: [Bool: String] = [:]
    for isTagged in [true, false] {
      if isTagged != hasTag { set(kind, isTagged, in: &assessment, isOpen: isOpen) }
      queues[isTagged] = policy.decide(Facts(assessment: assessment, message: read)).queue
      if isTagged != hasTag { set(kind, hasTag, in: &assessment, isOpen: isOpen) }
    }
    return Reading(
      score: score, isOpen: isOpen, actual: message.labels[label],
      queueWith: queues[true] ?? "", queueWithout: queues[false] ?? "",
      day: message.day ?? read.date.map(CalendarDay.number(seconds:)))
  }

  /// Gives or takes the tag; of the score of complaints it is the class.
  private static func set(
    _ kind: EvidenceKind, _ holds: Bool, in assessment: inout Assessment, isOpen: Bool
  ) {
    guard kind != .complaint else {
      if isOpen { assessment.messageClass = holds ? .complaint : .other }
      return
    }
    assessment.tags.removeAll { $0 == kind }
    if holds, isOpen { assessment.tags.append(kind) }
  }

  private static func mostFilled(_ readings: [Reading]) -> String? {
    var gains: [String: Int] = [:]
    for reading in readings where reading.isOpen && reading.queueWith != reading.queueWithout {
      gains[reading.queueWith, default: 0] += 1
    }
    return gains.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }
}
