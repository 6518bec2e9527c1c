public import HeardText

/// Finds the entries of a lexicon in documents.
///
/// One worker has one; the results do not depend on what it has matched before (law 8). Phrases are
/// found by walking the trie of ``PhraseTable`` from every token that can begin one, within the
/// token's sentence. A token that no entry names costs one load.
///
/// Entries of a language match in sentences of that language, and in sentences whose language is
/// undetermined; nothing matches in other languages.
public struct Matcher: Sendable {
  /// The lexicon that it finds.
  public let lexicon: CompiledLexicon
  private var resolver: FormResolver
  private var walk = PhraseWalk()
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
    WalkTables.with(
      document.tokens, spellings, resolver.postings, resolver.starts, lexicon.phrases
    ) { tables in
      for sentence in document.sentences {
        let set = (languages ?? Self.languages(in: sentence.language)).rawValue
        let tokens = sentence.tokens.clamped(to: 0..<tables.tokenCount)
        if set == 0 { continue }
        open.removeAll(keepingCapacity: true)
        for token in tokens {
          let spelling = tables.spelling(token)
          guard spelling.languages & set != 0 else { continue }
          walk.find(from: token, in: tokens, spelling, languages: set, tables)
          if !walk.found.isEmpty { report(into: &matches) }
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

  /// Moves what was found at one token to the matches, and looks which phrases go on over it.
  ///
  /// `open` has the phrases of several tokens that reach the token: only they can hold another
  /// match, and what holds a match never comes behind it in a later call.
  private mutating func report(into matches: inout ContiguousArray<Match>) {
    walk.sortFound()
    let first = walk.found[0].firstToken
    open.removeAll { matches[$0].lastToken < first }
    let start = matches.count
    for match in walk.found {
      let isPart = open.contains { place in
        matches[place].entry == match.entry && matches[place].lastToken >= match.lastToken
      }
      if isPart { continue }
      if match.lastToken > match.firstToken { open.append(matches.count) }
      matches.append(match)
    }
    for place in start..<matches.count {
      let match = matches[place]
      matches[place].covered = open.contains { matches[$0].covers(match) }
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
