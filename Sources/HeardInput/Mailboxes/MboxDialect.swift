/// The four ways in which programs write mailboxes.
///
/// All begin a mail with a `From ` line. They differ in what they do with such lines inside a mail,
/// and in whether the header says how long the mail is.
public enum MboxDialect: String, CaseIterable, Sendable {
  /// Told from each mail.
  case auto
  /// `From ` inside becomes `>From `.
  case mboxo
  /// `From `, `>From ` and so on get one more `>`.
  case mboxrd
  /// Content-Length tells the end, and `From ` becomes `>From ` all the same.
  case mboxcl
  /// Content-Length tells the end, and lines stay as they are.
  case mboxcl2

  var usesLength: Bool { self == .mboxcl || self == .mboxcl2 || self == .auto }
}

/// What a line that begins a mail looks like.
enum EnvelopeLine {
  /// Longest one that is looked at.
  static let limit = 998

  /// Whether a line is `From`, an address and a date as asctime(3) writes it, or nearly.
  ///
  /// Paragraphs begin with "From " as well; a clock and a year behind it make a date.
  static func looksLikeOne(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.starts(with: "From ".utf8), line.count <= limit else { return false }
    var hasClock = false
    var hasYear = false
    var digits = 0
    for index in line.indices {
      let byte = line[index]
      if isDigit(byte) {
        digits += 1
        continue
      }
      if byte == UInt8(ascii: ":"), digits == 1 || digits == 2, index + 2 < line.endIndex,
        isDigit(line[index + 1]), isDigit(line[index + 2])
      {
        hasClock = true
      }
      if digits == 4, isYear(line[(index - 4)..<index]) { hasYear = true }
      digits = 0
    }
    if digits == 4, isYear(line.suffix(4)) { hasYear = true }
    return hasClock && hasYear
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isYear(_ digits: ArraySlice<UInt8>) -> Bool {
    digits.starts(with: "19".utf8) || digits.starts(with: "20".utf8)
  }
}
