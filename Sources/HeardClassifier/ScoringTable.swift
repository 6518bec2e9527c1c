import HeardLexicon
import HeardText

/// What the scorer needs to know of one entry, before it is laid out flat.
struct EntryScoring {
  var language: Language
  var evidence: [Evidence]
  var negated: [Evidence]
  var scopeOperator: ScopeOperator?
  var scopes: Scopes
  var maximum: Int
}

/// What the scorer needs to know besides entries, before it is laid out flat.
struct ScoringSettings {
  var frames: [Frame]
  var calibrations: [Calibration]
  var scopeFactors: [String: Int32]
  var styles: [String: [Evidence]]
  var angerLevels: [Int32]
  var signalThreshold: Int32
}

/// Entries and scoring rules as flat arrays, looked up by entry index while scoring.
///
/// Made once from a lexicon and shared by all workers.
final class ScoringTable: Sendable {
  /// A weight with its kind as a dense number.
  struct Weight {
    var kind: UInt8
    var milli: Int32
  }

  /// One entry: two runs of `weights`, an operator or none, and its limits.
  struct Entry {
    var evidence: Range<Int32>
    var negated: Range<Int32>
    /// Index into `operators`; negative for none.
    var scopeOperator: Int32
    var scopes: Scopes
    var maximum: Int32
    var language: Language
  }

  /// A frame with its kinds as dense numbers.
  struct FrameRule {
    var first: Int
    var second: Int
    /// Frames with the same two roles share a number: a role used by one is gone for the others.
    var pair: Int
    var ordered: Bool
    var window: Frame.Window
    var distance: Int
    var languages: LanguageSet
    var weights: [Weight]
    /// Its largest weight, which names it in near misses.
    var main: Weight
    var maximum: Int
  }

  /// A style and its weights.
  struct Style {
    var name: String
    /// From 0, below ``ScoringTable/styleCount``.
    var number: Int
    var weights: [Weight]
  }

  /// How a sum becomes a score: logistic(slope · sum), the bias being part of the sum.
  struct Curve {
    var bias: Int32
    var slope: Int32
  }

  /// Multipliers in thousandths for evidence under a scope.
  struct Factors {
    var hypothetical: Int32
    var question: Int32
    var quotation: Int32
    var otherPerson: Int32
    var contrastBefore: Int32
    var contrastAfter: Int32
  }

  /// How many styles there are.
  static let styleCount = 5
  /// Reach of operators in tokens at most, which bounds the work for a sentence without an end.
  static let reachLimit = 40
  /// Distance of a frame's roles at most, for the same reason.
  static let distanceLimit = 100

  let entries: [Entry]
  let weights: [Weight]
  let operators: [ScopeOperator]
  let frames: [FrameRule]
  /// Kinds that some frame asks for, by `EvidenceKind.index`.
  let isFrameRole: [Bool]
  let factors: Factors
  let capitals: Style
  let exclamation: Style
  let repeated: Style
  let emoticon: Style
  let questionMark: Style
  /// Scopes that change evidence of each kind, by `EvidenceKind.index`.
  let kindScopes = KindRules.scopes
  /// Kinds (bits of `EvidenceKind.index`) whose evidence above 0 speaks against us.
  let accusing: UInt32 = KindRules.kinds.reduce(0) { bits, kind in
    switch kind {
    case .valence, .person, .expectation, .charge, .question, .request, .praise, .suggestion,
      .thirdParty:
      bits
    default: bits | 1 << UInt32(kind.index)
    }
  }
  /// By kind index and language; nil where a kind is not calibrated.
  let curves: [[Curve?]]
  let angerLevels: [Int32]
  let signalThreshold: Int32

