/// A place in a document where an entry was found.
///
/// Matches ascend by first token; at the same token the longest comes first, then the lowest entry.
/// An entry is reported once for a place: a match inside a longer one of the same entry is none.
public struct Match: Hashable, Sendable, BitwiseCopyable {
  /// Number of the entry in the lexicon.
  public var entry: UInt32
  /// Index of the first token in the document.
  public var firstToken: Int32
  /// Index of the last token, which belongs to the match.
  public var lastToken: Int32
  /// Which tokens the pattern's words took, from bit 0 for the first token; the others of the
  /// stretch lie in gaps.
  public var words: UInt64
  /// Whether each of its words is also a word of a longer phrase that matches here.
  ///
  /// *niets te klagen* covers *klagen*: a longer phrase says better what its words mean.
  public var covered: Bool

  /// Makes a match.
  public init(
    entry: UInt32, firstToken: Int32, lastToken: Int32, words: UInt64, covered: Bool = false
  ) {
    self.entry = entry
    self.firstToken = firstToken
    self.lastToken = lastToken
    self.words = words
    self.covered = covered
  }

  /// Hands out the indices of the tokens that the pattern's words took, ascending; not those in gaps.
  @inlinable @inline(__always)
  public func forEachWord(_ body: (Int) -> Void) {
    var rest = words
    while rest != 0 {
      body(Int(firstToken) + rest.trailingZeroBitCount)
      rest &= rest - 1
    }
  }

  /// Its tokens' indices in the document, gaps included.
  public var tokens: Range<Int> { Int(firstToken)..<Int(lastToken) + 1 }
}
