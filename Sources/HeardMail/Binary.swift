internal import CHeardMail

/// Whether bytes are something else than text.
package enum Binary {
  /// Fewer bytes than these are taken for text, whatever they are, where nobody says that they are
  /// mail: one odd byte is much of a short text.
  private static let least = 256

  /// Whether bytes that are not mail are no text either: UTF-16 is text.
  package static func isNoText(_ bytes: [UInt8]) -> Bool {
    bytes.count >= least && wideCharset(bytes) == nil && isBinary(bytes)
  }

  /// Whether bytes are UTF-16 or UTF-32 with a mark in front, or look like UTF-16 without one.
  package static func isWide(_ bytes: [UInt8]) -> Bool {
    wideCharset(bytes).map { $0 != "utf-8" } ?? false
  }

  /// The charset that a mark in front says, or that of UTF-16 without one.
  static func wideCharset(_ bytes: [UInt8]) -> String? {
    if let mark = TextDecoder.byteOrderMark(bytes) { return mark.0 }
    // Only UTF-16 has NULs so near the beginning.
    return bytes.prefix(64).contains(0) ? TextDecoder.looksLikeUTF16(bytes) : nil
  }

  private static let kinds: [[UInt8]] = [
    [0x7F, 0x45, 0x4C, 0x46], [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], [0x50, 0x4B, 3, 4],
    [0x1F, 0x8B, 8], [0x25, 0x50, 0x44, 0x46, 0x2D], [0x47, 0x49, 0x46, 0x38],
  ]

  /// Many control characters, or the first bytes of a well-known kind of file.
  static func isBinary(_ bytes: [UInt8]) -> Bool {
    if kinds.contains(where: { bytes.starts(with: $0) }) { return true }
    let sample = bytes.prefix(4_096)
    let flags = unsafe heard_text_scan(bytes, sample.count)
    guard flags & UInt32(HEARD_TEXT_CONTROL | HEARD_TEXT_NUL) != 0 else { return false }
    var controls = 0
    for byte in sample where byte < 0x09 || (byte > 0x0D && byte < 0x20 && byte != 0x1B) {
      controls += 1
    }
    // Even bytes, as of what is compressed or encrypted, have 27 in 256; text has next to none.
    return controls * 20 > sample.count
  }
}
