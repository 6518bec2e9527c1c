public import HeardClassifier
public import HeardLexicon
internal import HeardMail
public import HeardRouter
internal import HeardText

/// Writes the record of a message: one JSON object, key order fixed (`docs/record.schema.json`).
///
/// The last keys, which are the same for every record of a run, are rendered once.
public struct RecordWriter: Sendable {
  private let lexicon: CompiledLexicon
  private let policy: Policy
  private let tail: [UInt8]
  private let scoreNames = EvidenceKind.scores.map(\.rawValue)

  /// Makes a writer for the records of a pipeline.
  public init(_ pipeline: Pipeline) {
    lexicon = pipeline.lexicon
    policy = pipeline.policy
    var writer = JSONWriter()
    writer.openObject()
    writer.key("lexicon")
    writer.string(pipeline.lexicon.digest)
    writer.key("policy")
    writer.string(pipeline.policy.digest)
    writer.key("version")
    writer.string(Version.current)
    // Spliced into an open object: without its own opening brace.
    tail = Array(writer.finish().dropFirst())
  }

  /// Appends the record of one message.
  ///
  /// - Parameter origin: when it was sent and by whom, for records that are to say so.
  public func write(
    _ judgement: Judgement, explain: Bool, origin: MessageOrigin? = nil,
    into writer: inout JSONWriter
  ) {
    writer.openObject()
    writer.key("schema")
    writer.string(Version.schema)
    writer.key("id")
    write(judgement.id, into: &writer)
    switch judgement.outcome {
    case .judged(let message, let assessment, let decision):
      writer.key("status")
      writer.string("ok")
      write(assessment, into: &writer)
      write(decision, into: &writer)
      write(message.repairs, into: &writer)
      if let origin { write(origin, into: &writer) }
      writer.member(tail)
      if explain {
        write(explanationOf: assessment, message, into: &writer)
        write(reasonsOf: decision, assessment, message, into: &writer)
      }
    case .failed(let error):
      writer.key("status")
      writer.string("error")
      if let origin { write(origin, into: &writer) }
      writer.member(tail)
      writer.key("error")
      writer.openObject()
      writer.key("code")
      writer.string(error.code)
      writer.key("message")
      writer.string(error.message)
      writer.key("where")
      writer.string(error.location)
      writer.closeObject()
    }
    writer.closeObject()
  }

  private func write(_ id: MessageID, into writer: inout JSONWriter) {
    switch id {
    case .text(let text): writer.string(text)
    case .json(let value): writer.json(value)
    case .none: writer.null()
    }
  }

  private func write(_ origin: MessageOrigin, into writer: inout JSONWriter) {
    writer.key("meta")
    writer.openObject()
    writer.key("time")
    if let time = origin.time { writer.string(time) } else { writer.null() }
    writer.key("sender")
    if let sender = origin.sender { writer.string(sender) } else { writer.null() }
    writer.closeObject()
  }

  private func write(_ assessment: Assessment, into writer: inout JSONWriter) {
    writer.key("language")
    writer.string(assessment.language.code)
    writer.key("languages")
    writer.openArray()
    for (language, share) in assessment.languages {
      writer.openObject()
      writer.key("language")
      writer.string(language.code)
      writer.key("share")
      writer.fraction(share)
      writer.closeObject()
    }
    writer.closeArray()
    writer.key("class")
    writer.string(assessment.messageClass.rawValue)
    writer.key("scores")
    writer.openObject()
    for (name, score) in zip(scoreNames, assessment.scores) {
      writer.key(name)
      writer.score(score)
    }
    writer.closeObject()
    writer.key("tags")
    write(assessment.tags, into: &writer)
    writer.key("anger")
    writer.integer(assessment.anger)
    writer.key("signals")
    write(assessment.signals, into: &writer)
    writer.key("sentiment")
    writer.fraction(assessment.sentiment)
  }

  private func write(_ kinds: [EvidenceKind], into writer: inout JSONWriter) {
    writer.openArray()
    for kind in kinds { writer.string(kind.rawValue) }
    writer.closeArray()
  }

  private func write(_ decision: Decision, into writer: inout JSONWriter) {
    writer.key("queue")
    writer.string(decision.queue)
    writer.key("priority")
    writer.string(decision.priority)
    writer.key("rule")
    writer.string(decision.rule)
    writer.key("steps")
    writer.strings(decision.steps)
    writer.key("obligations")
    writer.strings(decision.obligations)
    if let handling = decision.handling { HandlingText.write(handling, into: &writer) }
  }

  /// What was wrong with the message and how it was read; absent when nothing was.
  private func write(_ repairs: [Repair], into writer: inout JSONWriter) {
    guard !repairs.isEmpty else { return }
    writer.key("repairs")
    writer.openArray()
    for repair in repairs {
      writer.openObject()
      writer.key("code")
      writer.string(repair.code)
      writer.key("detail")
      writer.string(repair.detail)
      writer.closeObject()
    }
    writer.closeArray()
  }
}

// MARK: - Explanation

