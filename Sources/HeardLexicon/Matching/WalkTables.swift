import HeardText

/// What a walk reads, as plain memory: the trie, what a worker knows of spellings, and the tokens.
///
/// Arrays inside structs would be retained at every step. The pointers hold for the time of
/// ``with(_:_:_:_:)``, and do not leave it; the indices that are followed were checked when the
/// lexicon was opened (``PhraseTable``) or made by ``FormResolver``.
@safe
struct WalkTables {
  private let tokenList: UnsafeBufferPointer<Token>
  private let beginningList: UnsafeBufferPointer<FormResolver.Beginning>
  private let spellingList: UnsafeBufferPointer<FormResolver.Spelling>
  private let postingList: UnsafeBufferPointer<FormResolver.Posting>
  private let startList: UnsafeBufferPointer<FormResolver.Start>
  private let nodeList: UnsafeBufferPointer<PhraseTable.Node>
  private let edgeList: UnsafeBufferPointer<PhraseTable.Edge>
  private let endList: UnsafeBufferPointer<UInt32>

  /// Calls back with the tables.
  static func with(
    _ tokens: ContiguousArray<Token>, _ resolver: FormResolver, _ phrases: PhraseTable,
    _ body: (WalkTables) -> Void
  ) {
    unsafe tokens.withUnsafeBufferPointer { tokens in
      unsafe resolver.beginnings.withUnsafeBufferPointer { beginnings in
        unsafe resolver.spellings.withUnsafeBufferPointer { spellings in
          unsafe resolver.postings.withUnsafeBufferPointer { postings in
            unsafe resolver.starts.withUnsafeBufferPointer { starts in
              unsafe phrases.nodes.withUnsafeBufferPointer { nodes in
                unsafe phrases.edges.withUnsafeBufferPointer { edges in
                  unsafe phrases.ends.withUnsafeBufferPointer { ends in
                    let tables = unsafe WalkTables(
                      tokenList: tokens, beginningList: beginnings, spellingList: spellings,
                      postingList: postings, startList: starts, nodeList: nodes,
                      edgeList: edges, endList: ends)
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

  /// The form of a token, below the number of spellings; 0 for one that is not known, which a
  /// document and its own memory never have.
  @inline(__always)
  func form(_ token: Int) -> Int {
    let form = unsafe tokenList[token].form.index
    return unsafe form < spellingList.count ? form : 0
  }

  @inline(__always)
  func gap(_ token: Int) -> Gap { unsafe tokenList[token].gap }

  @inline(__always)
  func beginning(_ form: Int) -> FormResolver.Beginning { unsafe beginningList[form] }

  @inline(__always)
  func spelling(_ token: Int) -> FormResolver.Spelling { unsafe spellingList[form(token)] }

  @inline(__always)
  func posting(_ index: Int) -> FormResolver.Posting { unsafe postingList[index] }

  @inline(__always)
  func start(_ index: Int) -> FormResolver.Start { unsafe startList[index] }

  @inline(__always)
  func node(_ index: UInt32) -> PhraseTable.Node { unsafe nodeList[Int(index)] }

  @inline(__always)
  func edge(_ index: Int) -> PhraseTable.Edge { unsafe edgeList[index] }

  @inline(__always)
  func end(_ index: Int) -> UInt32 { unsafe endList[index] }
}
