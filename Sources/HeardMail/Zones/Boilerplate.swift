internal import HeardText

/// Footers, forms, cookie bars, banners: whole lines, and sentences inside the endless lines of
/// scraped pages.
enum Boilerplate {
  /// Lines longer than this may hold a page's footer.
  private static let longLine = 1_000

  static func mark(_ page: inout LinePage) {
    if page.cues.isDisjoint(with: [.boilerplate, .boilerplateLines]),
      !page.traits.contains(.digit), page.longest <= longLine
    {
      return
    }
    let isPage = page.bytes.count > 400
    for at in page.lines.indices where !page.lines[at].isBlank {
      guard page.lines[at].zone == nil || page.lines[at].zone == .signature else { continue }
      if page.lines[at].zone == nil, page.lines[at].count > longLine {
        markFooter(&page, at)
      } else if isFooterLine(page, at) || (isPage && isFormLine(page, at)) {
        page.lines[at].zone = .boilerplate
      }
    }
  }

  /// Words that may follow a footer's beginning anywhere, and at the end of a text.
  private static let shortRest = 3
  private static let longRest = 30
  /// Lines from the end of a text that are its end.
  private static let endLines = 8

  /// A line that begins like a footer, and in which nobody speaks.
  ///
  /// One word is enough only when hardly anything follows it. "To unsubscribe from your list I have
  /// tried five times." and "Afmelden lukt mij niet." are customers speaking.
  private static func isFooterLine(_ page: LinePage, _ index: Int) -> Bool {
    let line = page.lines[index]
    guard line.mayBegin(.boilerplate) else { return false }
    let length = page.match(PhraseTables.boilerplate, index)
    guard length > 0 else { return false }
    let phrase = page.folded[line.foldedStart..<line.foldedStart + length].trimmed()
    let rest = page.folded[line.foldedStart + length..<line.foldedEnd]
    guard page.last(index) != 0x21, line.count <= LinePage.foldedBytes,
      Speech.words(rest).isDisjoint(with: [.firstPerson, .firstPersonPlural, .sentence]),
      Speech.words(page, index..<index + 1).isDisjoint(with: .firstPerson)
    else { return false }
    let words = rest.split(separator: 0x20).count
    guard phrase.contains(0x20) else {
      return words < shortRest && page.last(index) != 0x3F && page.isIsolated(index)
    }
    return words <= shortRest || words <= longRest && isNearEnd(page, index)
  }

  /// Whether only a few lines follow.
  private static func isNearEnd(_ page: LinePage, _ index: Int) -> Bool {
    var filled = 0
    for at in index..<page.lines.count where !page.lines[at].isBlank {
      filled += 1
      if filled > endLines { return false }
    }
    return true
  }

  /// A whole line of a form or page: `Dodaj komentarz`; or who put the page there and when.
  private static func isFormLine(_ page: LinePage, _ index: Int) -> Bool {
    let line = page.lines[index]
    guard line.count < 60, page.isIsolated(index),
      line.mayBegin(.boilerplateLines) || isDigit(page.folded[line.foldedStart])
    else { return false }
    var text = page.text(index)
    if isByline(text) { return true }
    while let last = text.last, last == 0x3A || last == 0x2E { text.removeLast() }
    return PhraseTables.boilerplateLines.contains(text)
  }

  /// A line like `2022-09-23 21:24:45 By : …`.
  private static func isByline(_ text: [UInt8]) -> Bool {
    guard text.count > 12, text.prefix(4).allSatisfy(isDigit), text[4] == 0x2D else { return false }
    return text.containsASCII(" by :") || text.containsASCII(" by: ")
  }

  // MARK: Inside a long line

  /// From the first footer sentence in the last third of a long line to its end, when there are two,
  /// and after the first nobody speaks of himself.
  private static func markFooter(_ page: inout LinePage, _ index: Int) {
    let line = page.lines[index]
    let starts = matches(page.bytes, line.start + line.count / 3 * 2, line.end)
    guard starts.count >= 2, let first = starts.first,
      !Speech.words(Fold.folded(page.bytes[first..<line.end])[...]).contains(.firstPerson)
    else { return }
    page.inner[index] = [
      ZoneSpan(zone: .own, range: ByteRange(UInt32(line.start), UInt32(first))),
      ZoneSpan(zone: .boilerplate, range: ByteRange(UInt32(first), UInt32(line.end))),
    ]
  }

  /// Places where a footer phrase begins a sentence: at a capital or a sign after anything but a
  /// capital, for scraped sentences are glued together.
  private static func matches(_ bytes: [UInt8], _ from: Int, _ to: Int) -> [Int] {
    var found: [Int] = []
    var at = from
    while at < to {
      let byte = bytes[at]
      let isCapital = byte &- 0x41 < 26
      if isCapital, at == from || !(bytes[at - 1] &- 0x41 < 26),
        PhraseTables.pageFooters.mayBegin(lower(byte))
      {
        let scratch = Fold.folded(bytes[at..<min(to, at + 80)])
        if PhraseTables.pageFooters.match(scratch, from: 0, to: scratch.count) > 0 {
          found.append(at)
        }
      }
      at += 1
    }
    return found
  }
}