extension RecordWriter {
  private func write(
    explanationOf assessment: Assessment, _ message: Message, into writer: inout JSONWriter
  ) {
    writer.key("hits")
    writer.openArray()
    for hit in assessment.contributions {
      writer.openObject()
      write(hit.source, into: &writer)
      write(place: hit.part, hit.range, of: message, into: &writer)
      write(hit.kind, in: hit.zone, into: &writer)
      writer.key("scopes")
      writer.strings(hit.scopes.list)
      writer.key("contribution")
      writer.thousandths(Int(hit.milli))
      if hit.source == .words { write(wordsFor: hit.kind, of: assessment, into: &writer) }
      writer.closeObject()
    }
    writer.closeArray()
    writer.key("nearMisses")
    writer.openArray()
    for miss in assessment.nearMisses {
      writer.openObject()
      write(miss.source, into: &writer)
      write(place: miss.part, miss.range, of: message, into: &writer)
      write(miss.kind, in: miss.zone, into: &writer)
      writer.key("reason")
      writer.string(miss.reason.text)
      writer.key("lost")
      writer.thousandths(Int(miss.lostMilli))
      writer.closeObject()
    }
    writer.closeArray()
    writer.key("zones")
    writer.openArray()
    for part in message.parts {
      for span in part.zones {
        writer.openObject()
        writer.key("part")
        writer.string(part.name.rawValue)
        writer.key("zone")
        writer.string(span.zone.name)
        write(span.range, into: &writer)
        writer.closeObject()
      }
    }
    writer.closeArray()
  }

  /// The single words that add up to a contribution, as the lexicon spells them.
  private func write(
    wordsFor kind: EvidenceKind, of assessment: Assessment, into writer: inout JSONWriter
  ) {
    writer.key("words")
    writer.openArray()
    for word in words(for: kind, of: assessment) {
      writer.openObject()
      writer.key("word")
      writer.string(word.text)
      writer.key("contribution")
      writer.thousandths(Int(word.milli))
      writer.closeObject()
    }
    writer.closeArray()
  }

  /// The single words that count for a score, as the lexicon spells them, the heaviest first.
  public func words(
    for kind: EvidenceKind, of assessment: Assessment
  ) -> [(text: String, milli: Int32)] {
    assessment.words
      .map { (text: lexicon.words.word($0.number), milli: $0.milli(kind)) }
      .filter { $0.milli != 0 }
      .sorted { ($1.milli.magnitude, $0.text) < ($0.milli.magnitude, $1.text) }
  }

  /// Why it went where it went, and that nobody was judged.
  ///
  /// A decision that was made with more than the message (a conversation, a time) brings its
  /// reasons; of any other they follow from the message.
  private func write(
    reasonsOf decision: Decision, _ assessment: Assessment, _ message: Message,
    into writer: inout JSONWriter
  ) {
    let reasons =
      decision.reasons.isEmpty
      ? policy.reasons(Facts(assessment: assessment, message: message)) : decision.reasons
    writer.key("because")
    writer.openArray()
    for reason in reasons {
      writer.openObject()
      writer.members(of: reason)
      writer.key("hits")
      writer.openArray()
      for hit in reason.hits(in: assessment.contributions) { writer.integer(hit) }
      writer.closeArray()
      writer.closeObject()
    }
    writer.closeArray()
    // Said where somebody asks for reasons: who is right is not among what heard knows.
    writer.key("merit")
    writer.string("unassessed")
  }

  private func write(_ kind: EvidenceKind, in zone: Zone, into writer: inout JSONWriter) {
    writer.key("tag")
    writer.string(kind.rawValue)
    writer.key("zone")
    writer.string(zone.name)
  }

  private func write(_ source: Contribution.Source, into writer: inout JSONWriter) {
    writer.key("entry")
    writer.string(name(of: source))
  }

  /// The id of an entry or frame, `style.` with a style's name, `words` or `bias`.
  public func name(of source: Contribution.Source) -> String {
    switch source {
    case .entry(let index): lexicon.entryID(index)
    case .frame(let index): lexicon.frames[index].id
    case .style(let name): "style.\(name)"
    case .words: "words"
    case .bias: "bias"
    }
  }

  private func write(
    place part: Int, _ range: ByteRange, of message: Message, into writer: inout JSONWriter
  ) {
    guard message.parts.indices.contains(part), !range.isEmpty else { return }
    let text = message.parts[part]
    writer.key("part")
    writer.string(text.name.rawValue)
    writer.key("form")
    writer.string(utf8: text.bytes[range.range])
    write(range, into: &writer)
  }

  private func write(_ range: ByteRange, into writer: inout JSONWriter) {
    writer.key("bytes")
    writer.openArray()
    writer.integer(Int(range.start))
    writer.integer(Int(range.end))
    writer.closeArray()
  }
}

extension JSONWriter {
  /// Who decided, what is to be done and the facts that it rests on.
  public mutating func members(of reason: DecisionReason) {
    key("by")
    string(reason.id)
    key("steps")
    strings(reason.steps)
    key("obligations")
    strings(reason.obligations)
    key("facts")
    strings(reason.facts.map(\.text))
  }
}

extension Scopes {
  /// The names of the scopes in the set.
  public var list: [String] {
    Scopes.names.indices.filter { contains(Scopes(rawValue: 1 << UInt16($0))) }
      .map { Scopes.names[$0] }
  }
}

extension NearMiss.Reason {
  /// The reason in a word or two, as records and explanations show it.
  public var text: String {
    switch self {
    case .negated: "negated"
    case .weakened(let scopes): "weakened: " + scopes.list.joined(separator: ", ")
    case .zone(let zone): "zone: \(zone.name)"
    case .cap: "counted often enough"
    case .said: "said by the same words"
    case .noWords: "no words beside it"
    case .partnerMissing(let kind): "without \(kind.rawValue)"
    case .praised: "praised"
    case .threshold: "below the threshold"
    case .noComplaint: "no complaint"
    }
  }
}
