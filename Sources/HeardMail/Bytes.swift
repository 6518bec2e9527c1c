// Small questions about bytes, for every file of this room.

/// Space, tab, line ends, vertical tab and form feed.
@inline(__always)
func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

@inline(__always)
func isASCIILetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

/// An ASCII letter, or a byte of a character beyond ASCII.
@inline(__always)
func isLetterByte(_ byte: UInt8) -> Bool { byte >= 0x80 || isASCIILetter(byte) }

@inline(__always)
func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

extension RandomAccessCollection where Element == UInt8, Index == Int {
  /// Without white space at both ends.
  func trimmed() -> SubSequence {
    var from = startIndex
    var to = endIndex
    while from < to, isSpace(self[from]) { from += 1 }
    while to > from, isSpace(self[to - 1]) { to -= 1 }
    return self[from..<to]
  }

  /// Whether the bytes begin with an ASCII word, whatever its case.
  func startsASCII(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard count >= length else { return false }
    return word.withUTF8Buffer { letters in
      for i in 0..<length where unsafe lower(self[startIndex + i]) != letters[i] { return false }
      return true
    }
  }

  /// Offset of an ASCII word (given in lower case), whatever its case in the bytes.
  func indexASCII(_ word: StaticString) -> Int? {
    let length = word.utf8CodeUnitCount
    guard count >= length, length > 0 else { return nil }
    return word.withUTF8Buffer { letters in
      for at in startIndex...(endIndex - length) where unsafe lower(self[at]) == letters[0] {
        var i = 1
        while i < length, unsafe lower(self[at + i]) == letters[i] { i += 1 }
        if i == length { return at }
      }
      return nil
    }
  }

  /// Whether the bytes hold an ASCII word, whatever its case.
  func containsASCII(_ word: StaticString) -> Bool { indexASCII(word) != nil }
}
