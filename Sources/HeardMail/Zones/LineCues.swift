internal import CHeardMail

/// Sets of phrases that are asked of every line, as bits.
///
/// Each line is looked up for all of them at once (`cues.c`), so that one which begins none costs a
/// test of bits and not a comparison with each.
struct LineCues: OptionSet {
  let rawValue: UInt16

  static let forwardMarks = LineCues(rawValue: 1 << 0)
  static let originalMarks = LineCues(rawValue: 1 << 1)
  static let fields = LineCues(rawValue: 1 << 2)
  static let attributionStarts = LineCues(rawValue: 1 << 3)
  static let closings = LineCues(rawValue: 1 << 4)
  static let sentFrom = LineCues(rawValue: 1 << 5)
  static let boilerplate = LineCues(rawValue: 1 << 6)
  static let boilerplateLines = LineCues(rawValue: 1 << 7)

  // Unchecked because of the pointer: nobody writes behind it once it is made.
  nonisolated(unsafe) private static let shared: OpaquePointer? = {
    guard let cues = unsafe heard_cues_make() else { return nil }
    let sets: [(LineCues, KeyPath<Phrasebook, [String]>)] = [
      (.forwardMarks, \.forwardMarks), (.originalMarks, \.originalMarks),
      (.fields, \.fromFields), (.fields, \.otherFields),
      (.attributionStarts, \.attributionStarts), (.closings, \.closings),
      (.sentFrom, \.sentFrom), (.boilerplate, \.boilerplate),
      (.boilerplateLines, \.boilerplateLines),
    ]
    for book in PhraseTables.books {
      for (set, list) in sets {
        for phrase in book[keyPath: list] {
          // A colon follows the name of a field, perhaps behind a space.
          for end in set == .fields ? [":", " :"] : [""] {
            let start = phrase + end
            unsafe heard_cues_add_start(cues, start, start.utf8.count, set.rawValue)
          }
        }
      }
      for phrase in book.disclaimers + book.registers {
        unsafe heard_cues_add_word(
          cues, phrase, phrase.utf8.count, UInt8(HEARD_CUE_STRONG))
      }
      for phrase in book.disclaimerCues + book.disclaimerNames + book.disclaimerRecipients {
        unsafe heard_cues_add_word(cues, phrase, phrase.utf8.count, UInt8(HEARD_CUE_WEAK))
      }
    }
    return unsafe cues
  }()

  /// Whether folded lines may be a disclaimer by the number of words that may begin a piece of one.
  ///
  /// - Parameter page: has eight bytes behind the range.
  static func mayDisclaim(_ page: [UInt8], _ range: Range<Int>, cues: Int) -> Bool {
    guard let tables = unsafe shared, range.upperBound + 8 <= page.count else { return true }
    var strong = 0
    var weak = 0
    unsafe page.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      unsafe heard_word_cues(tables, start + range.lowerBound, range.count, &strong, &weak)
    }
    return strong > 0 || weak >= cues
  }

  /// Finds the lines of a text with their folded forms and cues.
  static func lines(of bytes: [UInt8], folding limit: Int) -> ([heard_line], folded: [UInt8]) {
    let count = bytes.count
    guard let cues = unsafe shared else { return ([], []) }
    let lineCount = unsafe heard_line_count(bytes, count)
    var folded: [UInt8] = []
    let lines = unsafe [heard_line](unsafeUninitializedCapacity: lineCount) { lines, made in
      folded = unsafe [UInt8](unsafeUninitializedCapacity: count + lineCount + 8) { out, written in
        guard let places = lines.baseAddress, let to = out.baseAddress else { return }
        written = unsafe heard_lines(bytes, count, limit, cues, places, to)
        made = lineCount
      }
    }
    return (lines, folded)
  }
}

/// What lines look like, as bits.
struct LineTraits: OptionSet {
  let rawValue: UInt16

  /// Begins with one of `> | - _ =`.
  static let mark = LineTraits(rawValue: UInt16(HEARD_LINE_MARK))
  /// Begins as a rule does, with one of `- _ = ~ #` or a dash or line of another script.
  static let rule = LineTraits(rawValue: UInt16(HEARD_LINE_RULE))
  static let digit = LineTraits(rawValue: UInt16(HEARD_LINE_DIGIT))
  /// Ends with a colon.
  static let colon = LineTraits(rawValue: UInt16(HEARD_LINE_COLON))
}
