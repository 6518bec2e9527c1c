/// What stood between two tokens, as far as it tells anything.
///
/// Punctuation that ends clauses and sentences, opens quotations or shouts; everything else in a gap
/// (spaces, unknown signs) sets no flag.
public struct Gap: OptionSet, Hashable, Sendable, BitwiseCopyable {
  /// The set as bits.
  public let rawValue: UInt16

  /// Makes a set of bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// `,` or its like in other scripts.
  public static let comma = Gap(rawValue: 1 << 0)
  /// `;` or `:`.
  public static let semicolon = Gap(rawValue: 1 << 1)
  /// A dash that stands alone (` - `, `–`, `—`); a hyphen between letters is none.
  public static let dash = Gap(rawValue: 1 << 2)
  /// A full stop, whether or not it ends a sentence.
  public static let period = Gap(rawValue: 1 << 3)
  /// One or more `!`.
  public static let exclamation = Gap(rawValue: 1 << 4)
  /// One or more `?`.
  public static let question = Gap(rawValue: 1 << 5)
  /// Two or more `!` or `?` together, as in `!!!` and `?!`.
  public static let repeated = Gap(rawValue: 1 << 6)
  /// `…` or three full stops or more; ``period`` is then not set for them.
  public static let ellipsis = Gap(rawValue: 1 << 7)
  /// A line break, and no empty line in the gap.
  public static let lineBreak = Gap(rawValue: 1 << 8)
  /// An empty line; ``lineBreak`` is then not set.
  public static let paragraphBreak = Gap(rawValue: 1 << 9)
  /// A mark that can only open a quotation (`„`, `“` in English and Dutch use, `«`).
  public static let openQuote = Gap(rawValue: 1 << 10)
  /// A mark that can only close one.
  public static let closeQuote = Gap(rawValue: 1 << 11)
  /// A straight quotation mark (`"`, or `'` beside a space), which may open or close.
  public static let straightQuote = Gap(rawValue: 1 << 12)
  /// `(` or `[`.
  public static let openParenthesis = Gap(rawValue: 1 << 13)
  /// `)` or `]`.
  public static let closeParenthesis = Gap(rawValue: 1 << 14)
  /// An ASCII emoticon such as `:-(`; ``Emoticon/valence(in:gap:)`` tells its mood.
  public static let emoticon = Gap(rawValue: 1 << 15)

  /// Marks that end a clause inside a sentence.
  public static let clauseEnd: Gap = [
    .comma, .semicolon, .dash, .openParenthesis, .closeParenthesis,
  ]
}

/// Names one distinct spelling (raw bytes of a token) in a worker's ``TokenMemory``.
///
/// Ids are dense from 0 and hold until the memory's `generation` changes.
public struct FormID: Hashable, Sendable {
  /// The id as a number.
  public var rawValue: UInt32

  /// Makes an id of a number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The id as an index into arrays kept beside the memory.
  public var index: Int { Int(rawValue) }
}

/// What the shape of a spelling tells.
public struct FormFlags: OptionSet, Hashable, Sendable {
  /// The set as bits.
  public let rawValue: UInt8

  /// Makes a set of bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Has at least one letter.
  public static let word = FormFlags(rawValue: 1 << 0)
  /// Has digits and no letter.
  public static let number = FormFlags(rawValue: 1 << 1)
  /// An emoji or a currency sign.
  public static let symbol = FormFlags(rawValue: 1 << 2)
  /// First letter upper case, some other letter not.
  public static let capitalised = FormFlags(rawValue: 1 << 3)
  /// Two letters or more, all of them upper case.
  public static let capitals = FormFlags(rawValue: 1 << 4)
  /// The normal form differs from its diacritic-folded form.
  public static let accented = FormFlags(rawValue: 1 << 5)
  /// A currency sign or a currency's name.
  public static let currency = FormFlags(rawValue: 1 << 6)
}

/// One word, number, emoji or currency sign of a text.
///
/// Law 2: tokens tile the text. Ranges ascend and do not overlap, and the text between them is
/// what was not a word.
public struct Token: Hashable, Sendable {
  /// Offset of its first byte.
  public var start: UInt32
  /// Offset one past its last byte.
  public var end: UInt32
  /// Its spelling.
  public var form: FormID
  /// What stood between the token before (or the start of the text) and this one.
  public var gap: Gap

  /// Makes a token.
  public init(start: UInt32, end: UInt32, form: FormID, gap: Gap) {
    self.start = start
    self.end = end
    self.form = form
    self.gap = gap
  }

  /// Where it stands in the original.
  public var range: ByteRange { ByteRange(start, end) }
}

/// A stretch of tokens up to a sentence's end.
public struct Sentence: Hashable, Sendable {
  /// Index of its first token in the document.
  public var firstToken: Int32
  /// Index one past its last token; a sentence always has a token.
  public var endToken: Int32
  /// From the start of its first token to the end of its closing punctuation.
  public var bytes: ByteRange
  /// The punctuation after its last token.
  public var ending: Gap
  /// The language of this sentence; a short one takes that of its surroundings.
  public var language: Language
  /// What stands in front of its tokens, the first aside: all of it, and perhaps more.
  public var marks: Gap
  /// Whether a word of two letters or more may be written in capitals.
  public var mayShout: Bool

  /// Makes a sentence; what is not known of its marks and words is taken to be there.
  public init(
    firstToken: Int32, endToken: Int32, bytes: ByteRange, ending: Gap, language: Language,
    marks: Gap = Gap(rawValue: .max), mayShout: Bool = true
  ) {
    self.firstToken = firstToken
    self.endToken = endToken
    self.bytes = bytes
    self.ending = ending
    self.language = language
    self.marks = marks
    self.mayShout = mayShout
  }

  /// Its tokens' indices in the document.
  public var tokens: Range<Int> { Int(firstToken)..<Int(endToken) }
}
