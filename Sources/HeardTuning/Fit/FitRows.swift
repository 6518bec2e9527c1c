internal import HeardClassifier
internal import HeardLexicon
internal import HeardStatistics
internal import HeardText

/// The labelled rows of one kind, in a design matrix.
struct FitRows {
  /// A message that somebody labelled on this kind.
  struct Row {
    /// Index into the matrix's messages.
    var message: Int
    var label: Bool
    var weight: Double
    var language: Language
    /// Set and language, which figures are averaged over.
    var group: String
    var fold: Int
  }

  let kind: EvidenceKind
  /// Index of the kind in `EvidenceKind.scores`.
  let place: Int
  private(set) var rows: [Row] = []

  /// - Parameter setLimit: what a set of a language counts at most, in messages.
  init(
    _ kind: EvidenceKind, place: Int, matrix: DesignMatrix, labelled: [LabelledMessage],
    folds: Int, setLimit: Int
  ) {
    self.kind = kind
    self.place = place
    for (index, message) in matrix.messages.enumerated() {
      let source = labelled[message.index]
      guard let label = FitRows.label(kind, source) else { continue }
      rows.append(
        Row(
          message: index, label: label, weight: 1, language: message.language,
          group: "\(source.set) \(source.language)",
          fold: FitRows.fold(of: source.id, count: folds)))
    }
    var sizes: [String: Int] = [:]
    for row in rows { sizes[row.group, default: 0] += 1 }
    for index in rows.indices {
      let size = sizes[rows[index].group] ?? 1
      rows[index].weight = min(1, Double(setLimit) / Double(size))
    }
  }

  /// Whether a message has the kind; nil when nobody said so.
  ///
  /// Where not even the wide label holds, the strict one does not either.
  static func label(_ kind: EvidenceKind, _ message: LabelledMessage) -> Bool? {
    func strict(_ label: Label, within wide: Label) -> Bool? {
      message.labels[label] ?? (message.labels[wide] == false ? false : nil)
    }
    return switch kind {
    case .complaint: message.labels[.complaint]
    case .anger: message.labels[.anger]
    case .expectationGap: message.labels[.expectationGap]
    case .staffTargeted: strict(.staffTargeted, within: .service)
    case .pricingDispute: strict(.pricingDispute, within: .price)
    default: nil
    }
  }

  /// The fold of a row, by its document: no document is in two.
  static func fold(of id: String, count: Int) -> Int {
    // Other bits than those that decide the half.
    Int((DocumentSplit.hash(of: id) >> 20 & 0xFFFF) % UInt64(max(count, 1)))
  }
}

/// Macro F1 of sums, and the shift of a bias that makes the most of it.
struct ShiftChoice {
  /// A decision: said when `sum + shift ≥ 0` and the gate is open.
  struct Decision {
    var sum: Double
    var label: Bool
    var isOpen: Bool
    var group: String
  }

  /// Groups with fewer positives say too little of a threshold.
  static let leastPositives = 8
  /// Shifts in logits; the one nearest 0 is taken of equals.
  private static let steps = (-24...24).map { Double($0) / 20 }

  /// F1 averaged over the groups that have positives enough; nil when none has.
  static func macroF1(_ decisions: [Decision], shift: Double = 0) -> Double? {
    var counts: [String: LabelCounts] = [:]
    for decision in decisions {
      counts[decision.group, default: LabelCounts()].add(
        predicted: decision.isOpen && decision.sum + shift >= -1e-9, actual: decision.label)
    }
    let figures = counts.sorted { $0.key < $1.key }.map(\.value)
      .filter { $0.positives >= leastPositives }.map(\.f1)
    return figures.isEmpty ? nil : figures.reduce(0, +) / Double(figures.count)
  }

  /// The shift whose neighbourhood has the best macro F1: a plateau rather than a peak.
  static func best(_ decisions: [Decision]) -> Double {
    let figures = steps.map { macroF1(decisions, shift: $0) ?? 0 }
    func smooth(_ index: Int) -> Double {
      let window = max(0, index - 3)...min(steps.count - 1, index + 3)
      return figures[window].reduce(0, +) / Double(window.count)
    }
    var best = (shift: 0.0, figure: smooth(steps.count / 2))
    for index in steps.indices.sorted(by: { abs(steps[$0]) < abs(steps[$1]) })
    where smooth(index) > best.figure + 1e-6 {
      best = (steps[index], smooth(index))
    }
    return best.shift
  }
}
