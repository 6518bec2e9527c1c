internal import HeardClassifier
internal import HeardCorpus
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
