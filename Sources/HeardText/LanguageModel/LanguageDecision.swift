/// From summed evidence to a language.
extension LanguageModel {
  /// How much likelier nl, pl and en each are than any other lane before a word is read.
  ///
  /// Customers of our users write those three more often. Chosen on half of the measuring set.
  static let prior = SIMD4<Float>(3.5, 3.5, 3.5, 1)
  /// Below this chance a text is undetermined.
  static let leastConfidence: Float = 0.4
  /// A lane that leads all others by so many steps (11 nats) needs no arithmetic to be believed.
  static let clearLead: Int32 = 11 * stepsPerNat

  /// The language of a text by the sum of its tokens' evidence, with no text around it.
  ///
  /// - Parameters:
  ///   - sum: the sum of ``evidence(normal:)`` over the text's tokens.
  ///   - letters: number of letters in those tokens; with fewer than 2 nothing is said.
  public func decide(_ sum: SIMD16<Int32>, letters: Int) -> Identification {
    guard letters >= 2, sum != .zero else { return .undetermined }
    return Self.best(Self.normalised(Self.likelihoods(sum) * Self.prior))
  }

  /// How well nl, pl, en and all others together explain the evidence; the best lane has 1.
  static func likelihoods(_ sum: SIMD16<Int32>) -> SIMD4<Float> {
    let below = sum &- sum.max()
    var near = SIMD16<Int32>.zero
    near.replace(with: 1, where: below .> -clearLead)
    if near.wrappedSum() == 1 {
      let read = SIMD4<Int32>(near[0], near[1], near[2], 0)
      return SIMD4<Float>(SIMD4(near[0], near[1], near[2], 1 - read.wrappedSum()))
    }
    let raised = exponential(SIMD16<Float>(below) * (1 / Float(stepsPerNat)))
    let read = SIMD4(raised[0], raised[1], raised[2], 0)
    return SIMD4(raised[0], raised[1], raised[2], raised.sum() - read.sum())
  }

  /// The four as chances that add up to 1.
  static func normalised(_ likelihoods: SIMD4<Float>) -> SIMD4<Float> {
    likelihoods / max(likelihoods.sum(), .leastNormalMagnitude)
  }

  /// The likeliest of nl, pl, en and other, or undetermined.
  static func best(_ chances: SIMD4<Float>) -> Identification {
    var index = 0
    for other in 1..<4 where chances[other] > chances[index] { index = other }
    guard chances[index] >= leastConfidence else { return .undetermined }
    let language = index < readLanes.count ? readLanes[index] : .other
    return Identification(language: language, confidence: Double(chances[index]))
  }

  /// The natural exponential of each, for exponents up to 0; below −80 it is that of −80.
  ///
  /// Right to six digits. Our own, because a C library's differs in the last bit from processor to
  /// processor, and the same text must give the same record everywhere.
  static func exponential(_ exponents: SIMD16<Float>) -> SIMD16<Float> {
    let twos =
      exponents.clamped(lowerBound: .init(repeating: -80), upperBound: .zero) * 1.442_695
    let whole = twos.rounded(.down)
    let part = twos - whole
    // 2^x on 0…1, a polynomial that is exact at both ends.
    var power = part * 0.001_878_318 + 0.008_990_057
    power = power * part + 0.055_823_190
    power = power * part + 0.240_156_127
    power = power * part + 0.693_152_308
    power = power * part + 1
    let bits = (SIMD16<Int32>(whole) &+ 127) &<< 23
    // Same size, every bit pattern is a number.
    let scale = unsafe unsafeBitCast(bits, to: SIMD16<Float>.self)
    return power * scale
  }
}
