/// Legal text at the end of a mail: paragraphs that name the mail and its recipient and hold several
/// of its usual pieces, and in which nobody speaks of himself.
///
/// The pieces alone are everyday words of complaints: charged in error, unauthorised, liable.
enum Disclaimers {
  /// Paragraphs of a run that are looked at, from its end.
  private static let paragraphs = 12

  static func mark(_ page: inout LinePage) {
    // Signatures too: a disclaimer usually stands under one.
    var at = page.lines.count
    while at > 0 {
      while at > 0, !isOpen(page.lines[at - 1]) { at -= 1 }
      let end = at
      while at > 0, isOpen(page.lines[at - 1]) { at -= 1 }
      if end > at { markRun(&page, at..<end) }
    }
  }

  private static func isOpen(_ line: LinePage.Line) -> Bool {
    line.zone == nil || line.zone == .signature || line.zone == .boilerplate
  }

  private static func markRun(_ page: inout LinePage, _ run: Range<Int>) {
    var end = run.upperBound
    for _ in 0..<paragraphs {
      while end > run.lowerBound, page.lines[end - 1].isBlank { end -= 1 }
      guard end > run.lowerBound else { return }
      var start = end - 1
      while start > run.lowerBound, !page.lines[start - 1].isBlank,
        page.lines[start - 1].zone == page.lines[end - 1].zone
      {
        start -= 1
      }
      let isUnderSignature =
        page.lines[start].zone == .signature
        || (page.previousFilled(start).map { page.lines[$0].zone == .signature } ?? false)
      let isFirst = page.previousFilled(start) == nil
      if !isFirst, isDisclaimer(page, start..<end, isUnderSignature: isUnderSignature) {
        for at in start..<end { page.lines[at].zone = .disclaimer }
      } else if page.lines[start].zone == nil {
        return
      }
      end = start
    }
  }

  private static func isDisclaimer(
    _ page: LinePage, _ range: Range<Int>, isUnderSignature: Bool
  ) -> Bool {
    let cues = isUnderSignature ? 2 : 3
    let folded =
      page.lines[range.lowerBound].foldedStart..<page.lines[range.upperBound - 1].foldedEnd
    guard folded.count + 1 >= 40, LineCues.mayDisclaim(page.folded, folded, cues: cues) else {
      return false
    }
    let words = Speech.words(page, range)
    guard !words.contains(.firstPerson) else { return false }
    if range.contains(where: { page.match(PhraseTables.disclaimers, $0) > 0 }) { return true }
    var text: [UInt8] = []
    for at in range {
      text.append(contentsOf: page.folded[page.lines[at].foldedStart..<page.lines[at].foldedEnd])
      text.append(0x20)
      if text.count > 4_000 { break }
    }
    if isUnderSignature, words.isEmpty, PhraseTables.registers.count(in: text, limit: 1) > 0 {
      return true
    }
    guard text.count >= 60, PhraseTables.disclaimerCues.count(in: text, limit: cues) == cues else {
      return false
    }
    let isNamed = PhraseTables.disclaimerNames.count(in: text, limit: 1) > 0
    let hasRecipient = PhraseTables.disclaimerRecipients.count(in: text, limit: 1) > 0
    return isUnderSignature ? isNamed || hasRecipient : isNamed && hasRecipient
  }
}
