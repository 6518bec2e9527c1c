internal import CHeardLexicon
import HeardText

/// The bits of what stands around each token, of which ``PhraseSearch`` makes the places of
/// ``PhraseTable/Place``.
///
/// Where a sentence ends is not asked: a bit too many costs a comparison, and one too few a match.
struct Neighbours: ~Copyable {
  /// Places before the first and behind the last token.
  static let margin = Int(HEARD_MARGIN)
  /// Set everywhere, also where there is no token.
  private static let always = PhraseTable.always

  /// Eight lists of ``length`` bits, one behind the other.
  ///
  /// Of each token, behind the margin: its bits as a companion, those of the two tokens behind it, of
  /// the four, of the sixteen; and the same of masks.
  private(set) var around = Scratch<UInt64>(capacity: 1 << 12)
  /// Tokens and both margins.
  private(set) var length = 0

  /// Fills the bits for the tokens of a document, of whose spellings they are.
  mutating func fill(_ spellings: borrowing Scratch<heard_spelling>) {
    let count = spellings.count
    length = count + Self.margin * 2
    around.resize(to: length * 8, filling: 0)
    let own = unsafe UnsafeMutableBufferPointer(rebasing: around.elements[..<(length * 4)])
    let masks = unsafe UnsafeMutableBufferPointer(rebasing: around.elements[(length * 4)...])
    for index in 0..<Self.margin {
      unsafe own[index] = Self.always
      unsafe own[count &+ Self.margin &+ index] = Self.always
      unsafe masks[index] = Self.always
      unsafe masks[count &+ Self.margin &+ index] = Self.always
    }
    for index in 0..<count {
      unsafe own[Self.margin &+ index] = spellings[index].companions | Self.always
      unsafe masks[Self.margin &+ index] = spellings[index].mask | Self.always
    }
    unsafe widen(own)
    unsafe widen(masks)
  }

  /// Fills the second to fourth list from the first: each with the bits of more tokens.
  private func widen(_ lists: UnsafeMutableBufferPointer<UInt64>) {
    guard let own = lists.baseAddress else { return }
    let two = unsafe own + length
    let four = unsafe two + length
    let sixteen = unsafe four + length
    for index in 0..<length - 2 { unsafe two[index] = own[index &+ 1] | own[index &+ 2] }
    for index in 0..<length - 4 { unsafe four[index] = two[index] | two[index &+ 2] }
    for index in 0..<length - 16 {
      let near = unsafe four[index] | four[index &+ 4]
      unsafe sixteen[index] = near | four[index &+ 8] | four[index &+ 12]
    }
  }
}
