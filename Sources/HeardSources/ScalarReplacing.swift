extension StringProtocol {
  /// The text with another in place of every such scalar; for escaping and quoting.
  ///
  /// `replacing(_:with:)` looks for characters: a quotation mark with a combining accent behind it is
  /// another character than a quotation mark, CR LF is another than LF, and either would stay as it is.
  package func replacing(scalar: Unicode.Scalar, with replacement: String) -> String {
    var text = String.UnicodeScalarView()
    for one in unicodeScalars {
      if one == scalar {
        text.append(contentsOf: replacement.unicodeScalars)
      } else {
        text.append(one)
      }
    }
    return String(text)
  }
}
