internal import HeardMail

/// Tells a file with one message from files that hold many, or none.
public enum SingleMessage {
  /// Why a file is not one message; nil when it may be one.
  public static func problem(_ bytes: [UInt8], _ path: String) -> String? {
    if let reason = unreadable(bytes) { return reason }
    if isMailbox(bytes) { return "is a mailbox of several mails; judge it with heard run" }
    if MailReader.looksLikeMail(bytes) { return nil }
    let name = path.lowercased()
    func isCalled(_ suffixes: String...) -> Bool { suffixes.contains(where: name.hasSuffix) }
    if isCalled(".jsonl", ".ndjson", ".json") || isJSON(bytes) {
      return "is JSON and no message; judge JSON lines with heard run"
    }
    if isCalled(".csv", ".tsv", ".tab") || isTable(bytes) {
      return "is a table of messages; judge it with heard run"
    }
    return nil
  }

  /// Why bytes cannot be read as text or mail at all: compressed, or of another program.
  public static func unreadable(_ bytes: [UInt8]) -> String? {
    let packed: [[UInt8]] = [
      [0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD], Array("PK\u{3}\u{4}".utf8), Array("BZh".utf8),
      [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
    ]
    if packed.contains(where: bytes.starts(with:)) {
      return "is compressed; unpack it first (heard run reads gzip and zstd by itself)"
    }
    if bytes.starts(with: "%PDF-".utf8) { return "is a PDF and no text; save it as text" }
    // UTF-16 has a zero in every other byte.
    if Binary.isWide(bytes) { return nil }
    let head = bytes.prefix(InputDetection.headBytes)
    let zeros = head.count { $0 == 0 }
    let isFullOfZeros = zeros >= 16 && zeros * 100 > head.count
    return isFullOfZeros || Binary.isNoText(bytes) ? "is no text" : nil
  }

  /// Whether bytes are several mails one behind the other; one alone may well have a `From ` line.
  public static func isMailbox(_ bytes: [UInt8]) -> Bool {
    var start = 0
    var isBehindEmpty = true
    var found = 0
    while start < bytes.count {
      let end = LineScan.end(of: start, in: bytes, before: bytes.count)
      var line = bytes[start..<end]
      if line.last == 0x0D { line.removeLast() }
      if isBehindEmpty, EnvelopeLine.looksLikeOne(line) { found += 1 }
      if found == 0 || found > 1 { return found > 1 }
      isBehindEmpty = line.isEmpty
      start = end + 1
    }
    return false
  }

  /// Whether the first line is a JSON object with members, or the whole is an array of them.
  private static func isJSON(_ bytes: [UInt8]) -> Bool {
    let text = bytes.drop { $0 <= 0x20 }
    if text.first == UInt8(ascii: "[") {
      return text.dropFirst().first { $0 > 0x20 } == UInt8(ascii: "{")
    }
    guard text.first == UInt8(ascii: "{") else { return false }
    return text.dropFirst().first { $0 > 0x20 } == UInt8(ascii: "\"")
  }

  /// Whether the first line names a column `text`, and there are rows below it.
  private static func isTable(_ bytes: [UInt8]) -> Bool {
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    return line.count < bytes.count && InputDetection.hasColumn(RecordFields().text, line)
  }
}
