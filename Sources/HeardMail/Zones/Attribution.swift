/// The line that says who wrote what is quoted: `Op 3 mei 2024 om 12:10 schreef Sanne <…>:`.
///
/// Mail programs break it over two or three lines. What decides is a beginning (`op `), a verb
/// (`schreef`), a date or time, an address; and that the writer speaks neither of himself nor to the
/// reader, for "Op 3 mei schreef uw collega mij het volgende:" is a customer's own sentence.
struct Attribution {
  /// The first of its lines.
  let first: Int
  /// Has an address or the time of day, as what programs write has.
  let isByProgram: Bool

  /// The attribution that ends at a line; nil when none does.
  static func find(_ page: LinePage, endingAt index: Int) -> Attribution? {
    guard let first = start(page, endingAt: index) else { return nil }
    let traits = Traits(Array((first...index).map { page.text($0) }.joined(separator: [0x20])))
    return Attribution(first: first, isByProgram: traits.hasAt || traits.hasClock)
  }

  private static func start(_ page: LinePage, endingAt index: Int) -> Int? {
    let line = page.lines[index]
    guard !line.isBlank else { return nil }
    if page.last(index) != 0x3A {
      if endsWithVerb(page, index) { return index }
      return isGlued(page, index) ? index : nil
    }
    let nextIsQuoted =
      page.nextFilled(index + 1).map {
        page.lines[$0].zone == .quoted || page.lines[$0].isIndented
      } ?? false
    var block: [UInt8] = []
    var first = index
    for step in 0..<4 {
      first = index - step
      guard first >= 0, page.lines[first].zone == nil, !page.lines[first].isBlank,
        block.count < 500
      else { return nil }
      block = step == 0 ? page.text(first) : page.text(first) + [0x20] + block
      if isAttribution(block, nextIsQuoted: nextIsQuoted),
        !isSentence(page, first..<index + 1, block)
      {
        return withEarlierLines(page, first, block)
      }
    }
    return nil
  }

  /// A block that is enough by its address may still have begun a line or two before.
  private static func withEarlierLines(_ page: LinePage, _ first: Int, _ block: [UInt8]) -> Int {
    if PhraseTables.attributionStarts.match(block, from: 0, to: block.count) > 0 { return first }
    let traits = Traits(block)
    for before in stride(from: first - 1, through: max(0, first - 2), by: -1) where before >= 0 {
      guard page.lines[before].zone == nil, !page.lines[before].isBlank else { return first }
      let found = Traits(page.text(before))
      let begins = page.match(PhraseTables.attributionStarts, before) > 0 && found.hasDigit
      let isDate =
        found.hasTime && found.hasYear && !traits.hasTime && page.lines[before].count < 100
      if begins || isDate { return before }
    }
    return first
  }

  /// `---- On … wrote ----`, `On … wrote`: the verb is the last word, and no colon follows.
  private static func endsWithVerb(_ page: LinePage, _ index: Int) -> Bool {
    let line = page.lines[index]
    let first = page.folded[line.foldedStart]
    guard line.mayBegin(.attributionStarts) || first == 0x2D || first == 0x5F, line.count < 300
    else { return false }
    let rule: [UInt8] = [0x2D, 0x20, 0x5F]
    var start = line.foldedStart
    var end = line.foldedEnd
    while start < end, rule.contains(page.folded[start]) { start += 1 }
    while end > start, rule.contains(page.folded[end - 1]) { end -= 1 }
    guard end - start > 12,
      PhraseTables.attributionStarts.match(page.folded, from: start, to: end) > 0
    else { return false }
    let text = Array(page.folded[start..<end])
    let traits = Traits(text)
    guard traits.hasAt, traits.hasTime || traits.hasYear,
      !isSentence(page, index..<index + 1, text)
    else { return false }
    // Only the last words are looked at; verbs are of at most three.
    let tail = text.suffix(30)
    return verbEnd(Array(tail)) == tail.count
  }

