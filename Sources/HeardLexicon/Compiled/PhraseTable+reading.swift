import HeardText

/// How the records of ``PhraseTable`` lie in an image, and what is asked of them.
///
/// Labels, which are few, are checked on opening; a phrase when a word first leads to it, so that a
/// start need not read them all.
extension PhraseTable {
  /// Whether every label asks for something that is there.
  static func areSound(_ labels: UnsafeBufferPointer<Label>, setCount: Int) -> Bool {
    unsafe labels.allSatisfy { label in
      switch label.kind {
      case .element, .tokenClass: true
      case .set: Int(label.value) + (Int(label.count) + 3) / 4 * 4 <= setCount
      default: false
      }
    }
  }

  /// Whether the matcher may follow a candidate: its entry is there, and its phrase lies within the
  /// rows and reaches no farther than a match may.
  ///
  /// Always so in an image that the compiler made. A checksum only tells accidents.
  func isSound(_ candidate: Candidate) -> Bool {
    if candidate.isAlone { return candidate.number & ~Candidate.alone < entryCount }
    let start = Int(candidate.number & (Candidate.row - 1))
    guard unsafe start + Phrase.words <= rows.count else { return false }
    let phrase = unsafe Phrase(rows, start)
    let end = phrase.firstStep + phrase.steps
    guard phrase.entry < entryCount, phrase.anchor < phrase.steps, unsafe end <= rows.count else {
      return false
    }
    let labelCount = unsafe labels.count
    var skips = 0
    var place = phrase.firstStep
    while place < end {
      let step = unsafe Step(rawValue: rows[place])
      guard step.label < labelCount else { return false }
      skips &+= step.skip
      place &+= 1
    }
    return phrase.steps + skips <= Self.longest
      && (candidate.number & Candidate.row != 0) == (skips == 0)
  }
}

extension PhraseTable.Candidate {
  /// A candidate by its record; nil for a language that there is not.
  @inline(__always)
  init?(_ test: UInt32, _ number: UInt32) {
    guard let language = Language(rawValue: UInt8(test >> Self.upperShift)) else { return nil }
    self.init(test: test & (1 << Self.upperShift - 1), number: number, language: language)
  }

  /// The record of an image.
  package var words: [UInt32] { [test | UInt32(language.rawValue) << Self.upperShift, number] }
}

extension PhraseTable.Label {
  /// The record of an image.
  package var words: [UInt32] {
    mask.halves + [value, UInt32(count) | UInt32(kind.rawValue) << 16]
  }
}
