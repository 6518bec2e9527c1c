// Taking texts apart, one forward pass.
//
// Runs are found 16 KB at a time (RunScanner), each is looked up by its raw bytes (RunTable), and
// what is new is taken apart by ICU once and remembered (Spelling, TokenMemory). Gaps are read and sentences
// ended as the words go by (Pass). Start reading at `TextAnalyzer.analyze`.

/// Takes texts apart for one worker, remembering every spelling it has met.
///
/// Not shared between threads: each worker has its own, and the results do not depend on what a
/// worker has met before (law 8).
///
/// Law 3: with typographic apostrophes read as `'`, the normal forms of the tokens are the words of
/// ICU's own breaker over the NFKC_Casefold of the text, and its emoji and currency signs, but for
/// these agreed exceptions:
/// - `.` `:` `,` `;` `_` `"` and `@` (also where normalising makes them) never join words;
/// - a boundary inside what one original character (or composed sequence) expands to joins: one
///   stands only where normalising the text before it and after it gives the normal form;
/// - emoji linked by a zero-width joiner are one token;
/// - runs over ``longestChunk`` bytes are taken apart in chunks, cut at white space or punctuation
///   when there is any; a word over ``longestWord`` bytes is cut there.
@safe
public final class TextAnalyzer {
  /// Longest run that ICU is given at once, in bytes.
  static let longestChunk = 16384
  /// Longest token, in bytes.
  static let longestWord = 4096

  /// What this worker knows of the spellings it has met.
  public let memory: TokenMemory

  /// Edges of the runs of a block.
  let edges: UnsafeMutablePointer<UInt32>
  /// Keys of the runs that are looked up together.
  let keys: UnsafeMutablePointer<RunTable.Key>
  /// Tokens of the text so far.
  var tokens: UnsafeMutablePointer<Token>
  var tokenCapacity = 4096
  /// Pieces of the run that is taken apart now.
  var pieces: [WordPiece] = []
  /// Language evidence of the text's sentences so far.
  var segments: ContiguousArray<LanguageSegment> = []

  /// Makes an analyzer.
  ///
  /// - Parameter languages: tells the languages apart; without it every text is undetermined.
  public init(languages: LanguageModel? = .shared) {
    memory = TokenMemory(languages: languages)
    unsafe edges = .allocate(capacity: RunScanner.edgeCapacity)
    unsafe keys = .allocate(capacity: Pass.batchRuns)
    unsafe tokens = .allocate(capacity: tokenCapacity)
  }

  deinit {
    unsafe keys.deallocate()
    unsafe edges.deallocate()
    unsafe tokens.deallocate()
  }

  /// Fills `document` with the tokens, sentences and languages of `text`.
  ///
  /// - Parameter text: valid UTF-8, at most 2³²−1 bytes; what is longer is not looked at. Bytes
  ///   that are not UTF-8 do no harm: their words are what ICU makes of them.
  public func analyze(_ text: [UInt8], into document: inout Document) {
    memory.beginText()
    segments.removeAll(keepingCapacity: true)
    document.bytes = text
    document.tokens.removeAll(keepingCapacity: true)
    document.sentences.removeAll(keepingCapacity: true)
    document.ending = []
    document.language = .undetermined
    for index in document.languageBytes.indices { document.languageBytes[index] = 0 }
    text.withTextBytes { bytes in
      var pass = Pass(bytes[0..<min(bytes.count, Int(UInt32.max))], analyzer: self)
      swap(&pass.sentences, &document.sentences)
      swap(&pass.segments, &segments)
      pass.run()
      swap(&pass.sentences, &document.sentences)
      swap(&pass.segments, &segments)
      document.ending = pass.ending
      unsafe document.tokens.append(
        contentsOf: UnsafeBufferPointer(start: tokens, count: pass.tokenCount))
    }
    identify(&document)
  }

  /// Fills in the languages of the sentences and of the text.
  private func identify(_ document: inout Document) {
    guard let languages = memory.languages, !segments.isEmpty else { return }
    document.language = languages.identify(&segments).language
    for index in document.sentences.indices {
      let language = segments[index].language
      document.sentences[index].language = language
      document.languageBytes[Int(language.rawValue)] += document.sentences[index].bytes.count
    }
  }

  /// Doubles the room for tokens.
  func growTokens(keeping count: Int) {
    let bigger = UnsafeMutablePointer<Token>.allocate(capacity: tokenCapacity * 2)
    unsafe bigger.update(from: tokens, count: count)
    unsafe tokens.deallocate()
    unsafe tokens = bigger
    tokenCapacity *= 2
  }
}
