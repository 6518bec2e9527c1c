internal import CHeardLexicon
import HeardText

/// What a search reads, as plain memory: the phrases, and what a worker knows of the tokens.
///
/// Arrays inside structs would be retained at every step. The pointers hold for the time of
/// ``with(_:spellings:rows:postings:blocks:_:)``, and do not leave it; the indices that are followed were checked when the
/// lexicon was opened (``PhraseTable``) or made by ``FormResolver``.
@safe
struct MatchTables {
  /// Number of tokens.
  var tokenCount: Int { unsafe spellings.count }

  private let spellings: UnsafeMutableBufferPointer<FormResolver.Spelling>
  private let rows: UnsafeMutablePointer<UInt64>
  private let postings: UnsafeMutableBufferPointer<FormResolver.Posting>
  private let blocks: UnsafeMutablePointer<heard_candidate_block>
  private let steps: UnsafeBufferPointer<PhraseTable.Step>
  private let sets: UnsafeBufferPointer<UInt32>

  /// Calls back with the tables, for which neither the lists nor what they belong to may change
  /// meanwhile.
  @unsafe
  static func with(
    _ table: PhraseTable, spellings: UnsafeMutableBufferPointer<FormResolver.Spelling>,
    rows: UnsafeMutableBufferPointer<UInt64>,
    postings: UnsafeMutableBufferPointer<FormResolver.Posting>,
    blocks: UnsafeMutableBufferPointer<heard_candidate_block>, _ body: (MatchTables) -> Void
  ) {
    guard let rows = rows.baseAddress, let blocks = blocks.baseAddress else { return }
    unsafe table.steps.withUnsafeBufferPointer { steps in
      unsafe table.sets.withUnsafeBufferPointer { sets in
        body(
          unsafe MatchTables(
            spellings: spellings, rows: rows, postings: postings, blocks: blocks, steps: steps,
            sets: sets))
      }
    }
  }

  /// What is known of a token's spelling.
  @inline(__always)
  func spelling(_ token: Int) -> FormResolver.Spelling { unsafe spellings[token] }

  /// ``FormResolver/Spelling/mask``, alone.
  @inline(__always)
  func mask(_ token: Int) -> UInt64 { unsafe spellings[token].mask }

  /// Writes those candidates of a token to `passed` whose companions may stand around it, and gives
  /// their number.
  @inline(__always)
  func candidates(
    at token: Int, _ entries: FormResolver.Entries, filter: heard_candidate_filter,
    into passed: UnsafeMutablePointer<UInt32>
  ) -> Int {
    unsafe filter(
      blocks + Int(entries.firstBlock), Int(entries.blocks), rows + token &* Neighbours.row, passed)
  }

  /// One that passed.
  @inline(__always)
  func candidate(_ passed: UInt32, of entries: FormResolver.Entries) -> heard_candidate {
    unsafe heard_candidate_get(blocks + Int(entries.firstBlock), passed)
  }

  @inline(__always)
  func posting(_ index: Int) -> FormResolver.Posting { unsafe postings[index] }

  /// Asks for the steps of a phrase that will be compared soon.
  @inline(__always)
  func prefetch(phrase start: UInt32) {
    guard let first = unsafe steps.baseAddress else { return }
    unsafe heard_prefetch_steps(first + Int(start))
  }

  /// A step, or the header of a phrase.
  @inline(__always)
  func step(_ index: Int) -> PhraseTable.Step { unsafe steps[index] }

  /// Four elements of a set, which is filled up to a multiple of four.
  @inline(__always)
  func fourOfSet(_ index: Int) -> SIMD4<UInt32> {
    guard let first = unsafe sets.baseAddress else { return .init(repeating: .max) }
    return unsafe UnsafeRawPointer(first + index).loadUnaligned(as: SIMD4<UInt32>.self)
  }
}
