import HeardText

/// The bits of what stands around each token: a row of eight a token, by the number of
/// ``PhraseTable/Place``.
///
/// Where a sentence ends is not asked: a bit too many costs a comparison, and one too few a match.
struct Neighbours: ~Copyable {
  /// Places in a row.
  static let row = 8
  /// Zeros before the first and behind the last token.
  private static let margin = 17

  private(set) var rows = Scratch<UInt64>(capacity: 1 << 12)
  private var own = Scratch<UInt64>(capacity: 1 << 9)
  /// Of the four tokens behind, and of the sixteen.
  private var four = Scratch<UInt64>(capacity: 1 << 9)
  private var sixteen = Scratch<UInt64>(capacity: 1 << 9)

  /// Fills the rows for the tokens of a document, of whose spellings they are.
  mutating func fill(_ spellings: borrowing Scratch<FormResolver.Spelling>) {
    let count = spellings.count
    let all = count + Self.margin * 2
    own.resize(to: all, filling: 0)
    four.resize(to: all, filling: 0)
    sixteen.resize(to: all, filling: 0)
    rows.resize(to: max(1, count) * Self.row, filling: 0)
    let own = unsafe own.elements
    let four = unsafe four.elements
    let sixteen = unsafe sixteen.elements
    let rows = unsafe rows.elements
    for index in 0..<Self.margin {
      unsafe own[index] = 0
      unsafe own[count &+ Self.margin &+ index] = 0
    }
    for index in 0..<count { unsafe own[Self.margin &+ index] = spellings[index].companions }
    for index in 0..<all - 4 {
      let near = unsafe own[index &+ 1] | own[index &+ 2]
      unsafe four[index] = near | own[index &+ 3] | own[index &+ 4]
    }
    for index in 0..<all - 16 {
      let near = unsafe four[index] | four[index &+ 4]
      unsafe sixteen[index] = near | four[index &+ 8] | four[index &+ 12]
    }
    for token in 0..<count {
      let here = token &+ Self.margin
      let row = token &* Self.row
      unsafe rows[row] = own[here &+ 1]
      unsafe rows[row &+ 1] = own[here &- 1]
      unsafe rows[row &+ 2] = four[here]
      unsafe rows[row &+ 3] = four[here &- 5]
      unsafe rows[row &+ 4] = sixteen[here]
      unsafe rows[row &+ 5] = sixteen[here &- 17]
      unsafe rows[row &+ 6] = .max
    }
  }
}
