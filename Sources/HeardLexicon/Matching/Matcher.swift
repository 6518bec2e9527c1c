public import HeardText

/// Finds the entries of a lexicon in documents.
///
/// One worker has one; the results do not depend on what it has matched before (law 8). Phrases are
/// found from their rarest word (``PhraseSearch``), within a sentence. A token in which no phrase is
/// anchored costs one load.
///
/// Entries of a language match in sentences of that language, and in sentences whose language is
/// undetermined; nothing matches in other languages.
public struct Matcher: Sendable {
  /// The lexicon that it finds.
  public let lexicon: CompiledLexicon
  private var resolver: FormResolver
  private var search = PhraseSearch()
  private var neighbours = Neighbours()
  private var open: ContiguousArray<Int> = []
  /// What is known of each token's spelling, in the order of the text: looked up together, so that
  /// the processor waits for memory once and not for each.
  private var spellings: ContiguousArray<FormResolver.Spelling> = []

  /// Makes a matcher for one worker.
  public init(_ lexicon: CompiledLexicon) {
    self.lexicon = lexicon
    resolver = FormResolver(lexicon.phrases)
  }

  /// Replaces `matches` by those of a document.
  ///
  /// - Parameters:
  ///   - memory: the memory of the analyzer that filled the document, always the same one.
  ///   - languages: languages to match in every sentence, whatever its own; nil: by sentence.
  public mutating func match(
    _ document: Document, memory: some SpellingMemory, languages: LanguageSet? = nil,
    into matches: inout ContiguousArray<Match>
  ) {
    matches.removeAll(keepingCapacity: true)
    resolver.update(from: memory)
    guard !resolver.spellings.isEmpty else { return }
    spellings.removeAll(keepingCapacity: true)
    // A document and its own memory have no token that is not known; one would be taken for form 0.
    let known = resolver.spellings.count
    for token in document.tokens {
      let form = token.form.index
      spellings.append(resolver.spellings[form < known ? form : 0])
    }
    neighbours.fill(spellings)
    MatchTables.with(
      document.tokens, spellings, neighbours, resolver, lexicon.phrases
    ) { tables in
      for sentence in document.sentences {
        let set = (languages ?? Self.languages(in: sentence.language)).rawValue
        if set == 0 { continue }
        let tokens = sentence.tokens.clamped(to: 0..<tables.tokenCount)
        search.find(in: tokens, languages: set, tables)
        if !search.found.isEmpty { report(into: &matches) }
      }
    }
  }

  private static func languages(in language: Language) -> LanguageSet {
    switch language {
    case .undetermined: .read
    case .other: []
    case .dutch, .polish, .english: LanguageSet(language)
    }
  }

  /// Moves what was found in a sentence to the matches, and marks what longer phrases cover.
  ///
  /// `open` has the phrases of several tokens that reach the token at hand: only they can hold
  /// another match, and what holds a match never comes behind it.
  private mutating func report(into matches: inout ContiguousArray<Match>) {
    search.sort()
    open.removeAll(keepingCapacity: true)
    var index = 0
    while index < search.found.count {
      let first = search.found[index].first
      if !open.isEmpty {
        open.removeAll { Int(matches[$0].lastToken) < first }
      }
      let start = matches.count
      while index < search.found.count, search.found[index].first == first {
        let item = search.found[index]
        index += 1
        let last = item.last
        let isPart = open.contains { place in
          matches[place].entry == item.entry && Int(matches[place].lastToken) >= last
        }
        if isPart { continue }
        if last > first { open.append(matches.count) }
        matches.append(
          Match(
            entry: item.entry, firstToken: Int32(truncatingIfNeeded: first),
            lastToken: Int32(truncatingIfNeeded: last), words: item.words))
      }
      if open.isEmpty { continue }
      for place in start..<matches.count {
        let match = matches[place]
        matches[place].covered = open.contains { matches[$0].covers(match) }
      }
    }
  }
}

extension Match {
  /// Whether another match, which begins no earlier, has fewer words and all of them are words of
  /// this one.
  func covers(_ other: Match) -> Bool {
    let shift = other.firstToken - firstToken
    guard shift >= 0, shift < Int32(UInt64.bitWidth) else { return false }
    return words.nonzeroBitCount > other.words.nonzeroBitCount
      && other.words & ~(words >> UInt64(shift)) == 0
  }
}
