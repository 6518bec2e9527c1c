internal import Heard
internal import HeardClassifier
internal import HeardCorpus
internal import HeardLexicon
internal import HeardText

/// What each message has of each number: sum = fixed + Σ factor · number, for every kind.
///
/// Factors carry scopes, caps and the strengths of roles as they are with the present lexicon. That
/// a weight may also be half of a frame is not followed; figures are therefore never taken from
/// here but from messages judged anew.
struct DesignMatrix {
  /// A message's evidence of one kind.
  struct Row {
    var factors: [(number: Int, factor: Double)] = []
    /// Logits that no number of the sources can change.
    var fixed = 0.0
  }

  /// A message, by its place in the list that was given.
  struct Message {
    var index: Int
    var language: Language
    /// In the order of `EvidenceKind.scores`.
    var rows: [Row]
  }

  /// The numbers, in the order met.
  private(set) var numbers: [LexiconNumber] = []
  /// What they are, in logits.
  private(set) var values: [Double] = []
  /// Messages whose class is decided by evidence: automatic mail and other languages are not.
  private(set) var messages: [Message] = []
  private var indices: [LexiconNumber: Int] = [:]

  /// Judges the messages and takes their evidence apart.
  init(_ labelled: [LabelledMessage], pipeline: Pipeline) {
    let lexicon = pipeline.lexicon
    let entries = lexicon.entries
    let judge = CorpusJudge(pipeline)
    for (index, one) in labelled.enumerated() {
      guard let (_, assessment) = judge.judge(one) else { continue }
      if assessment.messageClass == .auto || assessment.language == .other { continue }
      var message = Message(
        index: index, language: assessment.language,
        rows: Array(repeating: Row(), count: EvidenceKind.scores.count))
      for contribution in assessment.contributions where contribution.milli != 0 {
        guard let place = EvidenceKind.scores.firstIndex(of: contribution.kind) else { continue }
        add(
          contribution, to: &message.rows[place], language: assessment.language, lexicon, entries)
      }
      messages.append(message)
    }
  }

  private mutating func add(
    _ contribution: Contribution, to row: inout Row, language: Language,
    _ lexicon: CompiledLexicon, _ entries: [CompiledEntry]
  ) {
    let kind = contribution.kind
    var number: LexiconNumber?
    var weight = contribution.plainMilli
    switch contribution.source {
    case .entry(let index):
      let isNegated = contribution.scopes.contains(.negation)
      number = .entry(entries[index].id, negated: isNegated, kind)
      if isNegated {
        weight = lexicon.evidence[entries[index].negated].first { $0.kind == kind }?.milli ?? 0
      }
    case .frame(let index):
      number = .frame(lexicon.frames[index].id, kind)
    case .style(let name):
      number = .style(name, kind)
    case .words: break
    case .bias:
      number = [language, .undetermined].first { lexicon.calibration(kind, $0) != nil }
        .map { .bias(kind, $0) }
    }
    guard let number, weight != 0 else {
      row.fixed += Double(contribution.milli) / 1000
      return
    }
    row.factors.append(
      (column(number, Double(weight) / 1000), Double(contribution.milli) / Double(weight)))
  }

  private mutating func column(_ number: LexiconNumber, _ value: Double) -> Int {
    if let known = indices[number] { return known }
    indices[number] = numbers.count
    numbers.append(number)
    values.append(value)
    return numbers.count - 1
  }
}
