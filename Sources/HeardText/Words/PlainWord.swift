/// Runs that are one word for certain, without asking ICU.
enum PlainWord {
  /// Whether the bytes are ASCII letters, ASCII digits and plain Latin letters only.
  static func matches(_ bytes: TextBytes) -> Bool {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        let lowered = byte | 0x20
        let isLetter = lowered >= 0x61 && lowered <= 0x7A
        guard isLetter || (byte >= 0x30 && byte <= 0x39) else { return false }
        index += 1
      } else {
        guard index + 1 < bytes.count, LatinLetters.letter(byte, bytes[index + 1]) != nil
        else { return false }
        index += 2
      }
    }
    return true
  }
}

/// Where long runs are cut.
enum ChunkCut {
  /// The end of the chunk that starts at `from`.
  ///
  /// - Returns: `end` when the rest fits; otherwise the offset after the last white space or
  ///   punctuation in reach, or, in text that has none, after the last whole character.
  static func end(_ base: TextBytes, from: Int, end: Int) -> Int {
    guard end - from > TextAnalyzer.longestChunk else { return end }
    let reach = from + TextAnalyzer.longestChunk
    var index = UTF8Reader.characterStart(base, notAfter: reach, from: from + 1)
    let last = index
    while index > from + 1 {
      let start = UTF8Reader.characterStart(base, notAfter: index - 1, from: from)
      if base[start] >= 0x80 {
        let (value, _) = UTF8Reader.codePoint(base, at: start, end: index)
        if CharacterTraits(of: value).contains(.separator) { return index }
      }
      index = start
    }
    return last
  }
}
