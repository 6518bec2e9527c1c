/// What strangers wrote, as it may be shown to people.
enum Printable {
  /// The text with U+FFFD in place of what would steer a terminal: control characters (C0, DEL, C1)
  /// and those that turn the direction in which text is shown.
  ///
  /// - Parameter keepsLines: whether line ends and tabs stay.
  static func text(_ text: some StringProtocol, keepsLines: Bool = false) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          if keepsLines, scalar == "\n" || scalar == "\t" { return scalar }
          return steers(scalar) ? "\u{FFFD}" : scalar
        }))
  }

  /// The same of UTF-8 in which anything may be wrong.
  static func text(_ bytes: some Collection<UInt8>, keepsLines: Bool = false) -> String {
    text(String(decoding: bytes, as: UTF8.self), keepsLines: keepsLines)
  }

  private static func steers(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
