import HeardText

/// Finds what stands between quotation marks.
///
/// Marks are paired inside a paragraph: a writer who forgets to close one loses that paragraph's
/// rest and no more, and a mark that is never closed quotes nothing.
struct QuotationSpans {
  private(set) var spans: ContiguousArray<Range<Int>> = []

  private static let marks: Gap = [.openQuote, .closeQuote, .straightQuote]
  private static let relevant: Gap = [.openQuote, .closeQuote, .straightQuote, .paragraphBreak]

  /// Replaces the spans by those of a document, as ranges of tokens, ascending.
  mutating func find(in document: borrowing Document) {
    spans.removeAll(keepingCapacity: true)
    var opened: Int?
    for index in document.tokens.indices {
      let gap = document.tokens[index].gap
      if gap.isDisjoint(with: Self.relevant) { continue }
      meet(gap, before: index, opened: &opened)
    }
    meet(document.ending, before: document.tokens.count, opened: &opened)
  }

  /// Whether a token is quoted; `hint` is the first span that may hold it and moves forward only.
  func contains(_ token: Int, hint: inout Int) -> Bool {
    while hint < spans.count, spans[hint].upperBound <= token { hint += 1 }
    return hint < spans.count && spans[hint].contains(token)
  }

  /// A gap may close one quotation and open the next; a paragraph's end closes without quoting.
  private mutating func meet(_ gap: Gap, before index: Int, opened: inout Int?) {
    let closes = gap.contains(.closeQuote) || gap.contains(.straightQuote)
    if let start = opened, closes || gap.contains(.openQuote), start < index,
      !gap.contains(.paragraphBreak) || closes
    {
      spans.append(start..<index)
      opened = gap.contains(.openQuote) && gap.contains(.closeQuote) ? index : nil
      return
    }
    if gap.contains(.paragraphBreak) { opened = nil }
    if gap.contains(.openQuote) || gap.contains(.straightQuote) { opened = index }
  }
}
