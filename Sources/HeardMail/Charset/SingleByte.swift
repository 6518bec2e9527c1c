/// Which charset of one byte a character some bytes are in, by what their letters would be.
///
/// Between two letters stands a letter: 0xB3 there is `ł` of windows-1250 and not `³` of
/// windows-1252. Each page has a score for each byte from 0x80; letters of Polish and Dutch count
/// for a page, signs inside words and control characters against it.
enum SingleByte {
  /// The charsets that are told apart.
  enum Page: Int, CaseIterable {
    case windows1252
    case windows1250
    case iso8859_2

    /// The name for converters.
    var label: String {
      switch self {
      case .windows1252: "windows-1252"
      case .windows1250: "windows-1250"
      case .iso8859_2: "iso-8859-2"
      }
    }

    /// The page of a normalised label, if it is one of these.
    init?(label: String) {
      switch label {
      case "windows-1252", "iso-8859-1", "us-ascii", "iso-8859-15": self = .windows1252
      case "windows-1250": self = .windows1250
      case "iso-8859-2": self = .iso8859_2
      default: return nil
      }
    }

    /// Bytes that are letters of Polish in this page.
    fileprivate var polish: [UInt8] {
      switch self {
      case .windows1252: [0xF3, 0xD3]  // ó Ó; the other Polish letters are not there
      case .windows1250:
        [0xB9, 0xE6, 0xEA, 0xB3, 0xF1, 0xF3, 0x9C, 0x9F, 0xBF]
          + [0xA5, 0xC6, 0xCA, 0xA3, 0xD1, 0xD3, 0x8C, 0x8F, 0xAF]
      case .iso8859_2:
        [0xB1, 0xE6, 0xEA, 0xB3, 0xF1, 0xF3, 0xB6, 0xBC, 0xBF]
          + [0xA1, 0xC6, 0xCA, 0xA3, 0xD1, 0xD3, 0xA6, 0xAC, 0xAF]
      }
    }

    /// Bytes that are letters of Dutch, German, French or Spanish in this page.
    fileprivate var western: [UInt8] {
      switch self {
      case .windows1252:
        [0xE9, 0xEB, 0xEF, 0xE8, 0xEA, 0xFC, 0xF6, 0xE4, 0xE1, 0xF3, 0xFA, 0xED, 0xE0, 0xE7, 0xF1]
          + [0xC9, 0xCB, 0xCF, 0xC8, 0xDC, 0xD6, 0xC4, 0xDF, 0xF4, 0xE2, 0xFB, 0xEE]
      case .windows1250, .iso8859_2:
        [0xE9, 0xEB, 0xFC, 0xF6, 0xE4, 0xE1, 0xF3, 0xFA, 0xED, 0xE7, 0xC9, 0xCB, 0xDC, 0xD6, 0xC4]
          + [0xDF, 0xF4, 0xE2, 0xEE]
      }
    }

    /// Bytes that are quotation marks, dashes, the euro and the like.
    fileprivate var signs: [UInt8] {
      switch self {
      case .windows1252, .windows1250:
        [0x80, 0x82, 0x84, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0xA0, 0xAB, 0xBB]
          + [0xB0, 0xA7, 0xA9, 0xAE, 0x99]
      case .iso8859_2: [0xA0, 0xA7, 0xB0]
      }
    }

    /// Bytes that are signs, not letters, and so do not stand between letters.
    fileprivate var neverInside: [UInt8] {
      switch self {
      case .windows1252: Array(0xA1...0xBF) + [0xD7, 0xF7]
      case .windows1250: [0xA1, 0xA2, 0xA4, 0xA6, 0xA7, 0xA8, 0xB0, 0xB1, 0xB2, 0xB4, 0xB6, 0xB8]
      case .iso8859_2: [0xA2, 0xA4, 0xA7, 0xA8, 0xB0, 0xB2, 0xB4, 0xB7, 0xB8]
      }
    }
  }

  /// For each page, the score of each byte from 0x80: first where letters are beside it, then where
  /// none are.
  private static let tables: [[(inside: Int, outside: Int)]] = Page.allCases.map { page in
    (0x80...0xFF).map { value in
      let byte = UInt8(value)
      if page == .iso8859_2, byte < 0xA0 { return (-6, -6) }
      if page.polish.contains(byte) { return (4, 0) }
      if page.western.contains(byte) { return (4, 0) }
      if page.signs.contains(byte) { return (1, 3) }
      if page.neverInside.contains(byte) { return (-6, 1) }
      return (-1, -1)
    }
  }

  /// The likeliest page and its score.
  ///
  /// `label` is preferred unless another is clearly better.
  static func plausible(_ bytes: [UInt8], label: Page?) -> (page: Page, score: Int) {
    var scores = [Int](repeating: 0, count: Page.allCases.count)
    var seen = 0
    for i in bytes.indices where bytes[i] >= 0x80 {
      let before = i > 0 && isLetterByte(bytes[i - 1])
      let after = i + 1 < bytes.count && isLetterByte(bytes[i + 1])
      for page in 0..<scores.count {
        let score = tables[page][Int(bytes[i]) - 0x80]
        scores[page] += before || after ? score.inside : score.outside
      }
      seen += 1
      if seen == 2_000 { break }
    }
    var best = label ?? .windows1252
    for page in Page.allCases {
      let lead = label == nil || best != label ? 0 : 4
      if scores[page.rawValue] > scores[best.rawValue] + lead { best = page }
    }
    return (best, scores[best.rawValue])
  }
}
