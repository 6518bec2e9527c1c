import HeardLexicon
import HeardText

/// Entries and scoring rules as flat arrays, looked up by entry index while scoring.
///
/// Made once from a lexicon and shared by all workers.
final class ScoringTable: Sendable {
  /// A weight with its kind as a dense number, and what the rules say of that kind.
  ///
  /// Eight bytes without references: copying one while scoring costs a load.
  struct Weight {
    var milli: Int32
    var kind: UInt8
    var traits: KindTraits
    /// Scopes that change evidence of the kind (``KindRules``).
    var scopes: Scopes
  }

  /// A run of `weights`.
  struct Run: BitwiseCopyable {
    var start: Int32
    var count: UInt16

    init(_ range: Range<Int>) {
      start = Int32(clamping: range.lowerBound)
      count = UInt16(clamping: range.count)
    }

    var isEmpty: Bool { count == 0 }
    var indices: Range<Int> { Int(start)..<Int(start) &+ Int(count) }
  }

  /// One entry: two runs of `weights`, an operator or none, and its limits.
  ///
  /// 22 bytes as the fields are ordered, so that what is counted of an entry fits beside it into half
  /// a line of the processor's cache (``Scorer/Entry``).
  struct Entry: BitwiseCopyable {
    var evidence: Run
    var scopes: Scopes
    var negated: Run
    var maximum: UInt16
    /// Index into `operators`; negative for none.
    var scopeOperator: Int32
    var language: Language
    /// Whether its words count for nothing as single words (``CompiledLexicon/isFormula(_:)``).
    var isFormula: Bool
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
    var weights: Run
    /// Its largest weight, which names it in near misses.
    var main: Weight
    var maximum: Int

    /// The kinds of both roles, as bits.
    var roles: UInt64 { 1 << UInt64(first) | 1 << UInt64(second) }
  }

  /// A style and its weights.
  struct Style {
    /// Index into ``ScoringTable/styleNames``.
    var number: Int
    var weights: Run
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

  /// The styles, as the scoring rules call them.
  static let styleNames = [
    "capitals", "exclamation", "repeated", "emoji", "question", "stated", "praising", "blameless",
  ]
  /// Reach of operators in tokens at most, which bounds the work for a sentence without an end.
  static let reachLimit = 40
  /// Distance of a frame's roles at most, for the same reason.
  static let distanceLimit = 100

  let entries: [Entry]
  let words: WordTable
  let weights: [Weight]
  let operators: [ScopeOperator]
  let frames: [FrameRule]
  /// Kinds that some frame asks for, as bits by `EvidenceKind.index`.
  let frameRoles: UInt64
  let factors: Factors
  let capitals: Style
  let exclamation: Style
  let repeated: Style
  let emoticon: Style
  let questionMark: Style
  let stated: Style
  let praising: Style
  let blameless: Style
  /// By kind index times languages plus language; nil where a kind is not calibrated.
  private let curves: [Curve?]
  /// Kinds that are calibrated, ascending.
  let calibratedKinds: [Int]
  /// Indices of the scores and signals in the order of a record, and of its tags.
  let scoreIndices = EvidenceKind.scores.map(\.index)
  let signalIndices = EvidenceKind.signals.map(\.index)
  let tagIndices = KindRules.tagOrder.map(\.index)
  let angerLevels: [Int32]
  let signalThreshold: Int32

