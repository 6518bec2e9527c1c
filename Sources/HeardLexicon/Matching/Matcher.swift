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
  /// Phrases of several tokens that reach the token at hand: only they can hold another match, and
  /// what holds a match never comes behind it.
  private var open: ContiguousArray<Match> = []
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
    gather(document)
    neighbours.fill(spellings, count: document.tokens.count)
    search.begin()
    MatchTables.with(
      document.tokens, spellings, neighbours, resolver, lexicon.phrases
    ) { tables in
      for sentence in document.sentences {
        let set = (languages ?? Self.languages(in: sentence.language)).rawValue
        if set == 0 { continue }
        let tokens = sentence.tokens.clamped(to: 0..<tables.tokenCount)
        search.look(through: tokens, languages: set, tables)
      }
      search.gather(tables)
      for sentence in document.sentences {
        search.find(in: sentence.tokens.clamped(to: 0..<tables.tokenCount), tables)
        if !search.found.isEmpty { report(into: &matches) }
      }
    }
  }

  /// Copies what is known of each token's spelling, in the order of the text.
  private mutating func gather(_ document: Document) {
    let count = document.tokens.count
    // A document and its own memory have no token that is not known; one would be taken for form 0.
    let known = resolver.spellings.count
    if spellings.count < count {
      let empty = FormResolver.Spelling(
        mask: 0, companions: 0, firstPosting: 0, firstCandidate: 0, classes: 0)
      spellings = ContiguousArray(repeating: empty, count: count * 2)
    }
    unsafe document.tokens.withUnsafeBufferPointer { tokens in
      unsafe resolver.spellings.withUnsafeBufferPointer { all in
        unsafe spellings.withUnsafeMutableBufferPointer { spellings in
          for index in 0..<count {
            let form = unsafe tokens[index].form.index
            unsafe spellings[index] = all[form < known ? form : 0]
          }
        }
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
  private mutating func report(into matches: inout ContiguousArray<Match>) {
    search.sort()
    if !search.hasPhrases {
      // Nothing to hold or to cover anything.
      for index in search.found.indices { matches.append(search.found[index].match) }
      return
    }
    open.removeAll(keepingCapacity: true)
    var index = 0
    while index < search.found.count {
      let first = search.found[index].first
      close(before: first)
      let start = matches.count
      while index < search.found.count, search.found[index].first == first {
        let match = search.found[index].match
        index += 1
        if isPart(match) { continue }
        if match.lastToken > match.firstToken { open.append(match) }
        matches.append(match)
      }
      if open.isEmpty { continue }
      for place in start..<matches.count { matches[place].covered = isCovered(matches[place]) }
    }
  }

  /// Forgets the phrases that end before a token.
  private mutating func close(before first: Int) {
    var kept = 0
    for index in open.indices where Int(open[index].lastToken) >= first {
      open[kept] = open[index]
      kept += 1
    }
    open.removeLast(open.count - kept)
  }

  /// Whether an open phrase of the same entry holds the match.
  private func isPart(_ match: Match) -> Bool {
    for index in open.indices
    where open[index].entry == match.entry && open[index].lastToken >= match.lastToken {
      return true
    }
    return false
  }

  private func isCovered(_ match: Match) -> Bool {
    for index in open.indices where open[index].covers(match) { return true }
    return false
  }
}

extension PhraseSearch.Found {
  var match: Match {
    Match(
      entry: entry, firstToken: Int32(truncatingIfNeeded: first),
      lastToken: Int32(truncatingIfNeeded: last), words: words)
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
