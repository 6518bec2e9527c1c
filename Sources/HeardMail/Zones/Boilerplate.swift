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

  /// A line that begins like a footer.
  ///
  /// One word is enough only when hardly anything follows it: "Afmelden lukt mij niet." is a
  /// customer speaking.
  private static func isFooterLine(_ page: LinePage, _ index: Int) -> Bool {
    let line = page.lines[index]
    guard line.mayBegin(.boilerplate) else { return false }
    let length = page.match(PhraseTables.boilerplate, index)
    guard length > 0 else { return false }
    let phrase = page.folded[line.foldedStart..<line.foldedStart + length].trimmed()
    if phrase.contains(0x20) { return line.count <= 600 }
    guard page.wordCount(index) <= 3 else { return false }
    return ![0x21, 0x3F].contains(page.last(index)) && page.isIsolated(index)
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

  /// From the first footer sentence in the last third of a long line to its end, when there are two.
  private static func markFooter(_ page: inout LinePage, _ index: Int) {
    let line = page.lines[index]
    var first: Int?
    var count = 0
    for (start, length) in matches(page.bytes, line.start + line.count / 3, line.end) {
      if first == nil { first = start }
      count += 1
      _ = length
    }
    guard let first, count >= 2 else { return }
    page.inner[index] = [
      ZoneSpan(zone: .own, range: ByteRange(UInt32(line.start), UInt32(first))),
      ZoneSpan(zone: .boilerplate, range: ByteRange(UInt32(first), UInt32(line.end))),
    ]
  }

  /// Places where a footer phrase begins a sentence: at a capital or a sign after anything but a
  /// capital, for scraped sentences are glued together.
  private static func matches(_ bytes: [UInt8], _ from: Int, _ to: Int) -> [(Int, Int)] {
    var found: [(Int, Int)] = []
    var at = from
    while at < to {
      let byte = bytes[at]
      let isCapital = byte &- 0x41 < 26
      if isCapital, at == from || !(bytes[at - 1] &- 0x41 < 26),
        PhraseTables.pageFooters.mayBegin(lower(byte))
      {
        let scratch = Fold.folded(bytes[at..<min(to, at + 80)])
        let length = PhraseTables.pageFooters.match(scratch, from: 0, to: scratch.count)
        if length > 0 { found.append((at, length)) }
      }
      at += 1
    }
    return found
  }
}
