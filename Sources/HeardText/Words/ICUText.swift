internal import CHeardICU

/// A word or symbol inside the bytes that were taken apart.
struct WordPiece: Equatable {
  /// Offset of its first byte.
  var start: Int
  /// Offset one past its last byte.
  var end: Int
}

/// One worker's ICU: the word breaker and normalisers, opened once.
///
/// Results live in the handle's buffers until the next call, so each call hands them to a closure.
@safe
final class ICUText {
  /// Null only when ICU could not load its data; words then stay as they were written.
  private let handle: OpaquePointer?

  init() { unsafe handle = heard_icu_text_open() }

  deinit { unsafe heard_icu_text_close(handle) }

  /// Takes bytes apart into words and symbols, ascending.
  func split(_ bytes: TextBytes, into pieces: inout [WordPiece]) {
    pieces.removeAll(keepingCapacity: true)
    guard bytes.count > 0 else { return }
    guard let handle = unsafe handle else {
      pieces.append(WordPiece(start: 0, end: bytes.count))
      return
    }
    var found: UnsafePointer<heard_icu_piece>?
    let count = unsafe heard_icu_text_split(
      handle, bytes.buffer.baseAddress, Int32(clamping: bytes.count), &found)
    let results = unsafe UnsafeBufferPointer(start: found, count: Int(count))
    for index in 0..<results.count {
      let piece = unsafe results[index]
      pieces.append(WordPiece(start: Int(piece.start), end: Int(piece.end)))
    }
  }

  /// NFKC_Casefold with typographic apostrophes as `'`.
  func normalize<Result>(
    _ bytes: TextBytes, _ body: (TextBytes) -> Result
  ) -> Result {
    unsafe convert(bytes, heard_icu_text_normalize, body)
  }

  /// NFD.
  func decompose<Result>(
    _ bytes: TextBytes, _ body: (TextBytes) -> Result
  ) -> Result {
    unsafe convert(bytes, heard_icu_text_decompose, body)
  }

  /// NFC.
  func compose<Result>(
    _ bytes: TextBytes, _ body: (TextBytes) -> Result
  ) -> Result {
    unsafe convert(bytes, heard_icu_text_compose, body)
  }

  private typealias Conversion = (
    OpaquePointer?, UnsafePointer<UInt8>?, Int32, UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) -> Int32

  private func convert<Result>(
    _ bytes: TextBytes, _ conversion: Conversion,
    _ body: (TextBytes) -> Result
  ) -> Result {
    guard let handle = unsafe handle, bytes.count > 0 else { return body(bytes) }
    var result: UnsafePointer<UInt8>?
    let count = unsafe conversion(
      handle, bytes.buffer.baseAddress, Int32(clamping: bytes.count), &result)
    return unsafe body(TextBytes(UnsafeBufferPointer(start: result, count: Int(count))))
  }
}

/// What ICU knows of one code point.
struct CharacterTraits: OptionSet {
  let rawValue: UInt32

  static let letter = CharacterTraits(rawValue: UInt32(HEARD_ICU_LETTER))
  static let upper = CharacterTraits(rawValue: UInt32(HEARD_ICU_UPPER))
  static let lower = CharacterTraits(rawValue: UInt32(HEARD_ICU_LOWER))
  static let digit = CharacterTraits(rawValue: UInt32(HEARD_ICU_DIGIT))
  static let nonspacing = CharacterTraits(rawValue: UInt32(HEARD_ICU_NONSPACING))
  static let currency = CharacterTraits(rawValue: UInt32(HEARD_ICU_CURRENCY))
  static let emoji = CharacterTraits(rawValue: UInt32(HEARD_ICU_EMOJI))
  /// Of Latin, Greek or Cyrillic script.
  static let alphabet = CharacterTraits(rawValue: UInt32(HEARD_ICU_ALPHABET))
  static let ignorable = CharacterTraits(rawValue: UInt32(HEARD_ICU_IGNORABLE))
  /// White space or punctuation that no word rule joins.
  static let separator = CharacterTraits(rawValue: UInt32(HEARD_ICU_SEPARATOR))
  /// A letter in the eyes of the word breaker's rules.
  static let wordLetter = CharacterTraits(rawValue: UInt32(HEARD_ICU_WORD_LETTER))

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The traits of a code point.
  init(of codePoint: UInt32) { rawValue = heard_icu_traits(codePoint) }
}
