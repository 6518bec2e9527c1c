public import HeardText

extension TextAnalyzer {
  /// Takes a part apart so that each of its sentences lies in one zone: no phrase reaches from the
  /// sender's words into those of somebody else.
  public func analyze(_ part: TextPart, into document: inout Document) {
    analyze(part.bytes, into: &document)
    if part.zones.count > 1 {
      document.endSentences(at: part.zones.dropFirst().map(\.range.start))
    }
  }
}