  /// Lays a lexicon out.
  init(_ lexicon: CompiledLexicon) {
    // In the order of the lexicon's evidence, so that its ranges are runs; others come behind.
    var weights = lexicon.evidence.map(Self.weight)
    var operators: [ScopeOperator] = []
    func run(_ evidence: [Evidence]) -> Run {
      let start = weights.count
      weights.append(contentsOf: evidence.map(Self.weight))
      return Run(start..<weights.count)
    }
    entries = (0..<lexicon.entryCount).map { index in
      let rules = lexicon.rules(index)
      var operatorIndex: Int32 = -1
      if var scopeOperator = rules.scopeOperator {
        scopeOperator.reach = min(max(scopeOperator.reach, 0), Self.reachLimit)
        operatorIndex = Int32(clamping: operators.count)
        operators.append(scopeOperator)
      }
      return Entry(
        evidence: Run(rules.evidence), scopes: rules.scopes, negated: Run(rules.negated),
        maximum: UInt16(clamping: max(rules.maximum, 1)), scopeOperator: operatorIndex,
        language: rules.language, isFormula: lexicon.isFormula(rules))
    }
    words = lexicon.words
    self.operators = operators
    frames = Self.frames(lexicon.frames, run)
    frameRoles = frames.reduce(into: 0) { $0 |= $1.roles }
    func factor(_ name: String, _ usual: Int32) -> Int32 {
      min(max(lexicon.scopeFactors[name] ?? usual, 0), 4000)
    }
    factors = Factors(
      hypothetical: factor("hypothetical", 300), question: factor("question", 500),
      quotation: factor("quotation", 500), otherPerson: factor("other-person", 200),
      contrastBefore: factor("contrast-before", 600), contrastAfter: factor("contrast-after", 1200))
    func style(_ number: Int, _ usual: [Evidence] = []) -> Style {
      Style(number: number, weights: run(lexicon.styles[Self.styleNames[number]] ?? usual))
    }
    capitals = style(0)
    exclamation = style(1)
    repeated = style(2)
    emoticon = style(3)
    questionMark = style(4, [Evidence(.question, milli: 1200)])
    stated = style(5)
    praising = style(6)
    blameless = style(7)
    self.weights = weights
    curves = Self.curves(lexicon.calibrations)
    calibratedKinds = KindRules.kinds.indices.filter { [curves] kind in
      (0..<Self.languageCount).contains { curves[kind * Self.languageCount + $0] != nil }
    }
    angerLevels = lexicon.angerLevels
    signalThreshold = lexicon.signalThreshold
  }

  /// The curve of a kind in a language; that of undetermined text where there is none.
  func curve(_ kind: Int, _ language: Language) -> Curve? {
    let row = kind * Self.languageCount
    return curves[row + Int(language.rawValue)]
      ?? curves[row + Int(Language.undetermined.rawValue)]
  }

  private static let languageCount = Language.allCases.count

  private static func weight(_ evidence: Evidence) -> Weight {
    let kind = evidence.kind.index
    return Weight(
      milli: evidence.milli, kind: UInt8(kind), traits: KindRules.traits(of: evidence.kind),
      scopes: KindRules.scopes[kind])
  }

  private static func frames(
    _ sources: [Frame], _ run: ([Evidence]) -> Run
  ) -> [FrameRule] {
    var pairs: [[Int]: Int] = [:]
    return sources.map { source in
      let roles = [source.first.index, source.second.index]
      let pair = pairs[roles] ?? pairs.count
      pairs[roles] = pair
      let weights = source.evidence.map(weight)
      return FrameRule(
        first: roles[0], second: roles[1], pair: pair, ordered: source.ordered,
        window: source.window, distance: min(max(source.distance, 0), distanceLimit),
        languages: source.languages, weights: run(source.evidence),
        main: weights.max { abs($0.milli) < abs($1.milli) }
          ?? Weight(milli: 0, kind: 0, traits: [], scopes: []),
        maximum: max(source.maximum, 1))
    }
  }

  /// Scores and the three other classes are always calibrated: with biases of −2 and −1 unless
  /// told.
  private static func curves(_ sources: [Calibration]) -> [Curve?] {
    var table = [Curve?](repeating: nil, count: KindRules.kinds.count * languageCount)
    func place(_ kind: EvidenceKind, _ language: Language) -> Int {
      kind.index * languageCount + Int(language.rawValue)
    }
    for kind in EvidenceKind.scores {
      table[place(kind, .undetermined)] = Curve(bias: -2000, slope: 1000)
    }
    for kind in [EvidenceKind.question, .request, .praise] {
      table[place(kind, .undetermined)] = Curve(bias: -1000, slope: 1000)
    }
    for source in sources {
      table[place(source.kind, source.language)] = Curve(
        bias: source.biasMilli, slope: max(source.slopeMilli, 1))
    }
    return table
  }
}
