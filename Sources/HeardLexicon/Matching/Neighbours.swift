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

  /// Of each token, behind the margin: as a companion, and its mask.
  private(set) var own = Scratch<UInt64>(capacity: 1 << 9)
  private(set) var masks = Scratch<UInt64>(capacity: 1 << 9)
  /// Of the four tokens behind, and of the sixteen.
  private(set) var four = Scratch<UInt64>(capacity: 1 << 9)
  private(set) var sixteen = Scratch<UInt64>(capacity: 1 << 9)

  /// Fills the bits for the tokens of a document, of whose spellings they are.
  mutating func fill(_ spellings: borrowing Scratch<heard_spelling>) {
    let count = spellings.count
    let all = count + Self.margin * 2
    own.resize(to: all, filling: 0)
    masks.resize(to: all, filling: 0)
    four.resize(to: all, filling: 0)
    sixteen.resize(to: all, filling: 0)
    let own = unsafe own.elements
    let masks = unsafe masks.elements
    let four = unsafe four.elements
    let sixteen = unsafe sixteen.elements
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
    for index in 0..<all - 4 {
      let near = unsafe own[index &+ 1] | own[index &+ 2]
      unsafe four[index] = near | own[index &+ 3] | own[index &+ 4]
    }
    for index in 0..<all - 16 {
      let near = unsafe four[index] | four[index &+ 4]
      unsafe sixteen[index] = near | four[index &+ 8] | four[index &+ 12]
    }
  }
}
