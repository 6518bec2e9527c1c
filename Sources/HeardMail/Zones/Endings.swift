/// How a writer ends: the phone's line, the delimiter `-- `, the closing and what stands under it.
enum Endings {
  /// Marks them, and says whether there are any.
  static func mark(_ page: inout LinePage) -> Bool {
    let open = page.openCount
    for run in page.openRuns() {
      if page.cues.contains(.sentFrom) { markPhoneLines(&page, run) }
      if page.traits.contains(.rule) { markDelimited(&page, run) }
      if page.cues.contains(.closings) { markClosing(&page, run) }
      if page.traits.contains(.mark) { markDashedName(&page, run) }
    }
    return page.openCount != open
  }

  // MARK: "Sent from my phone"

  private static func markPhoneLines(_ page: inout LinePage, _ run: Range<Int>) {
    // What stands under such a line is own text; a quotation has its attribution.
    for at in run where page.lines[at].zone == nil && isPhoneLine(page, at, run) {
      page.lines[at].zone = .boilerplate
    }
  }

  private static func isPhoneLine(_ page: LinePage, _ index: Int, _ run: Range<Int>) -> Bool {
    let line = page.lines[index]
    guard line.mayBegin(.sentFrom), page.match(PhraseTables.sentFrom, index) > 0,
      line.foldedEnd - line.foldedStart <= 200
    else { return false }
    let whole = page.text(index)
    // Without the link that some programs put behind their name.
    let text = whole.prefix(
      upTo: whole.firstIndex(of: 0x3C) ?? whole.indexASCII("http") ?? whole.count)
    if text.count > 90 || text.contains(0x2C) || text.contains(0x3F) || text.contains(0x21) {
      return false
    }
    guard text.split(separator: 0x20).count <= 9, isDevice(page, index, text.count) else {
      return false
    }
    let opens = index == run.lowerBound || page.lines[index - 1].isBlank || page.isRule(index - 1)
    let closes = page.nextFilled(index + 1).map { $0 >= run.upperBound || $0 > index + 1 } ?? true
    return opens || closes
  }

  /// Whether what follows the phrase is a thing to send with, by its name or by one of the usual
  /// words, and nothing is said of it: "Verzonden met de post maar nooit aangekomen" is own text.
  private static func isDevice(_ page: LinePage, _ index: Int, _ count: Int) -> Bool {
    let line = page.lines[index]
    let phrase = page.match(PhraseTables.sentFrom, index)
    let rest = page.folded[line.foldedStart + phrase..<line.foldedStart + max(count, phrase)]
    guard !Speech.words(rest).contains(.sentence) else { return false }
    guard rest.contains(where: { isLetterByte($0) || isDigit($0) }) else { return true }
    let written = page.bytes[line.start..<line.end].prefix { $0 != 0x3C }
    let words = written.prefix(upTo: written.indexASCII("http") ?? written.endIndex)
      .split { isSpace($0) }
    guard let last = words.last(where: { $0.contains(where: isLetterByte) }) else { return true }
    // iPhone, Outlook, S9.
    return last.contains { $0 &- 0x41 < 26 || isDigit($0) }
      || devices.contains(Fold.folded(last)[...].prefix { isLetterByte($0) || $0 == 0x2D })
  }

  private static let devices: Set<ArraySlice<UInt8>> = Set(
    [
      "telefoon", "smartphone", "mobiel", "tablet", "toestel", "apparaat", "app", "phone", "mobile",
      "device", "handheld", "computer", "laptop", "telefonu", "komorki", "komorkowego", "smartfona",
      "smartfonu", "tabletu", "aplikacji", "iphone", "ipad", "outlook", "gmail", "handy",
      "telefono",
    ].map { Array($0.utf8)[...] })

  // MARK: Delimiters

  private static func markDelimited(_ page: inout LinePage, _ run: Range<Int>) {
    for at in run where page.lines[at].zone == nil && !page.lines[at].isBlank {
      let isDashes = isSignatureDelimiter(page, at)
      guard isDashes || page.isRule(at) else { continue }
      if isDashes {
        guard linesBelow(page, at, run, limit: 40, isWrong: { isProse(page, $0) }) <= 12 else {
          continue
        }
        // Programs write `-- ` above signatures, so all that says nothing is one.
        let end = signatureEnd(page, at + 1, run.upperBound, limit: 40) {
          !Speech.isIn(page, $0)
        }
        page.claim(at..<end, .signature)
        return
      }
      // A rule with nothing above it in the text opens, it does not end.
      let strangers = linesBelow(page, at, run, limit: 10, stopsAtFirst: true) {
        !SignatureLines.isLike(page, $0)
      }
      guard page.previousFilled(at) != nil, strangers == 0 else { continue }
      page.claim(at..<run.upperBound, .signature)
      return
    }
  }

