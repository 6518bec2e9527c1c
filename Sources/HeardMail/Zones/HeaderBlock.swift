/// The header fields that Outlook and others put above what they quote: `Van: … Verzonden: … Aan: …`.
enum HeaderBlock {
  private enum Field {
    case from
    case other
  }

  /// Whether such a block begins at a line.
  static func begins(_ page: LinePage, _ index: Int) -> Bool { block(page, index) != nil }

  /// The lines of a block that begins at a line; nil when none does.
  ///
  /// It has three fields within a few lines, one of them the sender's; or two when the first is the
  /// sender's with an address.
  static func block(_ page: LinePage, _ index: Int) -> Range<Int>? {
    guard let first = field(page, index) else { return nil }
    var end = index + 1
    var hasFrom = first == .from
    var fields = 1
    var strangers = 0
    var at = index + 1
    while at < page.lines.count, at < index + 12, strangers < 3, fields < 3 {
      if page.lines[at].isBlank || page.lines[at].zone == .quoted && !page.lines[at].isMarked {
        at += 1
        continue
      }
      if let found = field(page, at) {
        fields += 1
        hasFrom = hasFrom || found == .from
        strangers = 0
        end = at + 1
      } else {
        strangers += 1
      }
      at += 1
    }
    guard hasFrom,
      fields >= 3 || fields == 2 && first == .from && page.text(index).contains(0x40)
    else { return nil }
    while let next = page.nextFilled(end), isField(page, next) { end = next + 1 }
    return index..<end
  }

  /// Whether a line is a field.
  static func isField(_ page: LinePage, _ index: Int) -> Bool { field(page, index) != nil }

  /// Which field a line is: a name of the tables, perhaps a space, a colon.
  private static func field(_ page: LinePage, _ index: Int) -> Field? {
    let line = page.lines[index]
    guard line.mayBegin(.fields), line.foldedEnd - line.foldedStart > 2 else { return nil }
    let from = page.match(PhraseTables.fromFields, index)
    if from > 0, hasColon(page, line.foldedStart + from, line.foldedEnd) { return .from }
    let other = page.match(PhraseTables.otherFields, index)
    if other > 0, hasColon(page, line.foldedStart + other, line.foldedEnd) { return .other }
    return nil
  }

  private static func hasColon(_ page: LinePage, _ from: Int, _ to: Int) -> Bool {
    var at = from
    while at < to, page.folded[at] == 0x20 { at += 1 }
    return at < to && page.folded[at] == 0x3A
  }
}
