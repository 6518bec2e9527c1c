import CHeardICU
import Glibc

/// What law 3 asks for, written down from the law and not from the code: ICU's word breaker over the
/// NFKC_Casefold of a whole text.
///
/// The agreed exceptions are rules here, each exact:
/// 1. the six typographic apostrophes are `'` before anything else;
/// 2. `. : , ; _ " @` and spaces of the normal form count as `/` for the breaker: it joins nothing;
/// 3. a boundary at `b` in the normal form N(t) stands only where the text divides: where there is a
///    place i between two characters of t with |N(t[..<i])| = b and N(t[..<i]) + N(t[i...]) = N(t);
/// 4. two emoji are one word when every such place range has a zero-width joiner in it.
@safe final class ReferenceWords {
  private let icu: OpaquePointer?

  init() { unsafe icu = heard_icu_text_open() }

  deinit { unsafe heard_icu_text_close(icu) }

  private static let apostrophes: Set<Unicode.Scalar> = ["’", "‘", "ʼ", "´", "`", "＇"]

  /// The normal form of a text.
  func normal(_ bytes: [UInt8]) -> [UInt8] {
    var result: UnsafePointer<UInt8>?
    let count = unsafe heard_icu_text_normalize(icu, bytes, Int32(bytes.count), &result)
    return unsafe Array(UnsafeBufferPointer(start: result, count: Int(count)))
  }

  /// The normal forms of the words and symbols of a text.
  func words(_ text: String) -> [[UInt8]] {
    var mapped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      mapped.append(Self.apostrophes.contains(scalar) ? "'" : scalar)
    }
    let bytes = Array(String(mapped).utf8)
    let whole = normal(bytes)
    let separators: Set<UInt8> = Set(" .:,;_\"@".utf8)
    let broken = whole.map { separators.contains($0) ? 0x2F : $0 }
    var found: UnsafePointer<heard_icu_piece>?
    let count = unsafe heard_icu_text_segments(icu, broken, Int32(broken.count), &found)
    let segments = unsafe Array(UnsafeBufferPointer(start: found, count: Int(count)))
    let places = places(bytes, mapped, whole)

    var pieces: [heard_icu_piece] = []
    var open: heard_icu_piece?
    for segment in segments {
      var piece = open ?? segment
      piece.end = segment.end
      if piece.kind != UInt32(HEARD_ICU_WORD), segment.kind != UInt32(HEARD_ICU_NONE) {
        piece.kind = segment.kind
      }
      if segment.end < UInt32(whole.count), places[Int(segment.end)] == nil {
        open = piece
        continue
      }
      open = nil
      if piece.kind == UInt32(HEARD_ICU_NONE) { continue }
      if let last = pieces.last, last.end == piece.start, isEmoji(last, whole),
        isEmoji(piece, whole), places[Int(piece.start)] == true
      {
        pieces[pieces.count - 1].end = piece.end
      } else {
        pieces.append(piece)
      }
    }
    return pieces.map { Array(whole[Int($0.start)..<Int($0.end)]) }
  }

  private func isEmoji(_ piece: heard_icu_piece, _ whole: [UInt8]) -> Bool {
    guard piece.kind == UInt32(HEARD_ICU_SYMBOL) else { return false }
    let text = String(decoding: whole[Int(piece.start)..<Int(piece.end)], as: UTF8.self)
    guard let first = text.unicodeScalars.first else { return false }
    return heard_icu_traits(first.value) & UInt32(HEARD_ICU_EMOJI) != 0
  }

  /// Offsets in the normal form where the text divides, and whether a zero-width joiner vanishes
  /// there.
  private func places(
    _ bytes: [UInt8], _ scalars: String.UnicodeScalarView, _ whole: [UInt8]
  ) -> [Int: Bool] {
    var places: [Int: Bool] = [:]
    var offset = 0
    for scalar in scalars {
      if offset > 0, let length = divides(bytes, at: offset, whole) {
        // A joiner after this place vanishes at it when the next place is the same one.
        let before = places[length] ?? false
        let next = offset + UTF8.width(scalar)
        let joins =
          scalar.value == 0x200D
          && divides(bytes, at: next, whole) == length
        places[length] = before || joins
      }
      offset += UTF8.width(scalar)
    }
    return places
  }

  /// The length of the normal form of what is before `offset`, when the text divides there.
  private func divides(_ bytes: [UInt8], at offset: Int, _ whole: [UInt8]) -> Int? {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe whole.withUnsafeBufferPointer { whole -> Int? in
        guard let text = bytes.baseAddress, let form = whole.baseAddress else { return nil }
        var part: UnsafePointer<UInt8>?
        let first = unsafe Int(heard_icu_text_normalize(icu, text, Int32(offset), &part))
        guard first <= whole.count, unsafe Self.same(part, form, first) else { return nil }
        let rest = unsafe Int(
          heard_icu_text_normalize(icu, text + offset, Int32(bytes.count - offset), &part))
        guard first + rest == whole.count, unsafe Self.same(part, form + first, rest) else {
          return nil
        }
        return first
      }
    }
  }

  private static func same(
    _ first: UnsafePointer<UInt8>?, _ second: UnsafePointer<UInt8>, _ count: Int
  ) -> Bool {
    guard count > 0 else { return true }
    guard let first = unsafe first else { return false }
    return unsafe memcmp(first, second, count) == 0
  }
}

extension UTF8 {
  /// Bytes that a scalar takes.
  fileprivate static func width(_ scalar: Unicode.Scalar) -> Int {
    scalar.value < 0x80 ? 1 : scalar.value < 0x800 ? 2 : scalar.value < 0x10000 ? 3 : 4
  }
}
