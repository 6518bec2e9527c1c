import Testing

@testable import HeardStatistics

/// The optimiser against optima that can be worked out by hand.
@Suite struct LogisticProblemTests {
  /// One bias, p positives of n, no hold to speak of: the optimum is log(p / (n − p)).
  @Test(arguments: [(3, 4, 1.0986122886681098), (1, 4, -1.0986122886681098), (5, 10, 0)])
  func biasIsTheLogOdds(positives: Int, rows: Int, expected: Double) {
    var problem = LogisticProblem(priors: [0])
    for row in 0..<rows { problem.add([(0, 1)], label: row < positives) }
    let solution = problem.solve(strength: 1e-9, tolerance: 1e-10, limit: 20_000)
    #expect(abs(solution.weights[0] - expected) < 1e-6)
  }

  /// Two by two: bias log(1/3), weight log(3) − log(1/3).
  @Test func oneFeature() {
    var problem = LogisticProblem(priors: [0, 0])
    for row in 0..<4 {
      problem.add([(0, 1)], label: row < 1)
      problem.add([(0, 1), (1, 1)], label: row < 3)
    }
    let solution = problem.solve(strength: 1e-9, tolerance: 1e-10, limit: 20_000)
    #expect(abs(solution.weights[0] + 1.0986122886681098) < 1e-5)
    #expect(abs(solution.weights[1] - 2.1972245773362196) < 1e-5)
  }

  /// With a hold the gradient of loss and hold cancel: λ(w − prior) = Σ (y − p).
  @Test(arguments: [0.5, 2, 50])
  func holdBalancesLoss(strength: Double) {
    var problem = LogisticProblem(priors: [1.5])
    for row in 0..<10 { problem.add([(0, 1)], label: row < 2) }
    let weight = problem.solve(strength: strength, tolerance: 1e-12, limit: 50_000).weights[0]
    let pull = 2 - 10 * LogisticProblem.logistic(weight)
    #expect(abs(strength * (weight - 1.5) - pull) < 1e-6)
    #expect(weight < 1.5)
  }

  @Test func strongHoldKeepsThePrior() {
    var problem = LogisticProblem(priors: [0.7])
    for row in 0..<10 { problem.add([(0, 1)], label: row < 1) }
    #expect(abs(problem.solve(strength: 1e9).weights[0] - 0.7) < 1e-6)
  }

  @Test func boundsHold() {
    var problem = LogisticProblem(priors: [1, 2], bounds: [0.2...3, 2...2])
    for _ in 0..<20 { problem.add([(0, 1), (1, 1)], label: false) }
    let weights = problem.solve(strength: 0.01).weights
    #expect(weights == [0.2, 2])
  }

  @Test func neverWorseThanBefore() {
    var generator = SplitMix64(state: 7)
    for _ in 0..<20 {
      var problem = LogisticProblem(priors: [0.5, -0.5, 1])
      for _ in 0..<30 {
        problem.add(
          (0..<3).map { ($0, Double(generator.below(5)) / 2) }, offset: -1,
          label: generator.below(2) == 0, weight: 0.5)
      }
      let solution = problem.solve(strength: 1)
      #expect(solution.objective <= problem.objective(problem.priors, strength: 1) + 1e-12)
    }
  }

  @Test func aColumnTwiceInARowAddsUp() {
    var once = LogisticProblem(priors: [1])
    once.add([(0, 3)], label: true)
    var twice = LogisticProblem(priors: [1])
    twice.add([(0, 1), (0, 2)], label: true)
    #expect(once.margins([1]) == twice.margins([1]))
  }
}

/// Macro F1 and the shift of a bias.
@Suite struct ShiftChoiceTests {
  private func decisions(_ sums: [(Double, Bool)]) -> [ShiftChoice.Decision] {
    sums.map { ShiftChoice.Decision(sum: $0.0, label: $0.1, isOpen: true, group: "a") }
  }

  @Test func separableSumsGetAShiftBetween() {
    let all = decisions(
      (0..<10).map { _ in (-0.3, true) } + (0..<10).map { _ in (-1.0, false) })
    let shift = ShiftChoice.best(all)
    #expect(shift >= 0.3 && shift < 1)
    #expect(ShiftChoice.macroF1(all, shift: shift) == 1)
    #expect(ShiftChoice.macroF1(all) == 0)
  }

  @Test func closedGatesSayNo() {
    var all = decisions((0..<10).map { _ in (1, true) })
    for index in all.indices { all[index].isOpen = index < 5 }
    #expect(abs((ShiftChoice.macroF1(all) ?? 0) - 2.0 / 3) < 1e-12)
  }

  @Test func smallGroupsDoNotCount() {
    #expect(ShiftChoice.macroF1(decisions([(1, true), (1, false)])) == nil)
  }
}
