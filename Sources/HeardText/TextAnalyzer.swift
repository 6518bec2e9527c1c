/// Takes texts apart for one worker, remembering every spelling it has met.
///
/// Not shared between threads: each worker has its own, and the results do not depend on what a
/// worker has met before (law 8).
public final class TextAnalyzer {
  /// What this worker knows of the spellings it has met.
  public let memory: TokenMemory

  /// Makes an analyzer.
  public init() {
    memory = TokenMemory()
  }

  /// Fills `document` with the tokens, sentences and languages of `text`.
  ///
  /// - Parameter text: valid UTF-8, at most 2³²−1 bytes.
  public func analyze(_ text: [UInt8], into document: inout Document) {
    document.bytes = text
  }
}

/// A worker's bounded memory of spellings: raw bytes of a token → what the pipeline needs to know.
public final class TokenMemory {
  /// Changes whenever remembered ids become invalid; arrays kept beside the memory are then reset.
  public private(set) var generation: UInt32 = 0
  /// Number of spellings remembered now; valid ids are below it.
  public private(set) var count = 0

  /// NFKC_Casefold of the spelling with default-ignorable characters gone, as UTF-8.
  public func normal(_ form: FormID) -> String { "" }
  /// The normal form without diacritics (ł→l, ø→o, đ→d, ß→ss, ĳ→ij too), as UTF-8.
  public func folded(_ form: FormID) -> String { "" }
  /// The shape of the spelling.
  public func flags(_ form: FormID) -> FormFlags { [] }
}
