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
      guard let kind = Step.Kind(rawValue: UInt8(truncatingIfNeeded: packed >> 24)) else {
        throw image.damage(.steps)
      }
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

  static func phrases(
    _ image: ImageReader, _ steps: ContiguousArray<Step>, entryCount: Int
  ) throws(CompiledLexiconError) -> ContiguousArray<Phrase> {
    var phrases: ContiguousArray<Phrase> = []
    phrases.reserveCapacity(image.count(.phrases))
    for record in 0..<image.count(.phrases) {
      let packed = image.word(.phrases, record, 1)
      let phrase = Phrase(
        firstStep: image.word(.phrases, record, 0), steps: UInt16(truncatingIfNeeded: packed),
        anchor: UInt16(truncatingIfNeeded: packed >> 16), entry: image.word(.phrases, record, 2))
      let end = Int(phrase.firstStep) + Int(phrase.steps)
      guard phrase.anchor < phrase.steps, end <= steps.count, phrase.entry < entryCount else {
        throw image.damage(.phrases)
      }
      let reach = steps[Int(phrase.firstStep)..<end].reduce(0) { $0 + 1 + Int($1.skip) }
      guard reach <= longest else { throw image.damage(.steps) }
      phrases.append(phrase)
    }
    return phrases
  }

  static func candidates(
    _ image: ImageReader, phraseCount: Int, entryCount: Int
  ) throws(CompiledLexiconError) -> ContiguousArray<Candidate> {
    var candidates: ContiguousArray<Candidate> = []
    candidates.reserveCapacity(image.count(.candidates))
    for record in 0..<image.count(.candidates) {
      let packed = image.word(.candidates, record, 5)
      let candidate = Candidate(
        mask: image.long(.candidates, record, 0), otherMask: image.long(.candidates, record, 2),
        number: image.word(.candidates, record, 4), languages: UInt8(truncatingIfNeeded: packed),
        place: UInt8(truncatingIfNeeded: packed >> 8),
        otherPlace: UInt8(truncatingIfNeeded: packed >> 16))
      let isAlone = candidate.place == Place.alone.rawValue
      guard max(candidate.place, candidate.otherPlace) <= Place.alone.rawValue,
        candidate.number < (isAlone ? entryCount : phraseCount)
      else { throw image.damage(.candidates) }
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
  /// The record of an image.
  var words: [UInt32] {
    mask.halves + otherMask.halves
      + [number, UInt32(languages) | UInt32(place) << 8 | UInt32(otherPlace) << 16]
  }
}

extension PhraseTable.Step {
  /// The record of an image.
  var words: [UInt32] {
    mask.halves + [value, UInt32(count) | UInt32(skip) << 16 | UInt32(kind.rawValue) << 24]
  }
}
