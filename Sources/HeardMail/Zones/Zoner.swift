// Text → zones that tile it.
//
// Steps, each over lines, each linear: (1) quotations: `>` prefixes, attribution lines, header
// blocks, marks between dashes; (2) boilerplate and disclaimers; (3) endings of what is left: phone
// lines, signatures, closings; (4) stray lines of scraped pages. A line with a zone keeps it.
// Start reading at `Zoner.zones`. To teach it a phrase see `Phrasebook`.

internal import HeardText

/// Gives each byte of a text its zone.
enum Zoner {
  /// The zones of a text.
  ///
  /// `isForward` says that the subject calls the mail a forwarded one.
  static func zones(of draft: DraftText, isForward: Bool) -> [ZoneSpan] {
    guard !draft.bytes.isEmpty else { return [] }
    var page = LinePage(draft)
    let mayQuote = Quotations.mayMark(page)
    if mayQuote { Quotations.mark(&page, isForward: isForward) }
    Boilerplate.mark(&page)
    Disclaimers.mark(&page)
    if Endings.mark(&page) { Disclaimers.mark(&page) }  // under a signature less is enough
    StrayLines.mark(&page)
    if mayQuote {
      leavePointers(&page, isForward: isForward)
      if isForward { passOnQuoted(&page) }
    }
    return page.spans()
  }

  /// "See below" above something passed on is no text of the sender's: what is below is meant.
  private static func leavePointers(_ page: inout LinePage, isForward: Bool) {
    guard
      page.lines.contains(where: { $0.zone == .forwarded || (isForward && $0.zone == .quoted) })
    else { return }
    let own = page.lines.indices.filter { page.lines[$0].zone == nil && !page.lines[$0].isBlank }
    guard !own.isEmpty, own.count <= 2, own.allSatisfy({ isPointer(page, $0) }) else { return }
    for at in own { page.lines[at].zone = .boilerplate }
  }

  private static func isPointer(_ page: LinePage, _ index: Int) -> Bool {
    var text = page.text(index)[...]
    while let last = text.last, [0x20, 0x21, 0x2C, 0x2E, 0x3A].contains(last) { text.removeLast() }
    return PhraseTables.pointers.contains(Array(text))
  }

  /// In a forwarded mail without a word of the sender, what looks quoted is what was passed on.
  private static func passOnQuoted(_ page: inout LinePage) {
    guard !page.lines.contains(where: { $0.zone == nil && !$0.isBlank }) else { return }
    for at in page.lines.indices where page.lines[at].zone == .quoted {
      page.lines[at].zone = .forwarded
    }
  }
}
