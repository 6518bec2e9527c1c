public import Heard
internal import HeardClassifier
public import HeardInput
internal import HeardRouter
public import HeardStatistics
internal import HeardText
internal import Synchronization

/// What a change of lexicon or policy does to a corpus.
public struct Comparison: Sendable {
  /// How one label fares under both.
  public struct LabelChange: Hashable, Sendable {
    /// What was asked; class and queue are asked too, of messages that have them.
    public var name: String
    /// Under the first; empty for class and queue.
    public var old = LabelCounts()
    /// Under the second; empty for class and queue.
    public var new = LabelCounts()
    /// Messages that were asked.
    public var count = 0
    /// Right before and wrong now.
    public var lost = 0
    /// Wrong before and right now.
    public var gained = 0
    /// Two-sided exact probability of so uneven a split by chance.
    public var probability: Double { McNemar.exact(lost: lost, gained: gained) }

    mutating func add(old wasRight: Bool, new isRight: Bool) {
      count += 1
      if wasRight, !isRight { lost += 1 }
      if !wasRight, isRight { gained += 1 }
    }

    mutating func add(_ other: LabelChange) {
      old.add(other.old)
      new.add(other.new)
      count += other.count
      lost += other.lost
      gained += other.gained
    }
  }

  /// A cause over all messages that moved.
  public struct Responsible: Hashable, Sendable {
    /// Id of the entry or frame, or name of the style or rule.
    public var name: String
    /// The evidence that differs.
    public var kind: String
    /// Messages that moved and have it among their causes.
    public var messages: Int
    /// Sum of the differences, thousandths.
    public var milli: Int
  }

  /// Messages judged by both.
  public let messages: Int
  /// Messages that could not be read.
  public let errors: Int
  /// Those whose class, tags or queue differ, in the order of the corpus.
  public let moved: [MovedMessage]
  /// Causes, those of most messages first.
  public let responsible: [Responsible]
  /// Labels that somebody gave, in the order of labels; class and queue last.
  public let labels: [LabelChange]
  /// Whether a message counts as moved when only its priority, steps or obligations differ.
  public let countsDuties: Bool

  /// Judges a corpus twice.
  public init(
    _ scan: CorpusScan, old: Pipeline, new: Pipeline, countsDuties: Bool = false
  ) throws(InputError) {
    self.countsDuties = countsDuties
    let totals = Mutex(Totals())
    let found = try scan.map(
      state: { ComparisonWorker(old: old, new: new, countsDuties: countsDuties) },
      done: { worker in totals.withLock { $0.add(worker.totals) } }
    ) { worker, message in worker.compare(message) }
    moved = found
    let counted = totals.withLock { $0 }
    messages = counted.messages
    errors = counted.errors
    labels = counted.labels.filter { $0.count > 0 }
    responsible = Comparison.responsible(found)
  }

  private static func responsible(_ moved: [MovedMessage]) -> [Responsible] {
    var all: [[String]: Responsible] = [:]
    for cause in moved.flatMap(\.causes) {
      let key = [cause.name, cause.kind]
      var one =
        all[key] ?? Responsible(name: cause.name, kind: cause.kind, messages: 0, milli: 0)
      one.messages += 1
      one.milli += cause.milli
      all[key] = one
    }
    return all.values.sorted {
      ($1.messages, $1.milli.magnitude, $0.name, $0.kind)
        < ($0.messages, $0.milli.magnitude, $1.name, $1.kind)
    }
  }

  /// What one worker, or all together, have counted.
  struct Totals: Sendable {
    var messages = 0
    var errors = 0
    var labels =
      Label.allCases.map { LabelChange(name: $0.rawValue) }
      + [LabelChange(name: "class"), LabelChange(name: "queue")]

    mutating func add(_ other: Totals) {
      messages += other.messages
      errors += other.errors
      for place in labels.indices { labels[place].add(other.labels[place]) }
    }

    mutating func note(
      _ message: LabelledMessage, old: (Assessment, MovedMessage.Verdict),
      new: (Assessment, MovedMessage.Verdict)
    ) {
      for (label, actual) in message.labels {
        let before = label.holds(old.0)
        let after = label.holds(new.0)
        let place = label.order
        labels[place].old.add(predicted: before, actual: actual)
        labels[place].new.add(predicted: after, actual: actual)
        labels[place].add(old: before == actual, new: after == actual)
      }
      if let expected = message.messageClass {
        labels[Label.allCases.count]
          .add(old: old.1.messageClass == expected, new: new.1.messageClass == expected)
      }
      if let expected = message.queue {
        labels[Label.allCases.count + 1]
          .add(old: old.1.queue == expected, new: new.1.queue == expected)
      }
    }
  }
}

/// Judges messages with both pipelines, for one thread.
private final class ComparisonWorker {
  private(set) var totals = Comparison.Totals()
  private let old: Worker
  private let new: Worker
  private let finder: CauseFinder
  private let countsDuties: Bool

  init(old: Pipeline, new: Pipeline, countsDuties: Bool) {
    self.countsDuties = countsDuties
    self.old = old.makeWorker()
    self.new = new.makeWorker()
    finder = CauseFinder(oldNames: RecordWriter(old), newNames: RecordWriter(new))
  }

  /// What moved, or nil.
  func compare(_ message: LabelledMessage) -> MovedMessage? {
    guard let before = judge(message, old, explain: false),
      let after = judge(message, new, explain: false)
    else {
      totals.errors += 1
      return nil
    }
    totals.messages += 1
    totals.note(message, old: before, new: after)
    // Explaining costs more than judging, and few messages move.
    guard MovedMessage.differs(before.1, after.1, countsDuties: countsDuties),
      let oldReasons = judge(message, old, explain: true),
      let newReasons = judge(message, new, explain: true)
    else { return nil }
    return MovedMessage(
      id: message.id, set: message.set,
      language: message.language == "und" ? after.0.language.code : message.language,
      old: before.1, new: after.1, causes: finder.causes(oldReasons, newReasons))
  }

  private func judge(
    _ message: LabelledMessage, _ worker: Worker, explain: Bool
  ) -> (Assessment, MovedMessage.Verdict)? {
    guard
      case .judged(_, let assessment, let decision) =
        worker.judge(message, explain: explain).outcome
    else { return nil }
    return (assessment, MovedMessage.Verdict(assessment, decision))
  }
}
