/// What a gap between two tokens holds, and what that says about a sentence's end.
struct GapReading {
  var flags: Gap = []
  /// Marks that may end a sentence.
  var terminal: Terminal = []
  /// Offset one past the last such mark and the quotation marks and brackets that close after it,
  /// or past an emoticon; 0 when there is none.
  var closingEnd = 0
  /// Where the line of the next token starts; -1 when it is the same line.
  var lineStart = -1
  /// Whether the next line opens with a bullet.
  var bullet = false

  /// What kind of end the marks make, and what stands after them.
  struct Terminal: OptionSet {
    let rawValue: UInt16

    /// A single full stop.
    static let period = Terminal(rawValue: 1 << 0)
    /// `!`.
    static let exclamation = Terminal(rawValue: 1 << 1)
    /// `?`.
    static let question = Terminal(rawValue: 1 << 2)
    /// `…`, `..` or more.
    static let ellipsis = Terminal(rawValue: 1 << 3)
    /// A mark of another script, which is nothing but an end (`。`).
    static let certain = Terminal(rawValue: 1 << 4)
    /// White space stands after the last mark.
    static let spaceAfter = Terminal(rawValue: 1 << 5)
    /// A quotation mark or bracket closes right after the last mark.
    static let closed = Terminal(rawValue: 1 << 6)
    /// A comma or the like stands after the last mark.
    static let continued = Terminal(rawValue: 1 << 7)
    /// A semicolon, glued to both words.
    static let gluedSemicolon = Terminal(rawValue: 1 << 8)
    /// White space stands before the first mark.
    static let spaceBefore = Terminal(rawValue: 1 << 9)

    /// The marks themselves.
    static let marks: Terminal = [.period, .exclamation, .question, .ellipsis, .certain]
  }
}
