// Decides whether a gap ends a sentence, from the marks in it and the words beside it.
//
// Start reading at `SentenceEnds.ends`.

/// The gap that is decided upon, with what stands beside it.
struct SentenceEnds {
  let base: TextBytes
  let reading: GapReading
  /// The word before.
  let before: ByteRange
  let beforeTraits: WordTraits
  /// Whether it is the first of its sentence.
  let beforeIsFirst: Bool
  /// Offset where its line starts.
  let beforeLine: Int
  /// The word after.
  let after: ByteRange
  let afterTraits: WordTraits

  /// A line shorter than this was ended by its writer and not by a mail program.
  static let shortLine = 45
  /// How far an address around a full stop is looked for.
  static let addressReach = 128

  /// Whether a sentence ends in the gap.
  var ends: Bool {
    if reading.flags.contains(.paragraphBreak) { return true }
    let marks = reading.terminal
    let atMark = !marks.isDisjoint(with: .marks)
    if atMark, !marks.contains(.continued), endsAtMark { return true }
    if marks.contains(.gluedSemicolon), endsAtGluedSemicolon { return true }
    if reading.lineStart >= 0 { return endsAtLine(atMark: atMark) }
    // A smile does for a full stop.
    return !atMark && reading.flags.contains(.emoticon) && afterTraits.contains(.startsUpper)
  }

  // MARK: Marks

  private var endsAtMark: Bool {
    let marks = reading.terminal
    let goesOn = afterTraits.contains(.startsLower)
    if marks.contains(.certain) { return true }
    if marks.contains(.exclamation) || marks.contains(.question) {
      if marks.contains(.closed), goesOn { return false }
      if marks.contains(.spaceAfter) || marks.contains(.exclamation) { return true }
      return !goesOn && !isInAddress
    }
    if marks.contains(.ellipsis) { return !goesOn && !afterTraits.contains(.number) }
    return marks.contains(.spaceAfter) ? endsAtPeriod : endsAtGluedPeriod
  }

  /// A full stop, then white space.
  private var endsAtPeriod: Bool {
    let marks = reading.terminal
    if marks.contains(.closed) { return !afterTraits.contains(.startsLower) }
    if marks.contains(.spaceBefore) { return true }
    let goesOn = afterTraits.contains(.startsLower)
    if isInChain { return !goesOn && chainMayEnd }
    if beforeTraits.contains(.leading) { return false }
    if beforeTraits.contains(.trailing) { return !goesOn && !afterTraits.contains(.number) }
    if beforeTraits.contains(.singleLetter) { return endsAfterLetter }
    if beforeTraits.contains(.number) {
      if goesOn || afterTraits.contains(.month) { return false }
      // `1. ` opens an item of a list.
      return !(beforeIsFirst && before.count <= 3)
    }
    return true
  }

  /// `J. Kowalski` goes on, `dank u. Groet` does not.
  private var endsAfterLetter: Bool {
    if afterTraits.contains(.startsLower) { return false }
    if beforeTraits.contains(.startsLower) { return !beforeIsFirst }
    let letter = base[Int(before.start)]
    return (letter == UInt8(ascii: "U") || letter == UInt8(ascii: "I")) && !beforeIsFirst
  }

  /// A full stop, then at once the next word: `ontevreden.Omgaan` ends, `www.x.nl` does not.
  private var endsAtGluedPeriod: Bool {
    let marks = reading.terminal
    guard afterTraits.contains(.startsUpper) else {
      // `100.000`, `bol.com`, and a stop with a quotation mark after it.
      return marks.contains(.closed) && !afterTraits.contains(.startsLower) && !isInAddress
    }
    if marks.contains(.closed) { return true }
    if beforeTraits.contains(.singleLetter) || afterTraits.contains(.singleLetter) { return false }
    if beforeTraits.contains(.leading) || afterTraits.contains(.domain) { return false }
    guard !beforeTraits.isDisjoint(with: [.word, .number]) else { return true }
    if afterTraits.contains(.capitals), beforeTraits.contains(.capitals) { return false }
    return !isInAddress
  }

