import HeardText

/// How the records of ``PhraseTable`` lie in an image, and what is asked of them.
///
/// Checked once on opening, so that the matcher may follow them without looking.
extension PhraseTable {
  /// The phrases, each as its header and its steps, and where each begins, with
  /// ``Candidate/row`` where its tokens stand side by side.
  static func phrases(
    _ image: ImageReader, entryCount: Int
  ) throws(CompiledLexiconError) -> (rows: ContiguousArray<Step>, starts: [UInt32]) {
    var rows: ContiguousArray<Step> = []
    var starts: [UInt32] = []
    let (phrases, steps) = (image.records(.phrases), image.records(.steps))
    let setCount = image.count(.sets)
    // Every step is one of one phrase, so none goes unchecked and none is copied twice.
    guard phrases.count + steps.count < Int(Candidate.row) else { throw image.damage(.phrases) }
    var next = 0
    rows.reserveCapacity(phrases.count + steps.count)
    starts.reserveCapacity(phrases.count)
    for record in 0..<phrases.count {
      let first = Int(phrases.word(record, 0))
      let packed = phrases.word(record, 1)
      let end = first + Int(packed & 0xFFFF)
      let entry = phrases.word(record, 2)
      guard first == next, packed >> 16 < packed & 0xFFFF, end <= steps.count, entry < entryCount
      else { throw image.damage(.phrases) }
      next = end
      let header = rows.count
      rows.append(Step(Phrase(steps: 0, anchor: 0, hasNoGap: false, entry: 0)))
      var skips = 0
      for place in first..<end {
        guard let step = Step(steps.fourWords(place), setCount: setCount) else {
          throw image.damage(.steps)
        }
        skips += Int(step.skip)
        rows.append(step)
      }
      guard end - first + skips <= longest else { throw image.damage(.steps) }
      starts.append(UInt32(header) | (skips == 0 ? Candidate.row : 0))
      rows[header] = Step(
        Phrase(
          steps: UInt8(end - first), anchor: UInt8(packed >> 16), hasNoGap: skips == 0,
          entry: entry))
    }
    guard next == steps.count else { throw image.damage(.steps) }
    return (rows, starts)
  }

  static func candidates(
    _ image: ImageReader, starts: [UInt32], entryCount: Int
  ) throws(CompiledLexiconError) -> ContiguousArray<Candidate> {
    var candidates: ContiguousArray<Candidate> = []
    let records = image.records(.candidates)
    candidates.reserveCapacity(records.count)
    for record in 0..<records.count {
      let packed = records.word(record, 2)
      let isAlone = packed & Candidate.aloneFlag != 0
      let number = records.word(record, 1)
      guard let language = Language(rawValue: UInt8(truncatingIfNeeded: packed)),
        Candidate.languageBits & LanguageSet(language).rawValue != 0,
        number < (isAlone ? entryCount : starts.count)
      else { throw image.damage(.candidates) }
      // Whatever the companions' bits are, each leads to one of a place.
      candidates.append(
        Candidate(
          test: records.word(record, 0) & (1 << Candidate.conditionShift - 1),
          number: isAlone ? number | Candidate.alone : starts[Int(number)], language: language))
    }
    return candidates
  }

  static func anchors(
    _ image: ImageReader, candidateCount: Int
  ) throws(CompiledLexiconError) -> ContiguousArray<Range<Int>> {
    var anchors: ContiguousArray<Range<Int>> = []
    let records = image.records(.anchors)
    anchors.reserveCapacity(records.count)
    for record in 0..<records.count {
      let first = Int(records.word(record, 0))
      let end = first + Int(records.word(record, 1))
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

  /// A step by its record, when its elements are among those of all sets.
  @inline(__always)
  init?(_ record: SIMD4<UInt32>, setCount: Int) {
    let packed = record.w
    guard let kind = Kind(rawValue: UInt8(truncatingIfNeeded: packed >> 24)), kind != .header
    else { return nil }
    self.init(
      mask: UInt64(record.x) | UInt64(record.y) << 32, value: record.z,
      count: UInt16(truncatingIfNeeded: packed), skip: UInt8(truncatingIfNeeded: packed >> 16),
      kind: kind)
    if kind == .set, Int(value) + (Int(count) + 3) / 4 * 4 > setCount { return nil }
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
