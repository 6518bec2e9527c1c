import HeardLexicon
import HeardMail
import HeardText

/// Decides from the sums: language, scores, class, tags, anger, signals, sentiment.
extension Scorer {
  /// A kind this near below its threshold is a near miss, thousandths of a logit.
  private static let nearly: Int32 = 600
  /// Sum from which `suggestion` and `third-party` compete for the class, thousandths.
  private static let sideClassThreshold: Int64 = 1000
  /// Bytes of sentences up to which a message is a few lines.
  private static let fewLines = 250
  /// Strength from which a yardstick is clear enough to stand alone, thousandths.
  private static let clearYardstick: Int32 = 1000

  /// The assessment of the message whose evidence has been added.
  mutating func verdict(automatic: Bool) -> Assessment {
    var result = Assessment()
    (result.language, result.languages) = languageShares()
    addBiases(result.language)
    addWordSums()
    addStated()
    addBalance()
    result.inlineSums = sums
    let language = result.language
    result.scores = table.scoreIndices.map { FixedPoint.logistic(milli: logit($0, language)) }
    for kind in table.signalIndices where sums[kind] >= table.signalThreshold {
      result.signals.append(KindRules.kinds[kind])
    }
    result.sentiment = FixedPoint.sentiment(milli: sums[KindRules.valence])
    result.messageClass = messageClass(result.language, automatic: automatic)
    // No program is angry, whatever it quotes.
    result.anger = automatic ? 0 : angerLevel()
    let isComplaint = result.messageClass == .complaint
    if isComplaint || explains {
      var held: [EvidenceKind] = []
      for kind in table.tagIndices where sums[kind] >= 0 { held.append(KindRules.kinds[kind]) }
      result.tags = isComplaint ? held : []
      if explains { noteThresholds(held: isComplaint ? [] : held) }
    }
    if explains {
      result.contributions = contributions.sorted(by: Self.inOrder)
      result.nearMisses = nearMisses.sorted(by: Self.inOrder)
      result.words = wordContributions
    }
    return result
  }

  /// Languages by their bytes of the scored text, largest first, and the first of them.
  private mutating func languageShares() -> (Language, [(language: Language, share: Double)]) {
    var total = 0
    for language in languageBytes.indices { total += languageBytes[language] }
    guard total > 0 else { return (.undetermined, []) }
    for language in Language.allCases where languageBytes[Int(language.rawValue)] == total {
      return (language, [(language: language, share: 1)])
    }
    let languageBytes = languageBytes
    let order = Language.allCases
      .filter { languageBytes[Int($0.rawValue)] > 0 }
      .sorted {
        let sizes = (languageBytes[Int($0.rawValue)], languageBytes[Int($1.rawValue)])
        return sizes.0 == sizes.1 ? $0.rawValue < $1.rawValue : sizes.0 > sizes.1
      }
    let shares = order.map {
      (
        language: $0,
        share: FixedPoint.rounded(
          Double(languageBytes[Int($0.rawValue)]) / Double(total), decimals: 1000)
      )
    }
    return (order[0], shares)
  }

  private mutating func addBiases(_ language: Language) {
    for kind in table.calibratedKinds {
      guard let curve = table.curve(kind, language) else { continue }
      add(
        .bias, kind: kind, milli: curve.bias, plain: curve.bias, zone: scoredZone, part: 0,
        range: ByteRange(0, 0))
    }
  }

  /// A yardstick told in a few lines where nothing is asked, wanted or praised.
  ///
  /// Who says what was promised, and leaves it there, says that it was not kept. Once a message, for
  /// its strongest yardstick; a long text has other reasons to tell what was said.
  private mutating func addStated() {
    if table.stated.weights.isEmpty || firstRole[KindRules.expectation] == Role.none { return }
    var length = 0
    for language in languageBytes.indices { length += languageBytes[language] }
    if length > Self.fewLines { return }
    if sums[KindRules.question] >= 0 || sums[KindRules.request] >= 0 || sums[KindRules.praise] >= 0
    {
      return
    }
    var strongest = Role.none
    var least = Self.clearYardstick
    var next = firstRole[KindRules.expectation]
    while next != Role.none {
      let role = roles[Int(next)]
      if role.strength >= least, !role.isQuestion {
        strongest = next
        least = role.strength + 1
      }
      next = role.next
    }
    if strongest == Role.none { return }
    let yardstick = roles[Int(strongest)]
    let name = ScoringTable.styleNames[table.stated.number]
    for place in table.stated.weights.indices {
      let weight = table.weights[place]
      add(
        .style(name), kind: Int(weight.kind), milli: weight.milli, plain: weight.milli,
        zone: scoredZone, part: Int(yardstick.part), range: yardstick.range)
    }
  }

