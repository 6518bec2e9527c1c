// Text → zones that tile it.
//
// Steps, each over lines, each linear: (1) quotations: `>` prefixes, attribution lines, header
// blocks, marks between dashes; (2) boilerplate and disclaimers; (3) endings of what is left: phone
// lines, signatures, closings; (4) stray lines of scraped pages. A line with a zone keeps it.
// A line of which it is not sure is the sender's own: a signature read as own text costs little, a
// complaint read as a signature is lost (decision 0026).
// Start reading at `Zoner.zones`. To teach it a phrase see `Phrasebook`.

internal import HeardText

/// Gives each byte of a text its zone.
enum Zoner {
  /// The zones of a text.
  ///
  /// - Parameter subject: whose the mail's subject is: `forwarded` and `quoted` for one that says so
  ///   by its prefix, else `own`; nil for text that is no mail.
  static func zones(of draft: DraftText, subject: Zone?) -> [ZoneSpan] {
    guard !draft.bytes.isEmpty else { return [] }
    var page = LinePage(draft)
    let mayQuote = Quotations.mayMark(page)
    if mayQuote { Quotations.mark(&page, subject: subject) }
    Boilerplate.mark(&page)
    Disclaimers.mark(&page)
    if Endings.mark(&page) { Disclaimers.mark(&page) }  // under a signature less is enough
    if subject == nil { StrayLines.mark(&page) }
    // Nobody answers without a word; what is quoted under nothing was passed on.
    if mayQuote, subject != .quoted {
      leavePointers(&page)
      passOnQuoted(&page)
    }
    return page.spans()
  }

  /// Whether something in a text was passed on and nothing in it is the sender's.
  static func onlyPassesOn(_ bytes: [UInt8], _ zones: [ZoneSpan]) -> Bool {
    zones.contains { $0.zone == .forwarded }
      && !zones.contains { $0.zone == .own && !bytes[$0.range.range].allSatisfy(isSpace) }
  }

  /// "See below" above something passed on is no text of the sender's: what is below is meant.
  private static func leavePointers(_ page: inout LinePage) {
    guard page.lines.contains(where: { $0.zone == .forwarded || $0.zone == .quoted }) else {
      return
    }
    let own = page.lines.indices.filter { page.lines[$0].zone == nil && !page.lines[$0].isBlank }
    guard !own.isEmpty, own.count <= 2, own.allSatisfy({ isPointer(page, $0) }) else { return }
    for at in own { page.lines[at].zone = .boilerplate }
  }

  private static func isPointer(_ page: LinePage, _ index: Int) -> Bool {
    var text = page.text(index)[...]
    while let last = text.last, [0x20, 0x21, 0x2C, 0x2E, 0x3A].contains(last) { text.removeLast() }
    return PhraseTables.pointers.contains(Array(text))
  }

  /// In a mail that answers none and has no word of the sender, what looks quoted was passed on.
  private static func passOnQuoted(_ page: inout LinePage) {
    guard !page.lines.contains(where: { $0.zone == nil && !$0.isBlank }) else { return }
    for at in page.lines.indices where page.lines[at].zone == .quoted {
      page.lines[at].zone = .forwarded
    }
  }
}
