/// What is quoted or passed on, and the lines that say whose it is.
enum Quotations {
  /// Whether some line may begin what is looked for here; of text that is no mail, hardly one does.
  static func mayMark(_ page: LinePage) -> Bool {
    let begins: LineCues = [.forwardMarks, .originalMarks, .fields, .attributionStarts]
    return page.hasMarks || !page.cues.isDisjoint(with: begins)
      || !page.traits.isDisjoint(with: [.mark, .colon])
  }

  /// Marks them.
  ///
  /// `subject` is whose the mail's subject is, nil for text without one.
  static func mark(_ page: inout LinePage, subject: Zone?) {
    let isForward = subject == .forwarded
    markPrefixed(&page)
    relabelForwardedMarkup(&page)
    var at = 0
    while at < page.lines.count {
      let line = page.lines[at]
      if line.zone != nil || line.isBlank {
        at += 1
      } else if isForwardMark(page, at) {
        takeRest(&page, from: withRulesBefore(page, at), .forwarded)
        return
      } else if isOriginalMark(page, at) {
        takeRest(&page, from: withRulesBefore(page, at), isForward ? .forwarded : .quoted)
        return
      } else if let block = HeaderBlock.block(page, at) {
        if ContactForm.begins(page, block, subject: subject) {
          at = block.upperBound
          continue
        }
        let end = indentation(page, at) ?? page.lines.count
        let zone: Zone = isForward ? .forwarded : .quoted
        for line in withRulesBefore(page, at)..<end { page.lines[line].zone = zone }
        at = end
      } else if let found = Attribution.find(page, endingAt: at) {
        page.claim(found.first..<at + 1, .quoted)
        at = claimQuotation(&page, under: at, found)
      } else {
        at += 1
      }
    }
  }

  /// Claims what stands under an attribution; gives the line after it.
  ///
  /// `>` lines and mark-up say how far the quotation goes, and so does an indentation. Without them
  /// it goes to the end, but only where a mail program wrote the attribution; what somebody tells of
  /// another's words ends with the paragraph.
  private static func claimQuotation(
    _ page: inout LinePage, under index: Int, _ attribution: Attribution
  ) -> Int {
    guard let next = page.nextFilled(index + 1), page.lines[next].zone == nil else {
      return index + 1
    }
    var end = page.lines.count
    if let indented = indentation(page, next) {
      end = indented
    } else if !attribution.isByProgram {
      end = next
      while end < page.lines.count, !page.lines[end].isBlank { end += 1 }
    }
    page.claim(index + 1..<end, .quoted)
    return end
  }

  /// The line after the indented ones that a line belongs to; nil for a line that is not indented.
  private static func indentation(_ page: LinePage, _ index: Int) -> Int? {
    guard page.lines[index].isIndented else { return nil }
    return page.lines[index...].firstIndex { !$0.isIndented && !$0.isBlank } ?? page.lines.count
  }

  // MARK: Prefixes

  /// Lines that begin with `>`, or several with `|`; and blank and broken lines between them.
  private static func markPrefixed(_ page: inout LinePage) {
    for at in page.lines.indices where page.lines[at].zone == nil && isPrefixed(page, at) {
      page.lines[at].zone = .quoted
      page.lines[at].isPrefixed = true
    }
    markBars(&page)
    var lastQuoted: Int?
    for at in page.lines.indices where !page.lines[at].isBlank {
      if page.lines[at].isPrefixed {
        if let last = lastQuoted { page.claim(last + 1..<at, .quoted) }
        lastQuoted = at
      } else {
        lastQuoted = nil
      }
    }
    // A quoted line that a mail program broke: its end stands alone between two quoted lines.
    for at in page.lines.indices.dropFirst().dropLast() where page.lines[at].zone == nil {
      guard page.lines[at - 1].isPrefixed, page.lines[at + 1].isPrefixed,
        page.lines[at - 1].count > 55, let first = page.bytes[page.lines[at].start...].first,
        first &- 0x61 < 26
      else { continue }
      page.lines[at].zone = .quoted
    }
  }

