internal import HeardClassifier
internal import HeardLexicon
internal import HeardStatistics
internal import HeardText

/// Fits the numbers of one kind: weights by logistic regression, then biases and slopes.
///
/// 1. `crossValidate` fits without each fold in turn and looks at the fold, for every strength.
/// 2. The strength with the least loss there is taken; shifts of the biases and slopes are chosen on
///    sums that each come from a fit that has not seen their document.
/// 3. All rows are fitted, and biases shifted.
struct KindFit {
  let rows: FitRows
  let matrix: DesignMatrix
  let settings: FitSettings
  /// By language: what the sums are multiplied with.
  let slopes: [Language: Double]
  /// Sum from which the kind holds, in logits.
  let threshold: Double

  /// What came of it.
  struct Outcome {
    var validation: FitValidation
    /// New values by number of the matrix.
    var values: [Int: Double]
    /// New slopes by language.
    var slopes: [Language: Double]
    /// Messages in which each number counted.
    var firings: [Int]
    /// For every message of the matrix, the sum from a fit that has not seen its document.
    var foreignSums: [Double]
  }

  private var place: Int { rows.place }

  /// - Parameter gate: whether a message may have the kind at all, by message of the matrix.
  func run(gate: [Bool]) -> Outcome? {
    guard rows.rows.count(where: \.label) >= settings.minimumPositives else { return nil }
    let firings = firings()
    var best: (strength: Double, loss: Double, sums: [Double])?
    for strength in settings.strengths {
      let sums = foreignSums(strength, firings)
      let loss = loss(sums)
      if best == nil || loss < (best?.loss ?? 0) - 1e-9 { best = (strength, loss, sums) }
    }
    guard let best else { return nil }
    let present = matrix.messages.indices.map { sum($0, matrix.values) }
    let shifts = shifts(best.sums, gate, fold: nil)
    var values = solve(strength: best.strength, without: nil, firings)
    for (number, column) in zip(matrix.numbers, matrix.numbers.indices) {
      if case .bias(rows.kind, let language) = number, let shift = shifts[language] {
        values[column] += shift
      }
    }
    let validation = FitValidation(
      kind: rows.kind.rawValue, rows: rows.rows.count, positives: rows.rows.count(where: \.label),
      strength: best.strength, lossBefore: loss(present), lossAfter: best.loss,
      f1Before: ShiftChoice.macroF1(decisions(present, gate)),
      f1After: ShiftChoice.macroF1(nestedDecisions(best.sums, gate)), isTaken: true)
    var changed: [Int: Double] = [:]
    for column in values.indices where values[column] != matrix.values[column] {
      changed[column] = values[column]
    }
    return Outcome(
      validation: validation, values: changed, slopes: fittedSlopes(best.sums, shifts),
      firings: firings, foreignSums: best.sums)
  }

  // MARK: Weights

  /// In how many labelled messages each number counts.
  private func firings() -> [Int] {
    var counts = Array(repeating: 0, count: matrix.numbers.count)
    for row in rows.rows {
      for column in Set(matrix.messages[row.message].rows[place].factors.map(\.number)) {
        counts[column] += 1
      }
    }
    return counts
  }

  /// Numbers that fire in one set only say less of others: they are held twice as fast.
  private func holds(_ rows: [FitRows.Row]) -> [Double] {
    var sets: [Int: Set<String>] = [:]
    for row in rows {
      for (column, _) in matrix.messages[row.message].rows[place].factors {
        sets[column, default: []].insert(row.group)
      }
    }
    return matrix.numbers.indices.map { column in
      if case .bias = matrix.numbers[column] { return 0.1 }
      return sets[column]?.count == 1 ? 2 : 1
    }
  }

  private func bounds(_ firings: [Int]) -> [ClosedRange<Double>] {
    matrix.numbers.indices.map { column in
      let value = matrix.values[column]
      guard firings[column] >= settings.minimumFirings else { return value...value }
      if case .bias = matrix.numbers[column] { return value - 1.5...value + 1.5 }
      // A weight keeps its sign, and stays what a reader of the entry would expect.
      let low = abs(value) * 0.25
      let high = min(abs(value) * 2 + 0.5, 8)
      return value < 0 ? -high ... -low : low...high
    }
  }

