/// The bits of what stands around each token: a row of eight a token, by the number of
/// ``PhraseTable/Place``.
///
/// Where a sentence ends is not asked: a bit too many costs a comparison, and one too few a match.
struct Neighbours {
  /// Places in a row.
  static let row = 8
  /// Zeros before the first and behind the last token.
  private static let margin = 17

  private(set) var rows: ContiguousArray<UInt64> = []
  private var own: ContiguousArray<UInt64> = []
  /// Of the four tokens behind, and of the sixteen.
  private var four: ContiguousArray<UInt64> = []
  private var sixteen: ContiguousArray<UInt64> = []

  /// Fills the rows for the tokens of a document.
  mutating func fill(_ spellings: ContiguousArray<FormResolver.Spelling>) {
    let count = spellings.count
    let all = count + Self.margin * 2
    if own.count < all {
      let room = all * 2
      own = ContiguousArray(repeating: 0, count: room)
      four = own
      sixteen = own
      rows = ContiguousArray(repeating: 0, count: room * Self.row)
    }
    unsafe own.withUnsafeMutableBufferPointer { own in
      unsafe spellings.withUnsafeBufferPointer { spellings in
        for index in 0..<count { unsafe own[Self.margin &+ index] = spellings[index].companions }
        // What a longer document left.
        for index in count + Self.margin..<all { unsafe own[index] = 0 }
      }
      unsafe four.withUnsafeMutableBufferPointer { four in
        for index in 0..<all - 4 {
          unsafe four[index] =
            own[index &+ 1] | own[index &+ 2] | own[index &+ 3] | own[index &+ 4]
        }
        unsafe sixteen.withUnsafeMutableBufferPointer { sixteen in
          for index in 0..<all - 16 {
            unsafe sixteen[index] =
              four[index] | four[index &+ 4] | four[index &+ 8] | four[index &+ 12]
          }
          unsafe rows.withUnsafeMutableBufferPointer { rows in
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
      }
    }
  }
}