  /// Slope times sum, thousandths.
  private mutating func logit(_ kind: Int, _ language: Language) -> Int64 {
    let slope = table.curve(kind, language)?.slope ?? 1000
    let product = Int64(sums[kind]) * Int64(slope)
    // Away from zero, so that a sum below zero never reaches a score of a half.
    return product < 0 ? (product - 999) / 1000 : product / 1000
  }

  /// How many of the levels the sum of anger reaches.
  private mutating func angerLevel() -> Int {
    let anger = sums[KindRules.anger]
    return table.angerLevels.prefix(3).count { anger >= $0 }
  }

  private mutating func messageClass(_ language: Language, automatic: Bool) -> MessageClass {
    if automatic { return .auto }
    if language == .other { return .other }
    if sums[KindRules.complaint] >= 0 { return .complaint }
    var best: (messageClass: MessageClass, logit: Int64) = (.other, -1)
    func offer(_ messageClass: MessageClass, _ logit: Int64) {
      if logit >= 0, logit > best.logit { best = (messageClass, logit) }
    }
    // On equal terms the earlier is taken.
    offer(.praise, logit(KindRules.praise, language))
    offer(.request, logit(KindRules.request, language))
    offer(.question, logit(KindRules.question, language))
    offer(.other, Int64(sums[KindRules.suggestion]) - Self.sideClassThreshold)
    offer(.other, Int64(sums[KindRules.thirdParty]) - Self.sideClassThreshold)
    return best.messageClass
  }

  // MARK: Explanation

  private mutating func noteThresholds(held: [EvidenceKind]) {
    for kind in held {
      miss(
        .bias, kind: kind.index, .noComplaint, lost: sums[kind.index], zone: scoredZone, part: 0,
        range: ByteRange(0, 0))
    }
    for kind in EvidenceKind.scores {
      let sum = sums[kind.index]
      if sum < 0, sum >= -Self.nearly {
        miss(
          .bias, kind: kind.index, .threshold, lost: -sum, zone: scoredZone, part: 0,
          range: ByteRange(0, 0))
      }
    }
    for kind in EvidenceKind.signals {
      let lacking = table.signalThreshold - sums[kind.index]
      if lacking > 0, lacking <= Self.nearly, sums[kind.index] > 0 {
        miss(
          .bias, kind: kind.index, .threshold, lost: lacking, zone: scoredZone, part: 0,
          range: ByteRange(0, 0))
      }
    }
  }

  private static func inOrder(_ one: Contribution, _ other: Contribution) -> Bool {
    rank(one.source, one.part, one.range, one.kind)
      .lexicographicallyPrecedes(rank(other.source, other.part, other.range, other.kind))
  }

  private static func inOrder(_ one: NearMiss, _ other: NearMiss) -> Bool {
    rank(one.source, one.part, one.range, one.kind)
      .lexicographicallyPrecedes(rank(other.source, other.part, other.range, other.kind))
  }

  /// Part, place, then entries, frames, styles; single words and biases behind everything.
  private static func rank(
    _ source: Contribution.Source, _ part: Int, _ range: ByteRange, _ kind: EvidenceKind
  ) -> [Int] {
    let (isBias, form, number): (Int, Int, Int) =
      switch source {
      case .entry(let index): (0, 0, index)
      case .frame(let index): (0, 1, index)
      case .style(let name): (0, 2, name.utf8.reduce(0) { $0 &* 31 &+ Int($1) })
      case .words: (1, 3, 0)
      case .bias: (1, 4, 0)
      }
    return [
      isBias, part, Int(range.start), Int(range.end), form, number, kind.index,
    ]
  }
}
