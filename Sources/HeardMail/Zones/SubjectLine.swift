/// What a subject's prefixes say: `Re:`, `Antw:`, `RE[2]:` answer, `Fwd:`, `Doorst:`, `PD:` pass on.
enum SubjectLine {
  /// Quoted for an answer, forwarded for a passed-on mail, else own.
  ///
  /// The first prefix counts.
  static func zone(of subject: [UInt8]) -> Zone {
    guard let prefix = prefix(subject) else { return .own }
    if PhraseTables.forwardPrefixes.contains(prefix) { return .forwarded }
    return PhraseTables.replyPrefixes.contains(prefix) ? .quoted : .own
  }

  /// The word before the first colon, folded, without a count in brackets.
  private static func prefix(_ subject: [UInt8]) -> [UInt8]? {
    var folded = Fold.folded(Array(subject.trimmed().prefix(40)))
    if folded.first == 0x5B, let close = folded.firstIndex(of: 0x5D) {
      folded.removeSubrange(...close)  // a list's name: [list] Re: …
      folded = Array(folded.trimmed())
    }
    guard let colon = folded.firstIndex(of: 0x3A), colon > 0 else { return nil }
    var word = folded[..<colon].trimmed()
    if let open = word.firstIndex(where: { $0 == 0x5B || $0 == 0x28 || $0 == 0x5E }) {
      word = word[..<open].trimmed()
    }
    while let last = word.last, isDigit(last) { word = word.dropLast() }
    return Array(word)
  }
}