  /// `… wrote: and here the quoted text goes on`, with an address.
  private static func isGlued(_ page: LinePage, _ index: Int) -> Bool {
    guard page.lines[index].mayBegin(.attributionStarts),
      page.match(PhraseTables.attributionStarts, index) > 0
    else { return false }
    let text = page.text(index)
    guard let verb = verbEnd(text), verb < text.count, text[verb] == 0x3A else { return false }
    return Traits(Array(text[..<verb])).hasAddress
  }

  /// Whether the sender speaks in what looks like an attribution; with an address its name may hold
  /// such words, with capitals.
  private static func isSentence(_ page: LinePage, _ range: Range<Int>, _ text: [UInt8]) -> Bool {
    guard Traits(text).hasAddress else {
      return !Speech.words(page, range).isDisjoint(with: .persons)
    }
    return Speech.namesPersonsInSmallLetters(page, range)
  }

  private static func isAttribution(_ text: [UInt8], nextIsQuoted: Bool) -> Bool {
    let traits = Traits(text)
    let hasDate = traits.hasTime || traits.hasYear
    guard traits.hasAddress || hasDate || traits.hasAt || nextIsQuoted else { return false }
    let hasVerb = verbEnd(text) != nil
    let begins = PhraseTables.attributionStarts.match(text, from: 0, to: text.count) > 0
    if hasVerb, begins, traits.hasAddress || hasDate || traits.hasAt { return true }
    if hasVerb, traits.hasAddress, text.count < 300 { return true }
    if traits.hasAddress, hasDate, text.count < 300 {
      if isDigit(text[0]) || begins || (traits.hasTime && traits.hasYear) { return true }
    }
    return hasVerb && nextIsQuoted && text.count < 200
  }

  // MARK: Pieces

  /// What a block holds, found in one pass.
  private struct Traits {
    var hasAt = false
    var hasDigit = false
    /// `12:30` or `12.30`.
    var hasTime = false
    /// A time of day: `12:30`, or `12.30` after other numbers and no date.
    var hasClock = false
    /// Four digits that begin with 19 or 20.
    var hasYear = false
    /// An address in brackets, or with `mailto:`.
    var hasAddress = false

    init(_ text: [UInt8]) {
      var hasBracket = false
      var digits = 0
      for at in text.indices {
        let byte = text[at]
        if isDigit(byte) {
          hasDigit = true
          digits += 1
          if digits == 4,
            text[at - 3] == 0x31 && text[at - 2] == 0x39
              || text[at - 3] == 0x32 && text[at - 2] == 0x30
          {
            hasYear = true
          }
          if at >= 2, text[at - 1] == 0x3A || text[at - 1] == 0x2E, isDigit(text[at - 2]) {
            hasTime = true
            if text[at - 1] == 0x3A || Self.isDottedClock(text, at) { hasClock = true }
          }
          continue
        }
        digits = 0
        if byte == 0x40 { hasAt = true }
        if byte == 0x3C || byte == 0x5B || byte == 0x28 { hasBracket = true }
      }
      hasAddress = hasAt && hasBracket
    }

    /// Whether `12.30` at whose 3 we are is no date: two digits end it, and numbers are before it.
    private static func isDottedClock(_ text: [UInt8], _ at: Int) -> Bool {
      guard at + 1 < text.count, isDigit(text[at + 1]) else { return false }
      let after = text[(at + 2)...].prefix(2)
      if let next = after.first, isDigit(next) || next == 0x2E && isDigit(after.last ?? 0) {
        return false
      }
      var hour = at - 2
      while hour > 0, isDigit(text[hour - 1]) { hour -= 1 }
      if hour > 0, text[hour - 1] == 0x2E { return false }
      return text[..<hour].contains(where: isDigit)
    }
  }

  /// Offset after the first verb of the tables that is a word of the text.
  private static func verbEnd(_ text: [UInt8]) -> Int? {
    var isWordStart = true
    for at in text.indices {
      if isWordStart {
        let length = PhraseTables.attributionVerbs.match(text, from: at, to: text.count)
        if length > 0 { return at + length }
      }
      isWordStart = !isLetterByte(text[at])
    }
    return nil
  }
}