  private static func isPrefixed(_ page: LinePage, _ index: Int) -> Bool {
    let line = page.lines[index]
    guard !line.isBlank, page.folded[line.foldedStart] == 0x3E else { return false }
    // `>:(` and `>.<` are faces.
    guard line.foldedEnd - line.foldedStart > 1 else { return true }
    let second = page.folded[line.foldedStart + 1]
    return
      !(line.foldedEnd - line.foldedStart <= 4
      && (second == 0x3A || second == 0x2E || second == 0x5F || second == 0x3B))
  }

  /// Two and more lines with `|` before them that are no rows of a table.
  private static func markBars(_ page: inout LinePage) {
    func isBar(_ index: Int) -> Bool {
      let line = page.lines[index]
      return line.zone == nil && !line.isBlank && page.folded[line.foldedStart] == 0x7C
        && (page.last(index) != 0x7C || line.foldedEnd - line.foldedStart == 1)
    }
    var at = 0
    while at < page.lines.count {
      guard isBar(at) else {
        at += 1
        continue
      }
      var end = at
      while end < page.lines.count, isBar(end) { end += 1 }
      if end - at > 1 {
        for line in at..<end {
          page.lines[line].zone = .quoted
          page.lines[line].isPrefixed = true
        }
      }
      at = end
    }
  }

  // MARK: Marks

  /// Mark-up calls answered and forwarded mail the same; its first lines tell.
  private static func relabelForwardedMarkup(_ page: inout LinePage) {
    var at = 0
    while at < page.lines.count {
      guard page.lines[at].isMarked, page.lines[at].zone == .quoted else {
        at += 1
        continue
      }
      var end = at
      while end < page.lines.count, page.lines[end].zone == .quoted { end += 1 }
      var filled = 0
      for line in at..<end where !page.lines[line].isBlank {
        filled += 1
        if filled > 3 { break }
        if isForwardMark(page, line) {
          for index in at..<end { page.lines[index].zone = .forwarded }
          break
        }
      }
      at = end
    }
  }

  static func isForwardMark(_ page: LinePage, _ index: Int) -> Bool {
    mayBeMark(page, index, .forwardMarks) && isMark(page, index, PhraseTables.forwardMarks)
  }

  static func isOriginalMark(_ page: LinePage, _ index: Int) -> Bool {
    mayBeMark(page, index, .originalMarks) && isMark(page, index, PhraseTables.originalMarks)
  }

  /// A mark begins the line, or follows dashes.
  private static func mayBeMark(_ page: LinePage, _ index: Int, _ cues: LineCues) -> Bool {
    let line = page.lines[index]
    if line.isBlank || line.mayBegin(cues) { return !line.isBlank }
    let first = page.folded[line.foldedStart]
    return first == 0x2D || first == 0x5F || first == 0x3D
  }

  /// A phrase between dashes, or before a colon at the end of the line, or above a header block.
  private static func isMark(_ page: LinePage, _ index: Int, _ set: PhraseSet) -> Bool {
    let line = page.lines[index]
    var from = line.foldedStart
    var dashes = 0
    while from < line.foldedEnd {
      let byte = page.folded[from]
      if byte == 0x2D || byte == 0x5F || byte == 0x3D { dashes += 1 } else if byte != 0x20 { break }
      from += 1
    }
    let length = set.match(page.folded, from: from, to: line.foldedEnd)
    guard length > 0 else { return false }
    var to = from + length
    while to < line.foldedEnd, [0x2D, 0x5F, 0x3D, 0x20, 0x3A].contains(page.folded[to]) { to += 1 }
    // After "forwarded by" and "message from" a name follows, before the dashes.
    if dashes >= 2 { return to == line.foldedEnd || page.last(index) == 0x2D || to - from > length }
    guard to == line.foldedEnd else { return false }
    if page.last(index) == 0x3A { return true }
    guard let next = page.nextFilled(index + 1) else { return false }
    return HeaderBlock.begins(page, next)
  }

  /// The first of the rules and blank lines directly above a header block or mark.
  private static func withRulesBefore(_ page: LinePage, _ index: Int) -> Int {
    var first = index
    while let before = page.previousFilled(first), page.lines[before].zone == nil,
      page.isRule(before) || isOriginalMark(page, before)
    {
      first = before
    }
    return first
  }

  private static func takeRest(_ page: inout LinePage, from: Int, _ zone: Zone) {
    for at in from..<page.lines.count { page.lines[at].zone = zone }
  }
}