  /// Lays entries and rules out.
  init(entries sources: [EntryScoring], rules: ScoringSettings) {
    var entries: [Entry] = []
    var weights: [Weight] = []
    var operators: [ScopeOperator] = []
    entries.reserveCapacity(sources.count)
    func run(_ evidence: [Evidence]) -> Range<Int32> {
      let start = Int32(clamping: weights.count)
      weights.append(contentsOf: Self.weights(evidence))
      return start..<Int32(clamping: weights.count)
    }
    for source in sources {
      var operatorIndex: Int32 = -1
      if var scopeOperator = source.scopeOperator {
        scopeOperator.reach = min(max(scopeOperator.reach, 0), Self.reachLimit)
        operatorIndex = Int32(clamping: operators.count)
        operators.append(scopeOperator)
      }
      entries.append(
        Entry(
          evidence: run(source.evidence), negated: run(source.negated),
          scopeOperator: operatorIndex, scopes: source.scopes,
          maximum: Int32(clamping: max(source.maximum, 1)), language: source.language))
    }
    self.entries = entries
    self.weights = weights
    self.operators = operators
    frames = Self.frames(rules.frames)
    var isFrameRole = Array(repeating: false, count: KindRules.kinds.count)
    for frame in frames {
      isFrameRole[frame.first] = true
      isFrameRole[frame.second] = true
    }
    self.isFrameRole = isFrameRole
    func factor(_ name: String, _ usual: Int32) -> Int32 {
      min(max(rules.scopeFactors[name] ?? usual, 0), 4000)
    }
    factors = Factors(
      hypothetical: factor("hypothetical", 300), question: factor("question", 500),
      quotation: factor("quotation", 500), otherPerson: factor("other-person", 200),
      contrastBefore: factor("contrast-before", 600), contrastAfter: factor("contrast-after", 1200))
    func style(_ number: Int, _ name: String, _ usual: [Evidence] = []) -> Style {
      Style(name: name, number: number, weights: Self.weights(rules.styles[name] ?? usual))
    }
    capitals = style(0, "capitals")
    exclamation = style(1, "exclamation")
    repeated = style(2, "repeated")
    emoticon = style(3, "emoji")
    questionMark = style(4, "question", [Evidence(.question, milli: 1200)])
    curves = Self.curves(rules.calibrations)
    angerLevels = rules.angerLevels
    signalThreshold = rules.signalThreshold
  }

  /// The curve of a kind in a language; that of undetermined text where there is none.
  func curve(_ kind: Int, _ language: Language) -> Curve? {
    curves[kind][Int(language.rawValue)] ?? curves[kind][Int(Language.undetermined.rawValue)]
  }

  private static func weights(_ evidence: [Evidence]) -> [Weight] {
    evidence.map { Weight(kind: UInt8($0.kind.index), milli: $0.milli) }
  }

  private static func frames(_ sources: [Frame]) -> [FrameRule] {
    var pairs: [[Int]: Int] = [:]
    return sources.map { source in
      let roles = [source.first.index, source.second.index]
      let pair = pairs[roles] ?? pairs.count
      pairs[roles] = pair
      let weights = weights(source.evidence)
      return FrameRule(
        first: roles[0], second: roles[1], pair: pair, ordered: source.ordered,
        window: source.window, distance: min(max(source.distance, 0), distanceLimit),
        languages: source.languages, weights: weights,
        main: weights.max { abs($0.milli) < abs($1.milli) } ?? Weight(kind: 0, milli: 0),
        maximum: max(source.maximum, 1))
    }
  }

  /// Scores and the three other classes are always calibrated: with biases of −2 and −1 unless
  /// told.
  private static func curves(_ sources: [Calibration]) -> [[Curve?]] {
    var table = Array(
      repeating: [Curve?](repeating: nil, count: Language.allCases.count),
      count: KindRules.kinds.count)
    let undetermined = Int(Language.undetermined.rawValue)
    for kind in EvidenceKind.scores {
      table[kind.index][undetermined] = Curve(bias: -2000, slope: 1000)
    }
    for kind in [EvidenceKind.question, .request, .praise] {
      table[kind.index][undetermined] = Curve(bias: -1000, slope: 1000)
    }
    for source in sources {
      table[source.kind.index][Int(source.language.rawValue)] = Curve(
        bias: source.biasMilli, slope: max(source.slopeMilli, 1))
    }
    return table
  }
}
