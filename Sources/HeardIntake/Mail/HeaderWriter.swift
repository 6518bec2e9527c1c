public import Heard
internal import HeardClassifier
internal import HeardDeadlines
internal import HeardLexicon
internal import HeardRouter
internal import HeardText

/// Adds `X-Heard-*` fields to a mail, on top of its header.
///
/// Law: taking the lines with `X-Heard-` away gives the mail back byte for byte, but for `X-Heard-*`
/// fields that it brought along, which are removed: only heard's own may be believed. Fields are
/// ASCII, folded at 78 columns where they can be, never over 998, with the line ends that the mail
/// has, and hold no text of the customer.
public struct HeaderWriter: Sendable {
  /// What the names of all fields begin with, in lower case.
  static let prefix = "x-heard-"
  private let records: RecordWriter
  private let lexicon: String
  private let policy: String
  private let evidenceLimit: Int
  private let system: TicketSystem

  /// Makes a writer for what a pipeline judges.
  ///
  /// - Parameters:
  ///   - evidenceLimit: entry ids that `X-Heard-Evidence` names at most.
  ///   - system: whose fields are added besides.
  public init(
    _ pipeline: Pipeline, evidenceLimit: Int = 12, for system: TicketSystem = .generic
  ) {
    self.system = system
    records = RecordWriter(pipeline)
    lexicon = pipeline.lexicon.digest
    policy = pipeline.policy.digest
    self.evidenceLimit = evidenceLimit
  }

  /// The fields for a judged mail; for one that could not be judged those of ``fault(_:)``.
  ///
  /// Evidence is named when the judgement was made with an explanation.
  public func fields(
    _ judgement: Judgement, status: MessageStatus = .ok
  ) -> [(name: String, value: String)] {
    guard case .judged(_, let assessment, let decision) = judgement.outcome else {
      return Self.fault(.error)
    }
    var fields = [
      ("X-Heard-Version", Version.current), ("X-Heard-Status", status.rawValue),
      ("X-Heard-Language", language(assessment)),
      ("X-Heard-Class", assessment.messageClass.rawValue),
    ]
    func add(_ name: String, _ values: [String]) {
      if !values.isEmpty { fields.append((name, values.joined(separator: ", "))) }
    }
    add("X-Heard-Tags", tags(assessment))
    add("X-Heard-Signals", assessment.signals.map(\.rawValue))
    fields.append(("X-Heard-Queue", decision.queue))
    fields.append(("X-Heard-Priority", decision.priority))
    fields.append(("X-Heard-Rule", decision.rule))
    add("X-Heard-Steps", decision.steps)
    add("X-Heard-Obligations", decision.obligations)
    add("X-Heard-Due", due(decision))
    add("X-Heard-Evidence", evidence(assessment))
    fields.append(("X-Heard-Lexicon", lexicon))
    fields.append(("X-Heard-Policy", policy))
    return fields + system.fields(queue: decision.queue, priority: decision.priority)
  }

  /// The fields for a mail that was not judged.
  public static func fault(_ status: MessageStatus) -> [(name: String, value: String)] {
    [("X-Heard-Status", status.rawValue)]
  }

  private func language(_ assessment: Assessment) -> String {
    let code = assessment.language.code
    guard let share = assessment.languages.first(where: { $0.0.code == code })?.1 else {
      return code
    }
    let hundredths = Int((share * 100).rounded())
    return "\(code); \(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  private func tags(_ assessment: Assessment) -> [String] {
    assessment.tags.map { tag in
      "\(tag.rawValue)=\(tag == .anger ? assessment.anger : 1)"
    }
  }

  /// What is due when and why, the earliest first; nothing where no deadlines were given.
  private func due(_ decision: Decision) -> [String] {
    (decision.handling?.due ?? []).map { clock in
      "\(ISOTime.text(clock.due)); regime=\(clock.regime); step=\(clock.step.rawValue)"
    }
  }

  /// Ids of what weighed most, the heaviest first.
  private func evidence(_ assessment: Assessment) -> [String] {
    var weights: [String: Int] = [:]
    for hit in assessment.contributions
    where hit.milli != 0 && hit.source != .bias && hit.source != .words {
      weights[records.name(of: hit.source), default: 0] += Int(hit.milli.magnitude)
    }
    let heaviest = weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return heaviest.prefix(evidenceLimit).map(\.key)
  }
}

// MARK: - Putting fields on a mail

extension HeaderWriter {
  /// The mail with fields on top of its header, and without the `X-Heard-*` that it brought along.
  ///
  /// - Parameter system: whose fields are removed as well.
  public static func write(
    _ fields: [(name: String, value: String)], onto message: [UInt8],
    for system: TicketSystem = .generic
  ) -> [UInt8] {
    let header = HeaderBlock(message)
    var written: [UInt8] = []
    written.reserveCapacity(message.count + 1024)
    written.append(contentsOf: message[..<header.start])
    // A mail that ends in its `From ` line: the first field would be a part of it.
    if let last = written.last, last != 0x0A {
      written.append(contentsOf: last == 0x0D ? [0x0A] : header.lineEnd)
    }
    for field in fields {
      written.append(contentsOf: folded(field.name, field.value, lineEnd: header.lineEnd))
    }
    // Without it the first line of a text would be taken for a part of the header.
    if header.isMissing { written.append(contentsOf: header.lineEnd) }
    let theirs = system.prefix ?? prefix
    let stays = header.ranges(of: message) { field in
      field.name.hasPrefix(prefix) || field.name.hasPrefix(theirs)
    }
    for kept in stays {
      written.append(contentsOf: message[kept])
    }
    return written
  }

  /// A field in lines of at most 78 columns where words allow it, and 998 in any case.
  static func folded(_ name: String, _ value: String, lineEnd: [UInt8]) -> [UInt8] {
    var line = Array("\(name):".utf8)
    var field: [UInt8] = []
    for word in value.utf8.split(separator: 0x20) {
      let clean = word.prefix(900).map { 0x21...0x7E ~= $0 ? $0 : UInt8(ascii: "?") }
      if line.count + 1 + clean.count > 78, !line.isEmpty {
        field.append(contentsOf: line)
        field.append(contentsOf: lineEnd)
        line = []
      }
      line.append(0x20)
      line.append(contentsOf: clean)
    }
    return field + line + lineEnd
  }
}
