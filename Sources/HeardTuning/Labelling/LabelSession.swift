public import HeardCorpus

/// The labelling of a list of messages, key by key.
///
/// Knows nothing of terminals and files: keys go in, lines come out.
public struct LabelSession: Sendable {
  /// What a key did.
  public enum Event: Hashable, Sendable {
    /// The labels of the present message changed.
    case changed
    /// The message was accepted, skipped or taken back; another one is present.
    case moved
    /// The key means nothing here.
    case refused(String)
    /// All messages are done, or the labeller stops.
    case finished
  }

  /// Lines of the output, those from before first.
  public private(set) var lines: [String]
  /// The message that is labelled now; nil at the end.
  public private(set) var current: LabelRecord?
  /// How many messages there are, and how many are done or skipped.
  public let total: Int
  /// How many are done or skipped, in this session and before.
  public private(set) var done: Int

  private let messages: [LabelledMessage]
  private var position = 0
  /// What undo goes back to: the record, and whether it gave a line.
  private var history: [(position: Int, record: LabelRecord, isWritten: Bool)] = []

  /// Resumes: messages whose ids are in the lines already are not asked again.
  public init(_ messages: [LabelledMessage], lines: [String] = []) {
    let known = Set(lines.compactMap { LabelRecord.Labels(line: $0)?.id })
    self.messages = messages.filter { !known.contains($0.id) }
    self.lines = lines
    total = messages.count
    done = messages.count - self.messages.count
    current = self.messages.first.map { LabelRecord($0) }
  }

  /// Takes a key.
  public mutating func press(_ key: Character) -> Event {
    if key == "u" { return undo() }
    if key == "x" || key == "\u{4}" || key == "\u{3}" { return .finished }
    guard var record = current else { return .finished }
    switch key {
    case "\n", "\r", " ":
      guard record.messageClass != nil else {
        return .refused("choose a class first: c q r p a o")
      }
      lines.append(record.line)
      return advance(record, isWritten: true)
    case "n":
      return advance(record, isWritten: false)
    case "0", "1", "2", "3":
      record.anger = key.wholeNumberValue ?? 0
    default:
      if let one = LabelRecord.classes.first(where: { $0.key == key }) {
        record.messageClass = one.name
      } else if let one = LabelRecord.tags.first(where: { $0.key == key }) {
        record.tags.formSymmetricDifference([one.name])
      } else if let one = LabelRecord.signals.first(where: { $0.key == key }) {
        record.signals.formSymmetricDifference([one.name])
      } else {
        return .refused("no key '\(key)'; \(LabelSession.help)")
      }
    }
    current = record
    return .changed
  }

  private mutating func advance(_ record: LabelRecord, isWritten: Bool) -> Event {
    history.append((position, record, isWritten))
    position += 1
    done += 1
    current = position < messages.count ? LabelRecord(messages[position]) : nil
    return current == nil ? .finished : .moved
  }

  private mutating func undo() -> Event {
    guard let last = history.popLast() else { return .refused("nothing to take back") }
    if last.isWritten { lines.removeLast() }
    position = last.position
    current = last.record
    done -= 1
    return .moved
  }

  /// The keys, in a line.
  public static let help =
    "c q r p a o: class; 0-3: anger; e s d: expectation-gap staff-targeted pricing-dispute; "
    + "v m: poor-service pricing-opinion; Enter: next; n: skip; u: undo; x: stop"

  /// The labels so far, in a line.
  public var status: String {
    guard let current else { return "done" }
    let names = current.heldTags + current.signals.sorted()
    return "[\(done + 1)/\(total)] \(current.messageClass ?? "?") anger \(current.anger) "
      + names.joined(separator: " ")
  }
}

/// Agreement of two labelled files, label by label.
public enum AgreementReport {
  /// A table of κ and α over the messages that both have; nil when there are none.
  public static func table(_ first: [String], _ second: [String]) -> String? {
    let other = Dictionary(
      second.compactMap { LabelRecord.Labels(line: $0) }.map { ($0.id, $0) },
      uniquingKeysWith: { $1 })
    let pairs = first.compactMap { LabelRecord.Labels(line: $0) }
      .compactMap { one in other[one.id].map { (one, $0) } }
    guard !pairs.isEmpty else { return nil }
    var text = "\(pairs.count) messages labelled by both\n\n"
    text += "| label | agreed | κ | α |\n| --- | ---: | ---: | ---: |\n"
    func row<Value: Hashable>(
      _ name: String, _ value: (LabelRecord.Labels) -> Value,
      distance: (Value, Value) -> Double = { $0 == $1 ? 0 : 1 }
    ) {
      let values = pairs.map { (value($0.0), value($0.1)) }
      let agreed = Double(values.count { $0.0 == $0.1 }) / Double(values.count)
      let figures = [
        Agreement.kappa(values), Agreement.alpha(values.map { [$0.0, $0.1] }, distance: distance),
      ]
      .map { $0.map { FitReport.decimal($0, 3) } ?? "–" }
      text += "| \(name) | \(FitReport.decimal(agreed, 3)) | \(figures[0]) | \(figures[1]) |\n"
    }
    row("class", \.messageClass)
    row("anger", \.anger) { Double(($0 - $1) * ($0 - $1)) }
    for tag in LabelRecord.tags.map(\.name) { row(tag) { $0.tags.contains(tag) } }
    return text + "\nα of anger takes levels as distances; the others are nominal.\n"
  }
}
