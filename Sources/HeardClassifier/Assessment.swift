public import HeardLexicon
public import HeardMail
public import HeardText

/// What one single word adds, once a message.
public struct WordContribution: Hashable, Sendable {
  /// Its number in ``CompiledLexicon/words``.
  public var number: UInt16
  /// Thousandths in the order of `EvidenceKind.scores`.
  public var weights: WordTable.Weights

  /// What it adds to a score, thousandths; 0 for all other kinds.
  public func milli(_ kind: EvidenceKind) -> Int32 {
    EvidenceKind.scores.firstIndex(of: kind).map { Int32(weights[$0]) } ?? 0
  }
}

/// One reason for a score: an entry's match, a frame, a style, single words or the bias.
public struct Contribution: Hashable, Sendable {
  /// Where the weight comes from.
  public enum Source: Hashable, Sendable {
    /// An entry, by its index in the lexicon.
    case entry(Int)
    /// A frame, by its index in the scoring rules.
    case frame(Int)
    /// A style, by its name in the scoring rules.
    case style(String)
    /// The single words of the message together; ``Assessment/words`` has each.
    case words
    case bias
  }

  /// What adds it.
  public var source: Source
  /// What it is evidence for.
  public var kind: EvidenceKind
  /// What it adds, thousandths; 0 for a match that is shown and does not count.
  public var milli: Int32
  /// What it would add without scopes, zone and caps.
  public var plainMilli: Int32
  /// Scopes that changed it.
  public var scopes: Scopes
  /// The zone it stands in.
  public var zone: Zone
  /// Index of the part in the message.
  public var part: Int
  /// Where in the part, UTF-8 bytes; empty for single words and the bias.
  public var range: ByteRange
}

/// Evidence that was there and did not count, or not in full.
public struct NearMiss: Hashable, Sendable {
  /// Why it did not count.
  public enum Reason: Hashable, Sendable {
    /// Under a negator.
    case negated
    /// Weakened by these scopes.
    case weakened(Scopes)
    /// In a zone that is not scored.
    case zone(Zone)
    /// The entry or frame had counted as often as it may.
    case cap
    /// Another entry that matches the same words said so, or said part of it.
    case said
    /// An emoji or a style without words beside it that are evidence.
    case noWords
    /// Half of a frame; nothing of this kind stood near enough.
    case partnerMissing(EvidenceKind)
    /// The frame's person was praised where he was named.
    case praised
    /// The sum stayed below what the kind needs.
    case threshold
    /// The tag had evidence enough, and the message is no complaint.
    case noComplaint
  }

  /// What nearly counted: an entry, a frame or a style; the bias stands for the kind as a whole.
  public var source: Contribution.Source
  /// What it would have been evidence for.
  public var kind: EvidenceKind
  /// Why it was not.
  public var reason: Reason
  /// What was lost, thousandths; for `threshold` what the sum still needed.
  public var lostMilli: Int32
  /// The zone it stands in.
  public var zone: Zone
  /// Index of the part in the message.
  public var part: Int
  /// Where in the part, UTF-8 bytes; empty for a kind as a whole.
  public var range: ByteRange
  /// The operator that took it away, in the same part; empty when there is none.
  public var operatorRange: ByteRange
}

/// What the classifier says of one message.
///
/// Law 4: for each kind the contributions sum to `sums[kind]`, exactly; and nothing but the lists of
/// contributions and near misses depends on whether an explanation was asked for.
public struct Assessment: Sendable {
  /// The language of most of the scored text.
  public var language: Language = .undetermined
  /// Share of the scored text per language, largest first.
  public var languages: [(language: Language, share: Double)] = []
  /// What kind of message it is.
  public var messageClass: MessageClass = .other
  /// Sums in thousandths, indexed by `EvidenceKind.index`, biases included.
  public var sums: [Int32] {
    get { KindRules.kinds.indices.map { inlineSums[$0] } }
    set { for kind in KindRules.kinds.indices { inlineSums[kind] = newValue[kind] } }
  }
  /// The same without a place of its own in memory: a run makes one for every message.
  var inlineSums = Scorer.Sums(repeating: 0)
  /// Calibrated, 0 … 1, in the order of `EvidenceKind.scores`.
  public var scores: [Double] = Assessment.noScores
  /// Those of the four tags at 0.5 or more, when the class is complaint.
  public var tags: [EvidenceKind] = []
  /// 0 … 3; whatever the class.
  public var anger = 0
  /// Those whose sum reaches the threshold, in the order of `EvidenceKind.signals`.
  public var signals: [EvidenceKind] = []
  /// −1 … 1.
  public var sentiment = 0.0
  /// Filled when an explanation is asked for, in order of part and place; biases last.
  public var contributions: [Contribution] = []
  /// Filled when an explanation is asked for, in order of part and place.
  public var nearMisses: [NearMiss] = []
  /// Single words that count, filled when an explanation is asked for, in the order of the text.
  public var words: [WordContribution] = []

  /// Makes an empty assessment.
  public init() {}

  /// Shared, so that an empty assessment allocates nothing.
  private static let noScores: [Double] = [0, 0, 0, 0, 0]

  /// The calibrated score of a kind; 0 for one that has none.
  public func score(_ kind: EvidenceKind) -> Double {
    EvidenceKind.scores.firstIndex(of: kind).map { scores[$0] } ?? 0
  }
}
