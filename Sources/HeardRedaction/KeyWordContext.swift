/// Cuts words and what stands around them out of one text, under pseudonyms where asked for.
package struct KeyWordContext {
  private let bytes: [UInt8]
  private let redacted: RedactedText?
  private let width: Int

  package init(_ bytes: [UInt8], width: Int, redactor: Redactor?) {
    redacted = redactor?.redact(bytes)
    self.bytes = redacted?.bytes ?? bytes
    self.width = width
  }

  /// What stands in front of a range of the original, in it, and behind it.
  package func cut(_ original: Range<Int>) -> (left: String, match: String, right: String) {
    let range = (redacted?.redactedRange(original) ?? original).clamped(to: bytes.indices)
    // No more than four bytes a character are needed, and white space shrinks.
    let reach = width * 8 + 16
    let left = flat(bytes[max(0, range.lowerBound - reach)..<range.lowerBound])
    let right = flat(bytes[range.upperBound..<min(bytes.count, range.upperBound + reach)])
    return (
      String(left.suffix(width)), flat(bytes[range]).trimmed,
      String(right.prefix(width))
    )
  }

  /// White space as single spaces; a scalar that was cut at an edge is gone.
  private func flat(_ slice: ArraySlice<UInt8>) -> String {
    var slice = slice
    while let first = slice.first, first & 0xC0 == 0x80 { slice = slice.dropFirst() }
    var text = ""
    var hadSpace = false
    for character in String(decoding: slice, as: UTF8.self) where character != "\u{FFFD}" {
      let isSpace = character.isWhitespace
      if !isSpace { text.append(character) } else if !hadSpace { text.append(" ") }
      hadSpace = isSpace
    }
    return text
  }
}

extension String {
  /// Without spaces at its ends.
  var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
