import HeardText

/// What a walk reads, as plain memory: the trie, what a worker knows of spellings, and the tokens.
///
/// Arrays inside structs would be retained at every step. The pointers hold for the time of
/// ``with(_:_:_:_:_:_:)``, and do not leave it; the indices that are followed were checked when the
/// lexicon was opened (``PhraseTable``) or made by ``FormResolver``.
@safe
struct WalkTables {
  private let tokenList: UnsafeBufferPointer<Token>
  private let spellingList: UnsafeBufferPointer<FormResolver.Spelling>
  private let postingList: UnsafeBufferPointer<FormResolver.Posting>
  private let startList: UnsafeBufferPointer<FormResolver.Start>
  private let nodeList: UnsafeBufferPointer<PhraseTable.Node>
  private let edgeList: UnsafeBufferPointer<PhraseTable.Edge>
  private let endList: UnsafeBufferPointer<UInt32>
  private let edgeFilter: UnsafeBufferPointer<UInt64>

  /// Calls back with the tables.
  static func with(
    _ tokens: ContiguousArray<Token>, _ spellings: ContiguousArray<FormResolver.Spelling>,
    _ postings: ContiguousArray<FormResolver.Posting>,
    _ starts: ContiguousArray<FormResolver.Start>, _ phrases: PhraseTable,
    _ body: (WalkTables) -> Void
  ) {
    unsafe tokens.withUnsafeBufferPointer { tokens in
      unsafe spellings.withUnsafeBufferPointer { spellings in
        unsafe postings.withUnsafeBufferPointer { postings in
          unsafe starts.withUnsafeBufferPointer { starts in
            unsafe phrases.nodes.withUnsafeBufferPointer { nodes in
              unsafe phrases.edges.withUnsafeBufferPointer { edges in
                unsafe phrases.ends.withUnsafeBufferPointer { ends in
                  unsafe phrases.edgeFilter.words.withUnsafeBufferPointer { filter in
                    let tables = unsafe WalkTables(
                      tokenList: tokens, spellingList: spellings, postingList: postings,
                      startList: starts, nodeList: nodes, edgeList: edges, endList: ends,
                      edgeFilter: filter)
                    body(tables)
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
  var tokenCount: Int { unsafe tokenList.count }

  @inline(__always)
  func gap(_ token: Int) -> Gap { unsafe tokenList[token].gap }

  /// What is known of a token's spelling.
  @inline(__always)
  func spelling(_ token: Int) -> FormResolver.Spelling { unsafe spellingList[token] }

  @inline(__always)
  func posting(_ index: Int) -> FormResolver.Posting { unsafe postingList[index] }

  @inline(__always)
  func start(_ index: Int) -> FormResolver.Start { unsafe startList[index] }

  @inline(__always)
  func node(_ index: UInt32) -> PhraseTable.Node { unsafe nodeList[Int(index)] }

  @inline(__always)
  func edge(_ index: Int) -> PhraseTable.Edge { unsafe edgeList[index] }

  /// Whether a node may have a word edge for an element; one load where bisection takes many.
  @inline(__always)
  func mayHaveEdge(_ node: UInt32, _ element: UInt32) -> Bool {
    let bit = EdgeFilter.bit(node, element, words: unsafe edgeFilter.count)
    return unsafe edgeFilter[bit >> 6] >> UInt64(bit & 63) & 1 != 0
  }

  @inline(__always)
  func end(_ index: Int) -> UInt32 { unsafe endList[index] }
}
