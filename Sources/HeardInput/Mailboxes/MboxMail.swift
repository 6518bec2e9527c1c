/// Takes a mail out of the mailbox that it stands in.
public enum MboxMail {
  /// The mail at `range` without its `From ` line, and with its own `From ` lines as they were.
  ///
  /// Returns nil when no `From ` line begins it.
  public static func mail(
    _ bytes: [UInt8], _ range: Range<Int>, dialect: MboxDialect
  ) -> [UInt8]? {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    guard bytes[range].starts(with: "From ".utf8) else { return nil }
    let start = min(
      LineScan.end(of: range.lowerBound, in: bytes, before: range.upperBound) + 1,
      range.upperBound)
    var end = range.upperBound
    // The empty line before the next mail is the mailbox's.
    if end - start > 1, bytes[end - 1] == 0x0A {
      if bytes[end - 2] == 0x0A {
        end -= 1
      } else if end - start > 2, bytes[end - 2] == 0x0D, bytes[end - 3] == 0x0A {
        end -= 2
      }
    }
    return unquoted(bytes, start..<end, dialect)
  }

  private static func unquoted(
    _ bytes: [UInt8], _ range: Range<Int>, _ dialect: MboxDialect
  ) -> [UInt8] {
    switch dialect {
    case .mboxcl2: return Array(bytes[range])
    case .auto where LineScan.find("\nFrom ", in: bytes, range) != nil:
      // A line that should be quoted is not: this program leaves lines as they are.
      return Array(bytes[range])
    default: break
    }
    var mail: [UInt8] = []
    mail.reserveCapacity(range.count)
    var at = range.lowerBound
    while let found = LineScan.find("\n>", in: bytes, at..<range.upperBound) {
      var from = found + 1
      while from < range.upperBound, bytes[from] == UInt8(ascii: ">") { from += 1 }
      let depth = from - found - 1
      let isQuoted = bytes[from..<range.upperBound].starts(with: "From ".utf8)
      mail.append(contentsOf: bytes[at...found])
      at = found + 1
      // mboxo and mboxcl quote once and only what is not quoted.
      let quotesAgain = dialect == .mboxrd || dialect == .auto
      if isQuoted, depth == 1 || quotesAgain { at += 1 }
    }
    mail.append(contentsOf: bytes[at..<range.upperBound])
    return mail
  }
}
