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
    Quotations.mark(&page, isForward: isForward)
    Boilerplate.mark(&page)
    Disclaimers.mark(&page)
    Endings.mark(&page)
    Disclaimers.mark(&page)  // under a signature less is enough
    StrayLines.mark(&page)
    if isForward { passOnQuoted(&page) }
    return page.spans()
  }

  /// In a forwarded mail without a word of the sender, what looks quoted is what was passed on.
  private static func passOnQuoted(_ page: inout LinePage) {
    guard !page.lines.contains(where: { $0.zone == nil && !$0.isBlank }) else { return }
    for at in page.lines.indices where page.lines[at].zone == .quoted {
      page.lines[at].zone = .forwarded
    }
  }
}
