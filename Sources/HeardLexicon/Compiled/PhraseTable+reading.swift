import HeardText

/// How the records of ``PhraseTable`` lie in an image, and what is asked of them.
///
/// Checked once on opening, so that the matcher may follow them without looking.
extension PhraseTable {
  static func steps(
    _ image: ImageReader
  ) throws(CompiledLexiconError) -> ContiguousArray<Step> {
    let setCount = image.count(.sets)
    var steps: ContiguousArray<Step> = []
    steps.reserveCapacity(image.count(.steps))
    for record in 0..<image.count(.steps) {
      let packed = image.word(.steps, record, 3)
      guard let kind = Step.Kind(rawValue: UInt8(truncatingIfNeeded: packed >> 24)),
        kind != .header
      else { throw image.damage(.steps) }
      let step = Step(
        mask: image.long(.steps, record, 0),
        value: image.word(.steps, record, 2), count: UInt16(truncatingIfNeeded: packed),
        skip: UInt8(truncatingIfNeeded: packed >> 16), kind: kind)
      if kind == .set, Int(step.value) + (Int(step.count) + 3) / 4 * 4 > setCount {
        throw image.damage(.steps)
      }
      steps.append(step)
    }
    return steps
  }

  /// The phrases, each as its header and its steps, and where each begins.
  static func phrases(
    _ image: ImageReader, _ steps: ContiguousArray<Step>, entryCount: Int
  ) throws(CompiledLexiconError) -> (rows: ContiguousArray<Step>, starts: [UInt32]) {
    var rows: ContiguousArray<Step> = []
    var starts: [UInt32] = []
    rows.reserveCapacity(image.count(.phrases) + steps.count)
    starts.reserveCapacity(image.count(.phrases))
    for record in 0..<image.count(.phrases) {
      let first = Int(image.word(.phrases, record, 0))
      let packed = image.word(.phrases, record, 1)
      let end = first + Int(packed & 0xFFFF)
      let entry = image.word(.phrases, record, 2)
      guard packed >> 16 < packed & 0xFFFF, end <= steps.count, entry < entryCount else {
        throw image.damage(.phrases)
      }
      let skips = steps[first..<end].reduce(0) { $0 + Int($1.skip) }
      guard end - first + skips <= longest else { throw image.damage(.steps) }
      starts.append(UInt32(rows.count))
      rows.append(
        Step(
          Phrase(
            steps: UInt8(end - first), anchor: UInt8(packed >> 16), hasNoGap: skips == 0,
            entry: entry)))
      rows.append(contentsOf: steps[first..<end])
      // Damaged images could name the same steps again and again.
      guard rows.count < Int(Candidate.row) else { throw image.damage(.phrases) }
    }
    return (rows, starts)
  }

  static func candidates(
    _ image: ImageReader, _ rows: ContiguousArray<Step>, starts: [UInt32], entryCount: Int
  ) throws(CompiledLexiconError) -> ContiguousArray<Candidate> {
    var candidates: ContiguousArray<Candidate> = []
    candidates.reserveCapacity(image.count(.candidates))
    for record in 0..<image.count(.candidates) {
      let packed = image.word(.candidates, record, 2)
      let isAlone = packed & Candidate.aloneFlag != 0
      let number = image.word(.candidates, record, 1)
      guard let language = Language(rawValue: UInt8(truncatingIfNeeded: packed)),
        Candidate.languageBits & LanguageSet(language).rawValue != 0,
        number < (isAlone ? entryCount : starts.count)
      else { throw image.damage(.candidates) }
      // Whatever the companions' bits are, each leads to one of a place.
      var candidate = Candidate(
        test: image.word(.candidates, record, 0) & (1 << Candidate.conditionShift - 1),
        number: number | Candidate.alone, language: language)
      if !isAlone {
        candidate.number = starts[Int(number)]
        if rows[Int(candidate.number)].phrase.hasNoGap { candidate.number |= Candidate.row }
      }
      candidates.append(candidate)
    }
    return candidates
  }

  static func anchors(
    _ image: ImageReader, candidateCount: Int
  ) throws(CompiledLexiconError) -> ContiguousArray<Range<Int>> {
    var anchors: ContiguousArray<Range<Int>> = []
    anchors.reserveCapacity(image.count(.anchors))
    for record in 0..<image.count(.anchors) {
      let first = Int(image.word(.anchors, record, 0))
      let end = first + Int(image.word(.anchors, record, 1))
      guard end <= candidateCount else { throw image.damage(.anchors) }
      anchors.append(first..<end)
    }
    return anchors
  }
}

extension PhraseTable.Candidate {
  /// In a record, beside the language.
  fileprivate static let aloneFlag: UInt32 = 1 << 8

  /// The record of an image, in which phrases have their number.
  var words: [UInt32] {
    [
      test, number & ~Self.alone,
      UInt32(language.rawValue) | (isAlone ? Self.aloneFlag : 0),
    ]
  }
}

extension PhraseTable.Step {
  /// The header of a phrase.
  init(_ phrase: PhraseTable.Phrase) {
    self.init(
      mask: 0, value: phrase.entry, count: UInt16(phrase.steps) | UInt16(phrase.anchor) << 8,
      skip: phrase.hasNoGap ? 1 : 0, kind: .header)
  }

  /// What a header says.
  @inline(__always)
  var phrase: PhraseTable.Phrase {
    PhraseTable.Phrase(
      steps: UInt8(truncatingIfNeeded: count), anchor: UInt8(truncatingIfNeeded: count &>> 8),
      hasNoGap: skip != 0, entry: value)
  }

  /// The record of an image.
  var words: [UInt32] {
    mask.halves + [value, UInt32(count) | UInt32(skip) << 16 | UInt32(kind.rawValue) << 24]
  }
}
