public import Heard
public import HeardCases
internal import HeardLexicon
internal import HeardMail
internal import HeardRouter

/// A mail and what heard says of it; judged once for all its recipients.
public struct JudgedMail: Sendable {
  /// The mail as it came.
  public let message: [UInt8]
  /// What recognises the mail; `none` for one that no intake will file.
  let identity: MessageIdentity
  let outcome: Judge.Outcome
  /// How long judging took.
  let judgingTime: Duration
  private let system: TicketSystem

  init(
    _ message: [UInt8], identity: MessageIdentity, outcome: Judge.Outcome,
    judgingTime: Duration = .zero, for system: TicketSystem
  ) {
    self.message = message
    self.identity = identity
    self.outcome = outcome
    self.judgingTime = judgingTime
    self.system = system
  }

  /// Judges a mail that is not to be filed.
  ///
  /// - Parameters:
  ///   - recipients: the envelope's; they count as those that the mail itself names.
  ///   - rules: staff, deadlines and conversations that it is handled with.
  public init(
    _ message: [UInt8], by pipeline: Pipeline, recipients: [String] = [],
    rules: HandlingRules = HandlingRules(), evidenceLimit: Int = 12,
    for system: TicketSystem = .generic
  ) {
    let judge = Judge(
      pipeline, fault: "", rules: rules, evidenceLimit: evidenceLimit, system: system)
    self.init(
      message, identity: .none,
      outcome: judge.judge(message, recipients: recipients, limit: nil), for: system)
  }

  /// Makes a mail that was not judged, for this reason, and is not to be filed.
  public init(_ message: [UInt8], fault: String, for system: TicketSystem = .generic) {
    self.init(message, identity: .none, outcome: .fault(fault), for: system)
  }

  /// Why it could not be judged; nil when it was.
  public var fault: String? {
    switch outcome {
    case .judged: nil
    case .fault(let text): text
    case .noThread: "too many messages are being judged without end"
    }
  }

  /// The queue that the policy names; nil when it was not judged.
  public var queue: String? {
    guard case .judged(let judgement, _, _) = outcome,
      case .judged(_, _, let decision) = judgement.outcome
    else { return nil }
    return decision.queue
  }

  /// The mail with its `X-Heard-*` fields.
  public func tagged(_ status: MessageStatus) -> [UInt8] {
    switch outcome {
    case .judged(let judgement, _, let headers):
      HeaderWriter.write(headers.fields(judgement, status: status), onto: message, for: system)
    case .fault, .noThread:
      HeaderWriter.write(HeaderWriter.fault(.error), onto: message, for: system)
    }
  }

  /// The Message-ID without brackets; empty when there is none or the mail was not judged.
  var messageID: String {
    if case .judged(let judgement, _, _) = outcome,
      case .judged(let message, _, _) = judgement.outcome
    {
      return message.id ?? ""
    }
    return HeaderBlock(message).messageID(in: message)
  }

  /// What the ledger keeps of the judgement: its record, or the fault.
  var decision: String {
    var writer = JSONWriter()
    switch outcome {
    case .judged(let judgement, let pipeline, _):
      RecordWriter(pipeline).write(judgement, explain: false, into: &writer)
    case .fault, .noThread:
      writer.openObject()
      writer.key("status")
      writer.string("error")
      writer.key("fault")
      writer.string(fault ?? "")
      writer.closeObject()
    }
    return String(decoding: writer.finish(), as: UTF8.self)
  }

  /// The digests of lexicon and policy; empty when it was not judged.
  var digests: (lexicon: String, policy: String) {
    if case .judged(_, let pipeline, _) = outcome {
      (pipeline.lexicon.digest, pipeline.policy.digest)
    } else {
      ("", "")
    }
  }
}

extension HeaderBlock {
  /// The Message-ID without brackets, as it stands; empty when there is none.
  func messageID(in bytes: [UInt8]) -> String {
    guard let field = fields.first(where: { $0.name == "message-id" }),
      let colon = bytes[field.range].firstIndex(of: UInt8(ascii: ":"))
    else { return "" }
    let value = bytes[(colon + 1)..<field.range.upperBound].prefix(1000)
    let id = value.filter { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E }
    return String(decoding: id, as: UTF8.self)
  }
}
