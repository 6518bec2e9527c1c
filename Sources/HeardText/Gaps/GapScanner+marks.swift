extension GapScanner {
  /// Reads one non-ASCII character at `index`.
  mutating func nonASCII() {
    let (value, length) = UTF8Reader.codePoint(base, at: index, end: end)
    switch value {
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
      space()
      index += length
    case 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF, 0xFE0E, 0xFE0F: index += length
    case 0x85, 0x2028: lineBreak(length: length)
    case 0x2029:
      lineBreak(length: length)
      reading.flags.insert(.paragraphBreak)
    case 0x2013, 0x2014, 0x2015, 0x2212:
      if !isBetweenDigits(index, length: length) { reading.flags.insert(.dash) }
      if freshBreaks > 0, !lineHasMarks { reading.bullet = true }
      mark(length: length)
    case 0x2022, 0x2023, 0x2043, 0x25AA, 0x25CF, 0x25E6, 0xB7:
      if freshBreaks > 0, !lineHasMarks { reading.bullet = true }
      mark(length: length)
    case 0x2026: ellipsis(length: length)
    case 0x2019, 0x2018, 0x2BC, 0xB4, 0xFF07, 0x201A: singleQuote(value, length: length)
    case 0x201C, 0x201D, 0x201E, 0x201F, 0xAB, 0xBB, 0x2039, 0x203A, 0x300C, 0x300D, 0x300E, 0x300F:
      doubleQuote(value, length: length)
    default: otherScript(value, length: length)
    }
  }

  private mutating func otherScript(_ value: UInt32, length: Int) {
    switch value {
    case 0xFF01: shout(.exclamation, .exclamation, length: length)
    case 0xFF1F, 0x61F, 0x37E: shout(.question, .question, length: length)
    case 0x203C:
      reading.flags.insert(.repeated)
      shout(.exclamation, .exclamation, length: length)
    case 0x2047, 0x2048, 0x2049:
      reading.flags.insert(value == 0x2047 ? .repeated : [.repeated, .exclamation])
      shout(.question, .question, length: length)
    case 0x3002, 0xFF0E, 0xFF61, 0x964, 0x6D4, 0x589: shout(.period, .certain, length: length)
    case 0x3001, 0xFF0C, 0x60C, 0xFE50:
      flagContinuing(.comma)
      mark(length: length)
    case 0xFF1A, 0xFF1B, 0x61B:
      flagContinuing(.semicolon)
      mark(length: length)
    case 0xFF08, 0xFF3B, 0x3010:
      reading.flags.insert(.openParenthesis)
      mark(length: length)
    case 0xFF09, 0xFF3D, 0x3011:
      reading.flags.insert(.closeParenthesis)
      closing(length: length)
    default: mark(length: length)
    }
  }

  private mutating func ellipsis(length: Int) {
    let before = isSpace(before: index) && reading.terminal.isEmpty
    index += length
    reading.flags.insert(.ellipsis)
    terminal(before ? [.ellipsis, .spaceBefore] : .ellipsis)
  }

  private mutating func shout(_ flag: Gap, _ kind: GapReading.Terminal, length: Int) {
    // Two in a row, of whatever script.
    if reading.closingEnd == index,
      !reading.terminal.isDisjoint(with: [.exclamation, .question]), flag != .period
    {
      reading.flags.insert(.repeated)
    }
    index += length
    reading.flags.insert(flag)
    terminal(kind)
  }

  /// `’` and its like: an apostrophe left over at a word's edge, or a quotation mark.
  private mutating func singleQuote(_ value: UInt32, length: Int) {
    if value == 0x201A || (isSpace(before: index) && !isSpace(after: index + length)) {
      reading.flags.insert(.openQuote)
      mark(length: length)
    } else {
      if isSpace(after: index + length) || !reading.terminal.isEmpty {
        reading.flags.insert(.closeQuote)
      }
      closing(length: length)
    }
  }

  /// Languages disagree about which of these opens, so what stands beside one decides.
  private mutating func doubleQuote(_ value: UInt32, length: Int) {
    let opensByNature =
      switch value {
      case 0x201C, 0x201E, 0x201F, 0xAB, 0x2039, 0x300C, 0x300E: true
      default: false
      }
    let spaceBefore = isSpace(before: index)
    let spaceAfter = isSpace(after: index + length)
    let opens: Bool
    if value == 0x201E || spaceBefore == spaceAfter {
      opens = opensByNature
    } else {
      opens = spaceBefore
    }
    if opens {
      reading.flags.insert(.openQuote)
      mark(length: length)
    } else {
      reading.flags.insert(.closeQuote)
      closing(length: length)
    }
  }
}
