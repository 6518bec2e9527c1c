/// What a form on a site sends: `From: …`, `Subject: …`, `Message Body:` and the customer's words.
///
/// Its fields look like those above a quoted mail. What tells them apart: they open the message, and
/// nobody writes an answer of nothing.
enum ContactForm {
  /// Lines in which the label of the message is looked for.
  private static let reach = 20

  /// Whether a header block is the head of a form.
  ///
  /// - Parameter subject: whose the mail's subject is; nil for text without one.
  static func begins(_ page: LinePage, _ block: Range<Int>, subject: Zone?) -> Bool {
    guard subject == nil || subject == .own, !page.lines[block.lowerBound].isIndented else {
      return false
    }
    var headings: [Int] = []
    for at in 0..<block.lowerBound where !page.lines[at].isBlank && !page.isRule(at) {
      guard page.lines[at].zone == nil, headings.count < 3 else { return false }
      headings.append(at)
    }
    if headings.isEmpty { return true }
    if headings.contains(where: { namesForm(page, $0) }) || hasLabel(page, block) { return true }
    // A mail that answers nothing and has only a heading above three fields at most.
    return subject == .own && block.count(where: { HeaderBlock.isField(page, $0) }) <= 3
      && headings.allSatisfy {
        page.wordCount($0) <= 12 && ![0x21, 0x2C, 0x2E, 0x3F].contains(page.last($0))
      }
  }

  private static func namesForm(_ page: LinePage, _ index: Int) -> Bool {
    let text = page.text(index)
    return PhraseTables.formNames.contains { text.containsSequence($0) }
  }

  /// Whether a line below the fields says that the message follows.
  private static func hasLabel(_ page: LinePage, _ block: Range<Int>) -> Bool {
    for at in block.lowerBound..<min(page.lines.count, block.upperBound + reach) {
      let line = page.lines[at]
      let length = page.match(PhraseTables.formLabels, at)
      var colon = line.foldedStart + length
      while colon < line.foldedEnd, page.folded[colon] == 0x20 { colon += 1 }
      if length > 0, colon < line.foldedEnd, page.folded[colon] == 0x3A { return true }
    }
    return false
  }
}
