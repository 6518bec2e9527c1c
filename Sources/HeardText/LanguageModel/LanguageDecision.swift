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
  ///
  /// Lane by lane: most sentences have one lane near the best, and then nothing is computed.
  static func likelihoods(_ sum: SIMD16<Int32>) -> SIMD4<Float> {
    var most = sum[0]
    for lane in 1..<laneCount { most = max(most, sum[lane]) }
    var likelihoods = SIMD4<Float>.zero
    for lane in 0..<laneCount {
      let below = sum[lane] &- most
      guard below > -clearLead else { continue }
      likelihoods[min(lane, readLanes.count)] +=
        below == 0 ? 1 : exponential(Float(below) * (1 / Float(stepsPerNat)))
    }
    return likelihoods
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

  /// The natural exponential, for exponents up to 0; below −80 it is that of −80.
  ///
  /// Right to six digits. Our own, because a C library's differs in the last bit from processor to
  /// processor, and the same text must give the same record everywhere.
  static func exponential(_ exponent: Float) -> Float {
    let twos = min(max(exponent, -80), 0) * 1.442_695
    let whole = twos.rounded(.down)
    let part = twos - whole
    // 2^x on 0…1, a polynomial that is exact at both ends.
    var power = part * 0.001_878_318 + 0.008_990_057
    power = power * part + 0.055_823_190
    power = power * part + 0.240_156_127
    power = power * part + 0.693_152_308
    power = power * part + 1
    return power * Float(bitPattern: UInt32(Int32(whole) + 127) << 23)
  }
}