  private func solve(strength: Double, without fold: Int?, _ firings: [Int]) -> [Double] {
    let used = rows.rows.filter { $0.fold != fold }
    var problem = LogisticProblem(
      priors: matrix.values, holds: holds(used), bounds: bounds(firings))
    for row in used {
      let slope = slopes[row.language] ?? 1
      let evidence = matrix.messages[row.message].rows[place]
      problem.add(
        evidence.factors.map { ($0.number, $0.factor * slope) },
        offset: (evidence.fixed - threshold) * slope, label: row.label, weight: row.weight)
    }
    return problem.solve(strength: strength, tolerance: 1e-3).weights
  }

  private func sum(_ message: Int, _ values: [Double]) -> Double {
    let evidence = matrix.messages[message].rows[place]
    return evidence.factors.reduce(evidence.fixed - threshold) {
      $0 + $1.factor * values[$1.number]
    }
  }

  private func foreignSums(_ strength: Double, _ firings: [Int]) -> [Double] {
    var folds: [Int: Int] = [:]
    for row in rows.rows { folds[row.message] = row.fold }
    let full = solve(strength: strength, without: nil, firings)
    let models = (0..<settings.folds).map { solve(strength: strength, without: $0, firings) }
    return matrix.messages.indices.map { message in
      sum(message, folds[message].map { models[$0] } ?? full)
    }
  }

  private func loss(_ sums: [Double]) -> Double {
    var total = 0.0
    var weight = 0.0
    for row in rows.rows {
      let margin = sums[row.message] * (slopes[row.language] ?? 1)
      total += row.weight * LogisticProblem.loss(margin, row.label)
      weight += row.weight
    }
    return weight > 0 ? total / weight : 0
  }

  // MARK: Biases and slopes

  private func decisions(
    _ sums: [Double], _ gate: [Bool], where isChosen: (FitRows.Row) -> Bool = { _ in true },
    shifts: [Language: Double] = [:]
  ) -> [ShiftChoice.Decision] {
    rows.rows.filter(isChosen).map { row in
      .init(
        sum: sums[row.message] + (shifts[row.language] ?? 0), label: row.label,
        isOpen: gate[row.message], group: row.group)
    }
  }

  /// Shifts by language, chosen on all folds but one.
  private func shifts(_ sums: [Double], _ gate: [Bool], fold: Int?) -> [Language: Double] {
    guard settings.choosesBiases else { return [:] }
    var shifts: [Language: Double] = [:]
    for language in Language.read {
      let known = decisions(sums, gate) { $0.language == language && $0.fold != fold }
      guard known.count(where: \.label) >= settings.minimumPositives else { continue }
      shifts[language] = ShiftChoice.best(known)
    }
    return shifts
  }

  /// Each fold decided with shifts that were chosen on the others.
  private func nestedDecisions(_ sums: [Double], _ gate: [Bool]) -> [ShiftChoice.Decision] {
    (0..<settings.folds).flatMap { fold in
      decisions(
        sums, gate, where: { $0.fold == fold }, shifts: shifts(sums, gate, fold: fold))
    }
  }

  /// The slope of each language that gives its labels the highest likelihood, near what it was.
  private func fittedSlopes(
    _ sums: [Double], _ shifts: [Language: Double]
  ) -> [Language: Double] {
    var fitted: [Language: Double] = [:]
    for language in Language.read {
      let known = rows.rows.filter { $0.language == language }
      guard known.count(where: \.label) >= settings.minimumPositives else { continue }
      var problem = LogisticProblem(
        priors: [slopes[language] ?? 1], bounds: [0.3...3])
      for row in known {
        problem.add(
          [(0, sums[row.message] + (shifts[language] ?? 0))], label: row.label, weight: row.weight)
      }
      fitted[language] = problem.solve(strength: 2).weights[0]
    }
    return fitted
  }
}
