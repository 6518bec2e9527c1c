public import Heard
internal import HeardClassifier
internal import HeardInput
internal import HeardLexicon
internal import HeardMail
internal import HeardRouter
internal import HeardText

/// A record as columns, for tables and databases.
public struct FlatRecord: Sendable {
  /// The id as text; nil without one.
  public var id: String?
  /// Whether the input gave it as a number.
  public var idIsNumber = false
  /// What came of it; nil for an error record.
  public var verdict: Verdict?
  /// Why it was not judged; nil for one that was.
  public var error: RecordError?
  /// When it was sent and by whom, where that is asked for.
  public var origin: MessageOrigin?

  /// What was judged.
  public struct Verdict: Sendable {
    /// A code, as `nl`.
    public var language: String
    /// As `complaint`.
    public var messageClass: String
    /// 0 … 1, in the order of ``FlatRecord/scoreNames``.
    public var scores: [Double]
    /// The tags that hold.
    public var tags: [String]
    /// 0 … 3.
    public var anger: Int
    /// The signals that hold.
    public var signals: [String]
    /// −1 … 1.
    public var sentiment: Double
    /// The desk.
    public var queue: String
    /// How soon.
    public var priority: String
    /// Which rule sent it there.
    public var rule: String
    /// What to do first.
    public var steps: [String]
    /// What must not be left out.
    public var obligations: [String]
    /// Codes of what was wrong with the message.
    public var repairs: [String]
    /// What added to the scores, when explained.
    public var hits: [Hit]
  }

  /// One reason for a score.
  public struct Hit: Sendable {
    /// Entry, frame or style.
    public var entry: String
    /// What it is evidence for.
    public var tag: String
    /// The zone it stands in.
    public var zone: String
    /// The scopes that changed it, between spaces.
    public var scopes: String
    /// Thousandths of a logit.
    public var milli: Int
    /// Part, form and UTF-8 bytes; nil for a bias.
    public var place: (part: String, form: String, start: Int, end: Int)?
  }

  /// The names of the scores, in order.
  public static let scoreNames = EvidenceKind.scores.map(\.rawValue)
}

/// Makes flat records, one worker's.
final class FlatRecordMaker {
  private let names: RecordWriter
  private let json = JSONFieldReader()

  init(_ names: RecordWriter) { self.names = names }

  func make(_ judgement: Judgement, explain: Bool, origin: MessageOrigin?) -> FlatRecord {
    var record = FlatRecord()
    (record.id, record.idIsNumber) = id(judgement.id)
    record.origin = origin
    switch judgement.outcome {
    case .failed(let error): record.error = error
    case .judged(let message, let assessment, let decision):
      record.verdict = FlatRecord.Verdict(
        language: assessment.language.code, messageClass: assessment.messageClass.rawValue,
        scores: assessment.scores, tags: assessment.tags.map(\.rawValue), anger: assessment.anger,
        signals: assessment.signals.map(\.rawValue), sentiment: assessment.sentiment,
        queue: decision.queue, priority: decision.priority, rule: decision.rule,
        steps: decision.steps, obligations: decision.obligations,
        repairs: message.repairs.map(\.code),
        hits: explain ? assessment.contributions.map { hit($0, message) } : [])
    }
    return record
  }

  private func hit(_ hit: Contribution, _ message: Message) -> FlatRecord.Hit {
    var place: (part: String, form: String, start: Int, end: Int)?
    if message.parts.indices.contains(hit.part), !hit.range.isEmpty {
      let part = message.parts[hit.part]
      place = (
        part.name.rawValue, String(decoding: part.bytes[hit.range.range], as: UTF8.self),
        Int(hit.range.start), Int(hit.range.end)
      )
    }
    return FlatRecord.Hit(
      entry: names.name(of: hit.source), tag: hit.kind.rawValue, zone: hit.zone.name,
      scopes: hit.scopes.list.joined(separator: " "), milli: Int(hit.milli), place: place)
  }

  private func id(_ id: MessageID) -> (String?, Bool) {
    switch id {
    case .none: return (nil, false)
    case .text(let text): return (text, false)
    case .json(let raw):
      guard raw.first == UInt8(ascii: "\"") else {
        return (String(decoding: raw, as: UTF8.self), true)
      }
      guard raw.contains(UInt8(ascii: "\\")) else {
        return (String(decoding: raw.dropFirst().dropLast(), as: UTF8.self), false)
      }
      return (unescaped(raw), false)
    }
  }

  /// The text of a JSON string.
  private func unescaped(_ raw: [UInt8]) -> String? {
    let line = Array("{\"id\":".utf8) + raw + Array("}".utf8)
    let buffer = line + [UInt8](repeating: 0, count: JSONRecordReader.padding)
    var text: String?
    do throws(JSONRecordReader.Problem) {
      try json?.read(buffer, 0..<line.count) { _, value in
        if case .text(let found) = value { text = found }
      }
    } catch {
      return nil
    }
    return text
  }
}
