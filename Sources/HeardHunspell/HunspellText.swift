/// Text of Hunspell files in the charset that they name.
enum HunspellText {
  /// Charsets that dictionaries for European languages use.
  enum Charset: Sendable {
    case utf8
    case latin1
    case latin2

    /// The charset of a `SET` line; nil when it is not one of those read here.
    init?(name: some StringProtocol) {
      switch name.uppercased().filter({ $0 != "-" && $0 != "_" }) {
      case "UTF8": self = .utf8
      case "ISO88591", "LATIN1": self = .latin1
      case "ISO88592", "LATIN2": self = .latin2
      default: return nil
      }
    }
  }

  /// ISO 8859-2 from 0xA0 on.
  private static let latin2 = Array(
    """
    \u{A0}Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u{AD}ŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß\
    ŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙
    """.unicodeScalars)

  /// The text of some bytes; broken UTF-8 becomes U+FFFD, which no word has.
  static func decode(_ bytes: ArraySlice<UInt8>, _ charset: Charset) -> String {
    if charset == .utf8 { return String(decoding: bytes, as: UTF8.self) }
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    var text = String.UnicodeScalarView()
    for byte in bytes {
      if charset == .latin2, byte >= 0xA0 {
        text.append(latin2[Int(byte) - 0xA0])
      } else {
        text.append(Unicode.Scalar(byte))
      }
    }
    return String(text)
  }

  /// Dutch files write the digraph ĳ, which normal forms have as two letters.
  static func plain(_ text: String) -> String {
    text.utf8.contains(0xC4)
      ? text.replacing("ĳ", with: "ij").replacing("Ĳ", with: "IJ") : text
  }
}
