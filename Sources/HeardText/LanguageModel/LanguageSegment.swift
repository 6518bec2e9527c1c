/// One sentence of a message as language identification sees it: its evidence, and what was
/// decided with the sentences around it.
public struct LanguageSegment: Sendable {
  /// Sum of the evidence of its tokens.
  public var sum: SIMD16<Int32>
  /// Letters in its tokens.
  public var letters: Int
  /// Its language; set by ``LanguageModel/identify(_:)``.
  public var language: Language = .undetermined
  /// The chance of that language by the model, 0…1.
  public var confidence: Double = 0
  /// How well nl, pl, en and other explain its evidence, the best of them near 1.
  var likelihoods: SIMD4<Float> = .one
  /// Chances of the four by its own evidence alone; zero without evidence.
  var own: SIMD4<Float> = .zero

  /// Makes a segment that is still to be identified.
  public init(sum: SIMD16<Int32>, letters: Int) {
    self.sum = sum
    self.letters = letters
  }
}

extension LanguageModel {
  /// The least that a language is expected in a message, whatever the rest of it is in: a clear
  /// sentence of some ten letters overcomes this, a single name does not.
  private static let strangerShare: Float = 0.02
  /// How much of the expectation comes from the sentences next to one, the rest from the message.
  private static let neighbourShare: Float = 0.5
  /// Letters from which a neighbour counts fully.
  private static let fullLetters: Float = 40

  /// Decides the language of each sentence of one message with the others around it, and the
  /// language of the message: that of most letters.
  ///
  /// A short or unclear sentence takes the language of its surroundings, a clear one keeps its
  /// own, so a message in two languages keeps both. Where the whole message is unclear, all its
  /// evidence together decides. Linear in the number of segments; allocates nothing.
  ///
  /// - Parameter segments: the sentences in their order; language and confidence are filled in.
  /// - Returns: the message's language, with the share of its letters as confidence.
  public func identify(_ segments: inout ContiguousArray<LanguageSegment>) -> Identification {
    var votes = SIMD8<Int>.zero
    var open = 0
    for index in segments.indices {
      segments[index].language = .undetermined
      segments[index].confidence = 0
      segments[index].own = .zero
      guard let lane = Self.clearLane(segments[index].sum) else {
        open += 1
        continue
      }
      // So clear that no surroundings would change it.
      let language = lane < Self.readLanes.count ? Self.readLanes[lane] : .other
      segments[index].own[min(lane, 3)] = 1
      segments[index].language = language
      segments[index].confidence = 1
      votes[Int(language.rawValue)] += max(segments[index].letters, 1)
    }
    if open > 0, let whole = settle(&segments, &votes) { return whole }
    var most = Language.undetermined
    for language in Language.allCases
    where votes[Int(language.rawValue)] > votes[Int(most.rawValue)] { most = language }
    guard most != .undetermined else { return .undetermined }
    let share = Double(votes[Int(most.rawValue)]) / Double(votes.wrappedSum())
    return Identification(language: most, confidence: share)
  }

  /// Decides the sentences that are not clear by themselves, and adds their letters to the votes.
  ///
  /// - Returns: the message's language where no sentence has one; else nil.
  private func settle(
    _ segments: inout ContiguousArray<LanguageSegment>, _ votes: inout SIMD8<Int>
  ) -> Identification? {
    var total = SIMD16<Int32>.zero
    var letters = 0
    var expected = SIMD4<Float>.zero
    for index in segments.indices {
      total &+= segments[index].sum
      letters += segments[index].letters
      if segments[index].confidence == 0 {
        segments[index].likelihoods = Self.likelihoods(segments[index].sum)
        if segments[index].sum != .zero {
          segments[index].own = Self.normalised(segments[index].likelihoods * Self.prior)
        }
      }
      expected += segments[index].own * Float(segments[index].letters)
    }
    guard letters >= 2, total != .zero else { return .undetermined }
    // What the message is in by its sentences one by one, and by all evidence at once.
    let whole = Self.normalised(Self.likelihoods(total) * Self.prior)
    expected = 0.5 * (expected / max(expected.sum(), 1)) + 0.5 * whole

    for index in segments.indices where segments[index].confidence == 0 {
      var around = SIMD4<Float>.zero
      if index > 0 { around += Self.weighed(segments[index - 1]) }
      if index + 1 < segments.count { around += Self.weighed(segments[index + 1]) }
      let near = around.sum()
      let part = Self.neighbourShare * min(near, 1)
      var chance = (1 - part) * expected + Self.strangerShare
      if near > 0 { chance += part / near * around }
      let found = Self.best(Self.normalised(segments[index].likelihoods * chance))
      segments[index].language = found.language
      segments[index].confidence = found.confidence
      if found.language != .undetermined {
        votes[Int(found.language.rawValue)] += max(segments[index].letters, 1)
      }
    }
    return votes == .zero ? Self.best(whole) : nil
  }

  /// A neighbour's own chances, by how much text they rest on.
  private static func weighed(_ segment: LanguageSegment) -> SIMD4<Float> {
    segment.own * min(Float(segment.letters) / fullLetters, 1)
  }
}
