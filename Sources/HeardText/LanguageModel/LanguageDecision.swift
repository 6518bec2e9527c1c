/// From summed evidence to a language.
extension LanguageModel {
  /// How much likelier nl, pl and en each are than any other lane before a word is read.
  ///
  /// Customers of our users write those three more often. From e^0.5 to e^2 it makes no difference
  /// that can be measured.
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

  /// The one lane that leads all others by ``clearLead``, or nil.
  ///
  /// Most sentences end here, so this is plain integers: reductions of wide vectors are slow on
  /// the processors that we build for.
  static func clearLane(_ sum: SIMD16<Int32>) -> Int? {
    var (best, second, lane) = (sum[0], Int32.min, 0)
    for index in 1..<laneCount {
      let value = sum[index]
      if value > best {
        (second, best, lane) = (best, value, index)
      } else if value > second {
        second = value
      }
    }
    return best - clearLead >= second ? lane : nil
  }

  /// How well nl, pl, en and all others together explain the evidence; the best lane has 1.
  static func likelihoods(_ sum: SIMD16<Int32>) -> SIMD4<Float> {
    if let lane = clearLane(sum) {
      var one = SIMD4<Float>.zero
      one[min(lane, 3)] = 1
      return one
    }
    let raised = exponential(SIMD16<Float>(sum &- sum.max()) * (1 / Float(stepsPerNat)))
    let read = raised[0] + raised[1] + raised[2]
    return SIMD4(raised[0], raised[1], raised[2], max(raised.sum() - read, 0))
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
    // Adding 1.5 × 2²³ leaves the nearest whole number in the last bits: no conversion, no call.
    let shifted = twos + 12_582_912
    let part = twos - (shifted - 12_582_912)
    // 2^x on −½…½.
    var power = part * 0.001_321_690 + 0.009_666_773
    power = power * part + 0.055_508_342
    power = power * part + 0.240_223_179
    power = power * part + 0.693_146_938
    power = power * part + 1
    // The whole number becomes the exponent of a float; same size, every bit pattern is a number.
    let whole = unsafe unsafeBitCast(shifted, to: SIMD16<Int32>.self) &- 0x4B40_0000
    let scale = unsafe unsafeBitCast((whole &+ 127) &<< 23, to: SIMD16<Float>.self)
    return power * scale
  }
}
