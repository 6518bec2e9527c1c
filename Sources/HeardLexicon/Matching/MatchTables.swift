internal import CHeardLexicon
import HeardText

/// What a search reads, as plain memory: the phrases, and what a worker knows of the tokens.
///
/// Arrays inside structs would be retained at every step. The pointers hold for the time of
/// ``with(_:_:_:)``, and do not leave it; the indices that are followed were checked by
/// ``PhraseTable`` or made by ``FormResolver``.
@safe
struct MatchTables {
  /// Number of tokens.
  var tokenCount: Int { unsafe spellings.count }

  private let spellings: UnsafeMutableBufferPointer<heard_spelling>
  private let postings: UnsafeMutableBufferPointer<FormResolver.Posting>
  private let rows: UnsafeBufferPointer<UInt32>
  private let labels: UnsafeBufferPointer<PhraseTable.Label>
  private let sets: UnsafeBufferPointer<UInt32>
  private let look: heard_look_tables

  /// The lists of a worker, by their memory: valid until one of them is changed.
  @unsafe struct Lists {
    fileprivate let spellings: UnsafeMutableBufferPointer<heard_spelling>
    fileprivate let postings: UnsafeMutableBufferPointer<FormResolver.Posting>
    fileprivate let look: heard_look_tables

    /// Takes the memory of lists; nil when one has none, which no list lacks.
    @unsafe
    init?(
      _ phrases: PhraseTable, _ spellings: borrowing Scratch<heard_spelling>,
      _ resolver: borrowing FormResolver, _ neighbours: borrowing Neighbours
    ) {
      guard let first = unsafe spellings.elements.baseAddress,
        let around = unsafe neighbours.around.elements.baseAddress,
        let lanes = unsafe resolver.lanes.elements.baseAddress,
        let rows = unsafe phrases.rows.baseAddress
      else { return nil }
      unsafe self.spellings = spellings.elements
      unsafe postings = resolver.postings.elements
      let length = neighbours.length
      unsafe look = heard_look_tables(
        spellings: first,
        around: (
          UnsafePointer(around), UnsafePointer(around + length),
          UnsafePointer(around + 2 * length), UnsafePointer(around + 3 * length),
          UnsafePointer(around + 4 * length), UnsafePointer(around + 5 * length),
          UnsafePointer(around + 6 * length), UnsafePointer(around + 7 * length)
        ),
        lanes: lanes, rows: rows)
    }
  }

  /// Calls back with the tables, for which neither the lists nor the phrases may change meanwhile.
  @unsafe
  static func with(_ table: PhraseTable, _ lists: Lists, _ body: (MatchTables) -> Void) {
    withExtendedLifetime(table) {
      body(
        unsafe MatchTables(
          spellings: lists.spellings, postings: lists.postings, rows: table.rows,
          labels: table.labels, sets: table.sets, look: lists.look))
    }
  }

  /// What is known of a token's spelling.
  @inline(__always)
  func spelling(_ token: Int) -> heard_spelling { unsafe spellings[token] }

  /// `mask` of a token's spelling, alone.
  @inline(__always)
  func mask(_ token: Int) -> UInt64 { unsafe spellings[token].mask }

  /// Number of candidates of a token.
  func lanes(_ token: Int) -> Int { Int(unsafe spellings[token].lanes) }

  /// Adds the candidates of a stretch that pass; gives its end, or the token at which there was too
  /// little room.
  @inline(__always)
  func look(
    through stretch: heard_stretch, _ look: heard_look, into hits: inout heard_hits
  ) -> Int {
    var (tables, stretch) = unsafe (self.look, stretch)
    return unsafe look(&tables, &stretch, &hits)
  }

  @inline(__always)
  func posting(_ index: Int) -> FormResolver.Posting { unsafe postings[index] }

  /// Four postings, of which there are a multiple of four.
  @inline(__always)
  func fourPostings(_ index: Int) -> SIMD4<UInt32> {
    guard let first = unsafe postings.baseAddress else { return .init(repeating: .max) }
    return unsafe UnsafeRawPointer(first + index).loadUnaligned(as: SIMD4<UInt32>.self)
  }

  /// The phrase that begins at an index.
  @inline(__always)
  func phrase(_ index: Int) -> PhraseTable.Phrase { unsafe PhraseTable.Phrase(rows, index) }

  /// A step of a phrase.
  @inline(__always)
  func step(_ index: Int) -> PhraseTable.Step {
    PhraseTable.Step(rawValue: unsafe rows[index])
  }

  /// What a step asks.
  @inline(__always)
  func label(_ step: PhraseTable.Step) -> PhraseTable.Label { unsafe labels[step.label] }

  /// Four elements of a set, which is filled up to a multiple of four.
  @inline(__always)
  func fourOfSet(_ index: Int) -> SIMD4<UInt32> {
    guard let first = unsafe sets.baseAddress else { return .init(repeating: .max) }
    return unsafe UnsafeRawPointer(first + index).loadUnaligned(as: SIMD4<UInt32>.self)
  }
}
