public import Heard
internal import HeardMail
internal import HeardSources
internal import HeardStatistics
public import HeardText

/// How well the rules find what a labeller found.
///
/// Findings of the level warning or above count; notes are for information. All rules are on. A
/// finding is right when a label of its rule overlaps it, or has no place; several findings at one
/// label are one.
public struct ReplyEvaluation: Sendable {
  /// What came of one rule in one language.
  public struct Counts: Hashable, Sendable {
    /// Labels that were found.
    public var found = 0
    /// Labels that were not.
    public var missed = 0
    /// Findings without a label.
    public var wrong = 0

    /// Share of findings that are right; 1 without findings.
    public var precision: Double { Self.share(found, found + wrong) }
    /// Share of labels that were found; 1 without labels.
    public var recall: Double { Self.share(found, found + missed) }
    /// The 95 % interval of the precision.
    public var precisionInterval: ClosedRange<Double> {
      WilsonInterval.share(found, of: found + wrong)
    }
    /// The 95 % interval of the recall.
    public var recallInterval: ClosedRange<Double> {
      WilsonInterval.share(found, of: found + missed)
    }

    mutating func add(_ other: Counts) {
      found += other.found
      missed += other.missed
      wrong += other.wrong
    }

    private static func share(_ part: Int, _ whole: Int) -> Double {
      whole == 0 ? 1 : Double(part) / Double(whole)
    }
  }

  /// A label that was not found, or a finding without a label.
  public struct Miss: Hashable, Sendable {
    /// The reply.
    public var id: String
    /// The rule.
    public var rule: ReplyRule
    /// Whether it was said and is not so; else it is so and was not said.
    public var isWrong: Bool
    /// The words, of the reply and not of a customer; empty for what is missing.
    public var text: String
  }

  /// By language in the order of the corpus, then by rule.
  public private(set) var counts: [Language: [ReplyRule: Counts]] = [:]
  /// Replies measured, by language.
  public private(set) var replies: [Language: Int] = [:]
  /// In the order of the corpus.
  public private(set) var misses: [Miss] = []

  /// Measures replies.
  ///
  /// - Parameter worker: judges what they reply to.
  public init(_ corpus: [LabelledReply], wording: ReplyWording, worker: Worker) {
    let checker = ReplyChecker(wording, rules: Set(ReplyRule.allCases))
    for reply in corpus {
      replies[reply.language, default: 0] += 1
      let bytes = Array(reply.text.utf8)
      let findings = try? checker.check(
        reply: bytes, to: reply.to.map { Array($0.utf8) }, worker: worker)
      add(
        reply, (findings?.findings ?? []).filter { $0.level >= .warning },
        shift: Self.shift(findings?.message, bytes))
    }
  }

  /// All rules of a language, or of all languages.
  public func total(_ language: Language? = nil) -> Counts {
    var total = Counts()
    for (key, rules) in counts where language == nil || key == language {
      for one in rules.values { total.add(one) }
    }
    return total
  }

  /// One rule in all languages.
  public func total(_ rule: ReplyRule) -> Counts {
    var total = Counts()
    for rules in counts.values { if let one = rules[rule] { total.add(one) } }
    return total
  }

  private mutating func add(_ reply: LabelledReply, _ findings: [ReplyFinding], shift: Int) {
    var isUsed = [Bool](repeating: false, count: findings.count)
    for expected in reply.expected {
      let hits = findings.indices.filter { index in
        guard findings[index].rule == expected.rule else { return false }
        guard let range = expected.range else { return true }
        let found = findings[index].range
        return found.range.lowerBound + shift < range.range.upperBound
          && range.range.lowerBound < found.range.upperBound + shift
      }
      for index in hits { isUsed[index] = true }
      if hits.isEmpty {
        counts[reply.language, default: [:]][expected.rule, default: Counts()].missed += 1
        let words = expected.range.map { Array(reply.text.utf8)[$0.range] } ?? []
        misses.append(
          Miss(
            id: reply.id, rule: expected.rule, isWrong: false,
            text: String(decoding: words, as: UTF8.self)))
      } else {
        counts[reply.language, default: [:]][expected.rule, default: Counts()].found += 1
      }
    }
    for (index, finding) in findings.enumerated() where !isUsed[index] {
      counts[reply.language, default: [:]][finding.rule, default: Counts()].wrong += 1
      misses.append(
        Miss(id: reply.id, rule: finding.rule, isWrong: true, text: finding.text))
    }
  }

  /// Bytes before the body in the text of a labelled mail: labels count from the text's start.
  private static func shift(_ message: Message?, _ bytes: [UInt8]) -> Int {
    guard let body = message?.parts.first(where: { $0.name == .body })?.bytes,
      bytes.count >= body.count, bytes.suffix(body.count).elementsEqual(body)
    else { return 0 }
    return bytes.count - body.count
  }
}
