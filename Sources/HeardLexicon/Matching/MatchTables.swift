import HeardText

/// What a search reads, as plain memory: the phrases, what a worker knows of spellings, and the
/// tokens.
///
/// Arrays inside structs would be retained at every step. The pointers hold for the time of
/// ``with(_:_:_:_:_:_:)``, and do not leave it; the indices that are followed were checked when the
/// lexicon was opened (``PhraseTable``) or made by ``FormResolver``.
@safe
struct MatchTables {
  private let tokens: UnsafeBufferPointer<Token>
  private let spellings: UnsafeBufferPointer<FormResolver.Spelling>
  private let neighbours: UnsafeBufferPointer<UInt64>
  private let postings: UnsafeBufferPointer<FormResolver.Posting>
  private let candidates: UnsafeBufferPointer<PhraseTable.Candidate>
  private let phrases: UnsafeBufferPointer<PhraseTable.Phrase>
  private let steps: UnsafeBufferPointer<PhraseTable.Step>
  private let sets: UnsafeBufferPointer<UInt32>

  /// Calls back with the tables.
  static func with(
    _ tokens: ContiguousArray<Token>, _ spellings: ContiguousArray<FormResolver.Spelling>,
    _ neighbours: borrowing Neighbours, _ resolver: borrowing FormResolver, _ table: PhraseTable,
    _ body: (MatchTables) -> Void
  ) {
    unsafe tokens.withUnsafeBufferPointer { tokens in
      unsafe spellings.withUnsafeBufferPointer { spellings in
        unsafe neighbours.rows.withUnsafeBufferPointer { neighbours in
          unsafe resolver.postings.withUnsafeBufferPointer { postings in
            unsafe resolver.candidates.withUnsafeBufferPointer { candidates in
              unsafe table.phrases.withUnsafeBufferPointer { phrases in
                unsafe table.steps.withUnsafeBufferPointer { steps in
                  unsafe table.sets.withUnsafeBufferPointer { sets in
                    body(
                      unsafe MatchTables(
                        tokens: tokens, spellings: spellings, neighbours: neighbours,
                        postings: postings, candidates: candidates, phrases: phrases,
                        steps: steps, sets: sets))
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Number of tokens.
  var tokenCount: Int { unsafe tokens.count }

  @inline(__always)
  func gap(_ token: Int) -> Gap { unsafe tokens[token].gap }

  /// What is known of a token's spelling.
  @inline(__always)
  func spelling(_ token: Int) -> FormResolver.Spelling { unsafe spellings[token] }

  /// ``FormResolver/Spelling/mask``, alone.
  @inline(__always)
  func mask(_ token: Int) -> UInt64 { unsafe spellings[token].mask }

  /// Goes through candidates of a token whose companions may stand around it.
  @inline(__always)
  func forCandidates(
    _ range: Range<Int>, at token: Int, _ body: (PhraseTable.Candidate) -> Void
  ) {
    guard let first = unsafe candidates.baseAddress, let rows = unsafe neighbours.baseAddress
    else { return }
    let around = unsafe rows + token &* Neighbours.row
    var candidate = unsafe first + range.lowerBound
    let end = unsafe first + range.upperBound
    // Places are below eight, as was checked when the table was read.
    while unsafe candidate < end {
      let one = unsafe candidate.pointee.mask & around[Int(candidate.pointee.place)]
      let other =
        unsafe candidate.pointee.otherMask & around[Int(candidate.pointee.otherPlace)]
      if one != 0, other != 0 { body(unsafe candidate.pointee) }
      unsafe candidate += 1
    }
  }

  @inline(__always)
  func posting(_ index: Int) -> FormResolver.Posting { unsafe postings[index] }

  @inline(__always)
  func candidate(_ index: Int) -> PhraseTable.Candidate { unsafe candidates[index] }

  @inline(__always)
  func phrase(_ index: UInt32) -> PhraseTable.Phrase { unsafe phrases[Int(index)] }

  @inline(__always)
  func step(_ index: Int) -> PhraseTable.Step { unsafe steps[index] }

  @inline(__always)
  func setElement(_ index: Int) -> UInt32 { unsafe sets[index] }
}