  /// `heeft;het` are two sentences whose writer lost a line break; `&amp;x` and `a;b` are not.
  private var endsAtGluedSemicolon: Bool {
    guard beforeTraits.contains(.word), afterTraits.contains(.word),
      !beforeTraits.contains(.singleLetter), !afterTraits.contains(.singleLetter)
    else { return false }
    if before.start > 0, base[Int(before.start) - 1] == UInt8(ascii: "&") { return false }
    return !isInAddress
  }

  // MARK: Lines

  private func endsAtLine(atMark: Bool) -> Bool {
    if reading.bullet { return true }
    if opensListNumber { return true }
    let length = Int(before.end) - beforeLine
    guard length <= Self.shortLine else { return false }
    if atMark { return !afterTraits.contains(.startsLower) && !isAbbreviation }
    return !afterTraits.contains(.startsLower) || (beforeIsGreeting && length <= Self.shortLine)
  }

  private var isAbbreviation: Bool {
    beforeTraits.contains(.leading) || reading.terminal.contains(.continued)
  }

  /// A short first line that ends in a comma: `Beste mensen,`.
  private var beforeIsGreeting: Bool {
    guard reading.flags.contains(.comma) else { return false }
    if beforeLine == 0 { return true }
    return beforeLine >= 2 && base[beforeLine - 1] == 0x0A
      && (base[beforeLine - 2] == 0x0A || base[beforeLine - 2] == 0x0D)
  }

  /// The next line opens with `1.` or `1)`.
  private var opensListNumber: Bool {
    guard afterTraits.contains(.number), after.count <= 3, Int(after.start) == reading.lineStart,
      Int(after.end) + 1 < base.count
    else { return false }
    let sign = base[Int(after.end)]
    return (sign == UInt8(ascii: ".") || sign == UInt8(ascii: ")"))
      && base[Int(after.end) + 1] <= 0x20
  }

  // MARK: Neighbourhood

  /// The word before follows one letter and a full stop: `z.o.z`, `B.V`, `m.in`.
  private var isInChain: Bool {
    let start = Int(before.start)
    guard start >= 2, before.count <= 3, !beforeTraits.contains(.domain),
      base[start - 1] == UInt8(ascii: "."), isLetter(base[start - 2])
    else { return false }
    return start == 2 || !isLetter(base[start - 3])
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    let lowered = byte | 0x20
    return byte >= 0x80 || (lowered >= 0x61 && lowered <= 0x7A)
  }

  /// Whether a sentence may end with the dotted chain before the gap.
  private var chainMayEnd: Bool {
    var letters: [UInt8] = []
    var allUpper = true
    var index = Int(before.end)
    while index > 0, letters.count < 10 {
      let byte = base[index - 1]
      if byte == UInt8(ascii: ".") {
        index -= 1
        continue
      }
      guard byte < 0x80, isLetter(byte) else { break }
      if byte >= 0x61 { allUpper = false }
      letters.append(byte | 0x20)
      index -= 1
    }
    if allUpper, letters.count >= 2 { return true }
    return WordLists.endingChains.contains(String(decoding: letters.reversed(), as: UTF8.self))
  }

  /// Whether the stretch without white space around the gap is an internet or mail address.
  private var isInAddress: Bool {
    var start = Int(before.end)
    let lowest = max(0, start - Self.addressReach)
    while start > lowest, base[start - 1] > 0x20 { start -= 1 }
    var end = Int(after.start)
    let highest = min(base.count, end + Self.addressReach)
    while end < highest, base[end] > 0x20 { end += 1 }
    let stretch = base[start..<end]
    var index = 0
    while index < stretch.count {
      let byte = stretch[index]
      if byte == UInt8(ascii: "@") { return true }
      if byte == UInt8(ascii: ":"), index + 2 < stretch.count,
        stretch[index + 1] == UInt8(ascii: "/"), stretch[index + 2] == byte - 11
      {
        return true
      }
      index += 1
    }
    guard stretch.count > 4 else { return false }
    return stretch[0] | 0x20 == 0x77 && stretch[1] | 0x20 == 0x77
      && stretch[2] | 0x20 == 0x77 && stretch[3] == UInt8(ascii: ".")
  }
}