  /// Lines of a run below an index that are wrong there; `Int.max` when more than `limit` have text.
  private static func linesBelow(
    _ page: LinePage, _ index: Int, _ run: Range<Int>, limit: Int, stopsAtFirst: Bool = false,
    isWrong: (Int) -> Bool
  ) -> Int {
    var filled = 0
    var wrong = 0
    for at in index + 1..<run.upperBound
    where !page.lines[at].isBlank && page.lines[at].zone == nil {
      filled += 1
      if filled > limit { return .max }
      if isWrong(at) { wrong += 1 }
      if stopsAtFirst, wrong > 0 { return wrong }
    }
    return wrong
  }

  /// `-- ` alone on a line.
  ///
  /// Without its space it is a rule as others are.
  private static func isSignatureDelimiter(_ page: LinePage, _ index: Int) -> Bool {
    let line = page.lines[index]
    return line.count == 3 && page.bytes[line.start..<line.end].elementsEqual([0x2D, 0x2D, 0x20])
  }

  /// `-Jan Jansen` as the last line.
  private static func markDashedName(_ page: inout LinePage, _ run: Range<Int>) {
    guard let last = run.last(where: { page.lines[$0].zone == nil && !page.lines[$0].isBlank }),
      page.previousFilled(last) != nil
    else { return }
    let line = page.lines[last]
    var text = page.bytes[line.start..<line.end].trimmed()
    guard text.first == 0x2D, text.count < 40 else { return }
    while text.first == 0x2D || text.first == 0x20 { text = text.dropFirst() }
    let words = text.split { isSpace($0) }
    guard (1...3).contains(words.count), page.isIsolated(last), !Speech.isIn(page, last),
      ![0x21, 0x3F].contains(text.last),
      words.allSatisfy({ ($0.first ?? 0) &- 0x41 < 26 && !$0.contains(where: isDigit) })
    else { return }
    page.lines[last].zone = .signature
  }

  // MARK: Closings

  private static func markClosing(_ page: inout LinePage, _ run: Range<Int>) {
    var at = run.lowerBound
    while at < run.upperBound {
      guard page.lines[at].zone == nil, let strength = closing(page, at) else {
        at += 1
        continue
      }
      let end = signatureEnd(page, at + 1, run.upperBound, limit: 15) {
        SignatureLines.isLike(page, $0)
      }
      let isWeakEnd =
        strength == .weak
        && page.nextFilled(end).map {
          $0 < run.upperBound && $0 <= at + 3 && !isPostscript(page, $0)
        } ?? false
      if isWeakEnd || (strength == .weak && at == run.lowerBound && page.previousFilled(at) == nil)
      {
        at += 1
        continue
      }
      page.claim(at..<end, .signature)
      at = max(end, at + 1)
    }
  }

  private enum Strength {
    case strong
    /// Words that also stand inside a letter: `thanks`, `groeten`.
    case weak
  }

  /// Whether a line is a closing: the phrase, and at most a name after it.
  private static func closing(_ page: LinePage, _ index: Int) -> Strength? {
    let line = page.lines[index]
    guard line.mayBegin(.closings), line.foldedEnd - line.foldedStart <= 80 else { return nil }
    var offset = 0
    var length = 0
    // "Alvast bedankt en met vriendelijke groet," is two of them.
    while true {
      let found = page.match(PhraseTables.closings, index, skipping: offset)
      guard found > 0 else { break }
      offset += found
      length = max(length, found)
      offset = skipJoint(page, line, offset)
    }
    guard length > 0 else { return nil }
    let restStart = line.foldedStart + offset
    let rest = page.folded[min(restStart, line.foldedEnd)..<line.foldedEnd].trimmed()
    let words = rest.isEmpty ? 0 : rest.split(separator: 0x20).count
    guard words <= 4 else { return nil }
    if words > 0 {
      guard namesOnly(page, index, words), rest.last != 0x3F, rest.last != 0x3A else { return nil }
    }
    return length >= 13 || words > 0 && length >= 9 ? .strong : .weak
  }

