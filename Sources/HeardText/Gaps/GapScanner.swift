// Reads what stands between two tokens, one pass over its bytes.
//
// Start reading at `GapScanner.read`. ASCII is decided here, the rest in GapScanner+marks.swift.

/// Reads one gap of a text.
struct GapScanner {
  /// The whole text.
  let base: TextBytes
  /// End of the gap.
  let end: Int
  var index: Int
  var reading = GapReading()

  /// Line breaks since something other than white space stood there.
  var freshBreaks = 0
  /// Whether something stood on the line since its start.
  var lineHasMarks = false

  /// Reads the gap `from ..< to`.
  static func read(
    _ base: TextBytes, from: Int, to: Int
  ) -> GapReading {
    var scanner = GapScanner(base: base, end: to, index: from)
    scanner.run()
    return scanner.reading
  }

  private init(base: TextBytes, end: Int, index: Int) {
    self.base = base
    self.end = end
    self.index = index
  }

  private mutating func run() {
    while index < end {
      let byte = base[index]
      switch byte {
      case 0x20, 0x09:
        space()
        index += 1
      case 0x0A, 0x0D, 0x0B, 0x0C:
        lineBreak(length: byte == 0x0D && index + 1 < end && base[index + 1] == 0x0A ? 2 : 1)
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): terminals()
      case UInt8(ascii: ","):
        if !isBetweenDigits(index, length: 1) { flagContinuing(.comma) }
        mark(length: 1)
      case UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "="): colon(byte)
      case UInt8(ascii: "-"): hyphen()
      case UInt8(ascii: "("), UInt8(ascii: "["):
        reading.flags.insert(.openParenthesis)
        mark(length: 1)
      case UInt8(ascii: ")"), UInt8(ascii: "]"):
        reading.flags.insert(.closeParenthesis)
        closing(length: 1)
      case UInt8(ascii: "\""):
        reading.flags.insert(.straightQuote)
        closing(length: 1)
      case UInt8(ascii: "'"), UInt8(ascii: "`"):
        if isSpace(before: index) || isSpace(after: index + 1) || !reading.terminal.isEmpty {
          reading.flags.insert(.straightQuote)
        }
        closing(length: 1)
      case UInt8(ascii: "*"):
        if freshBreaks > 0, !lineHasMarks { reading.bullet = true }
        mark(length: 1)
      case 0x80...: nonASCII()
      default: mark(length: 1)
      }
    }
    if reading.lineStart >= 0, !reading.flags.contains(.paragraphBreak) {
      reading.flags.insert(.lineBreak)
    }
  }

  // MARK: Steps

  /// White space at `index`.
  mutating func space() {
    if !reading.terminal.isDisjoint(with: .marks) { reading.terminal.insert(.spaceAfter) }
  }

  /// A line break of `length` bytes at `index`.
  mutating func lineBreak(length: Int) {
    space()
    if reading.lineStart >= 0, !lineHasMarks { reading.flags.insert(.paragraphBreak) }
    lineHasMarks = false
    freshBreaks += 1
    reading.bullet = false
    index += length
    reading.lineStart = index
  }

  /// A sign of `length` bytes at `index` that needs no more thought.
  mutating func mark(length: Int) {
    lineHasMarks = true
    index += length
  }

  /// Flags a mark after which a sentence goes on.
  mutating func flagContinuing(_ flag: Gap) {
    reading.flags.insert(flag)
    if !reading.terminal.isDisjoint(with: .marks), !reading.terminal.contains(.spaceAfter) {
      reading.terminal.insert(.continued)
    }
  }

  /// A sign that closes a sentence when it stands right after its last mark.
  mutating func closing(length: Int) {
    let isRight =
      !reading.terminal.isDisjoint(with: .marks)
      && !reading.terminal.contains(.spaceAfter)
    mark(length: length)
    if isRight {
      reading.terminal.insert(.closed)
      reading.closingEnd = index
    }
  }

  /// Notes marks that end at `index`.
  mutating func terminal(_ kind: GapReading.Terminal) {
    reading.terminal.subtract([.spaceAfter, .closed, .continued])
    reading.terminal.insert(kind)
    reading.closingEnd = index
    lineHasMarks = true
  }

  private mutating func terminals() {
    let start = index
    var dots = 0
    var shouts = 0
    var kind: GapReading.Terminal = []
    while index < end {
      let byte = base[index]
      if byte == UInt8(ascii: ".") {
        dots += 1
      } else if byte == UInt8(ascii: "!") {
        shouts += 1
        kind.insert(.exclamation)
        reading.flags.insert(.exclamation)
      } else if byte == UInt8(ascii: "?") {
        shouts += 1
        kind.insert(.question)
        reading.flags.insert(.question)
      } else {
        break
      }
      index += 1
    }
    if shouts > 1 { reading.flags.insert(.repeated) }
    if dots >= 3 {
      reading.flags.insert(.ellipsis)
    } else if dots > 0 {
      reading.flags.insert(.period)
    }
    if shouts == 0 { kind = dots == 1 ? .period : .ellipsis }
    // `(!)` and `(?)` remark on a word inside its sentence.
    if start > 0, base[start - 1] == UInt8(ascii: "("), index < base.count,
      base[index] == UInt8(ascii: ")")
    {
      lineHasMarks = true
      return
    }
    if isSpace(before: start), reading.terminal.isEmpty { kind.insert(.spaceBefore) }
    terminal(kind)
  }

  private mutating func colon(_ byte: UInt8) {
    if let match = Emoticon.match(base, at: index) {
      reading.flags.insert(.emoticon)
      lineHasMarks = true
      index = min(index + match.length, end)
      reading.closingEnd = index
      return
    }
    if byte == UInt8(ascii: "=") { return mark(length: 1) }
    let next = index + 1 < base.count ? base[index + 1] : 0x20
    // `12:30` and `https://` are no colons of the sentence.
    if byte == UInt8(ascii: ":"), isBetweenDigits(index, length: 1) || next == UInt8(ascii: "/") {
      return mark(length: 1)
    }
    flagContinuing(.semicolon)
    if byte == UInt8(ascii: ";"), index > 0, RunBytes.contains(base[index - 1]),
      RunBytes.contains(next)
    {
      reading.terminal.insert(.gluedSemicolon)
      reading.closingEnd = max(reading.closingEnd, index + 1)
    }
    mark(length: 1)
  }

  private mutating func hyphen() {
    let start = index
    while index < end, base[index] == UInt8(ascii: "-") { index += 1 }
    let stands = isSpace(before: start) && isSpace(after: index)
    if stands || index - start > 1 { reading.flags.insert(.dash) }
    if freshBreaks > 0, !lineHasMarks, index - start == 1 { reading.bullet = true }
    lineHasMarks = true
  }

  // MARK: Neighbours

  /// Whether white space or the text's start stands before an offset.
  func isSpace(before offset: Int) -> Bool {
    if offset == 0 { return true }
    let byte = base[offset - 1]
    if byte == 0xA0, offset >= 2 { return base[offset - 2] == 0xC2 }
    return byte <= 0x20
  }

  /// Whether white space or the text's end stands at an offset.
  func isSpace(after offset: Int) -> Bool {
    if offset >= base.count { return true }
    let byte = base[offset]
    if byte == 0xC2, offset + 1 < base.count { return base[offset + 1] == 0xA0 }
    return byte <= 0x20
  }

  /// Whether the sign at `offset` has a digit on both sides.
  func isBetweenDigits(_ offset: Int, length: Int) -> Bool {
    guard offset > 0, offset + length < base.count else { return false }
    let before = base[offset - 1]
    let after = base[offset + length]
    return before >= 0x30 && before <= 0x39 && after >= 0x30 && after <= 0x39
  }
}