  /// Punctuation and a joining word between two closings.
  private static func skipJoint(_ page: LinePage, _ line: LinePage.Line, _ offset: Int) -> Int {
    var at = line.foldedStart + offset
    func skip() {
      while at < line.foldedEnd, [0x20, 0x2C, 0x2E, 0x21, 0x2D, 0x3B].contains(page.folded[at]) {
        at += 1
      }
    }
    skip()
    for joint in [
      [0x65, 0x6E, 0x20], [0x69, 0x20], [0x61, 0x6E, 0x64, 0x20], [0x75, 0x6E, 0x64, 0x20],
    ]
      as [[UInt8]] where page.folded[at..<line.foldedEnd].starts(with: joint)
    {
      let after = at + joint.count
      if PhraseTables.closings.match(page.folded, from: after, to: line.foldedEnd) > 0 {
        at = after
      }
    }
    return at - line.foldedStart
  }

  /// Whether the last words of a line begin with capitals, as names do.
  private static func namesOnly(_ page: LinePage, _ index: Int, _ words: Int) -> Bool {
    let line = page.lines[index]
    let all = page.bytes[line.start..<line.end].split { isSpace($0) }
    guard all.count >= words else { return false }
    let particles: [[UInt8]] = [
      Array("de".utf8), Array("van".utf8), Array("der".utf8), Array("den".utf8), Array("ten".utf8),
      Array("en".utf8), Array("i".utf8), Array("and".utf8), Array("-".utf8),
    ]
    return all.suffix(words).allSatisfy { word in
      guard let first = word.first else { return false }
      return first &- 0x41 < 26 || first >= 0xC3 || first == 0x2D || first == 0x28
        || particles.contains(Array(word))
    }
  }

  /// Where the lines under a closing or delimiter stop to look like a name, numbers and an address.
  ///
  /// The first paragraph may go over into own text in its middle; later ones are a signature as a
  /// whole or not at all, so that no line of what somebody writes is cut off.
  private static func signatureEnd(
    _ page: LinePage, _ from: Int, _ to: Int, limit: Int, isLike: (Int) -> Bool
  ) -> Int {
    var filled = 0
    var paragraphs = 0
    var paragraphStart = from
    for at in from..<to where !page.lines[at].isBlank {
      if at == from || page.lines[at - 1].isBlank {
        paragraphs += 1
        paragraphStart = at
      }
      if page.lines[at].zone == nil {
        filled += 1
        if filled > limit || !isLike(at) || isPostscript(page, at) {
          guard paragraphs == 1 else { return paragraphStart }
          return sentenceStart(page, at, floor: paragraphStart)
        }
      }
    }
    return to
  }

  /// The line with which a sentence begins that goes on in small letters in another.
  private static func sentenceStart(_ page: LinePage, _ index: Int, floor: Int) -> Int {
    var first = index
    while first > floor {
      let line = page.bytes[page.lines[first].start..<page.lines[first].end].trimmed()
      guard let letter = line.first, letter &- 0x61 < 26 else { break }
      first -= 1
    }
    return first
  }

  /// Sentences rather than a name, a role, a number or an address.
  private static func isProse(_ page: LinePage, _ index: Int) -> Bool {
    let words = page.wordCount(index)
    guard words >= 6 else { return false }
    let last = page.last(index)
    if words >= 9, page.lines[index].count > 45, digitCount(page, index) < 6 { return true }
    return last == 0x2E || last == 0x21 || last == 0x3F
  }

  private static func isPostscript(_ page: LinePage, _ index: Int) -> Bool {
    let text = page.text(index)
    return text.starts(with: [0x70, 0x73, 0x3A]) || text.starts(with: [0x70, 0x73, 0x20])
      || text.starts(with: [0x70, 0x2E, 0x73])
  }

  private static func digitCount(_ page: LinePage, _ index: Int) -> Int {
    let line = page.lines[index]
    var count = 0
    for at in line.foldedStart..<line.foldedEnd where isDigit(page.folded[at]) { count += 1 }
    return count
  }
}
