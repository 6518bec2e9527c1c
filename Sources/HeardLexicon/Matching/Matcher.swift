internal import CHeardLexicon
public import HeardText

/// Finds the entries of a lexicon in documents.
///
/// One worker has one; the results do not depend on what it has matched before (law 8). Phrases are
/// found from their rarest word (``PhraseSearch``), within a sentence. A token in which no phrase is
/// anchored costs one load.
///
/// Entries of a language match in sentences of that language, and in sentences whose language is
/// undetermined; nothing matches in other languages.
public struct Matcher: ~Copyable {
  /// The lexicon that it finds.
  public let lexicon: CompiledLexicon
  private var resolver: FormResolver
  private var search = PhraseSearch()
  private var neighbours = Neighbours()
  /// Phrases of several tokens that reach the token at hand: only they can hold another match, and
  /// what holds a match never comes behind it.
  private var open = Scratch<Match>()
  private var reported = Scratch<Match>(capacity: 256)
  /// What is known of each token's spelling, in the order of the text: looked up together, so that
  /// the processor waits for memory once and not for each.
  private var spellings = Scratch<heard_spelling>(capacity: 256)
  /// Numbers in ``CompiledLexicon/words`` of the tokens of the document that was matched last; for
  /// whoever reads them to change.
  public var words = Scratch<UInt16>(capacity: 256)

  /// Makes a matcher for one worker.
  public init(_ lexicon: CompiledLexicon) {
    self.lexicon = lexicon
    resolver = FormResolver(lexicon.phrases, lexicon.words)
  }

  /// Replaces `matches` by those of a document.
  ///
  /// - Parameters:
  ///   - memory: the memory of the analyzer that filled the document, always the same one.
  ///   - languages: languages to match in every sentence, whatever its own; nil: by sentence.
  public mutating func match(
    _ document: borrowing Document, memory: some SpellingMemory, languages: LanguageSet? = nil,
    into matches: inout ContiguousArray<Match>
  ) {
    matches.removeAll(keepingCapacity: true)
    words.removeAll()
    resolver.update(from: memory)
    guard !resolver.spellings.isEmpty else { return }
    gather(document.tokens)
    neighbours.fill(spellings)
    search.begin()
    reported.removeAll()
    guard let lists = unsafe MatchTables.Lists(lexicon.phrases, spellings, resolver, neighbours)
    else { return }
    unsafe MatchTables.with(lexicon.phrases, lists) { tables in
      for index in document.sentences.indices {
        let set = languages ?? Self.languages(in: document.sentences[index].language)
        if set.isEmpty { continue }
        let tokens = document.sentences[index].tokens.clamped(to: 0..<tables.tokenCount)
        search.look(through: tokens, languages: set, tables)
      }
      for index in document.sentences.indices {
        let tokens = document.sentences[index].tokens
        search.find(in: tokens.clamped(to: 0..<tables.tokenCount), tables)
        if !search.found.isEmpty { report() }
      }
    }
    unsafe matches.append(contentsOf: reported.elements)
  }

  /// Copies what is known of each token's spelling, in the order of the text.
  private mutating func gather(_ tokens: borrowing ContiguousArray<Token>) {
    let count = tokens.count
    spellings.resize(to: count, filling: heard_spelling())
    words.resize(to: count, filling: WordTable.none)
    // A document and its own memory have no token that is not known; one would be taken for form 0.
    let known = resolver.spellings.count
    for index in 0..<count { resolver.prefetch(tokens[index].form.index) }
    for index in 0..<count {
      let form = tokens[index].form.index
      var spelling = resolver.spellings[form < known ? form : 0]
      resolver.prefetch(spelling)
      words[index] = spelling.gap_or_word
      spelling.gap_or_word = tokens[index].gap.rawValue
      spellings[index] = spelling
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
  private mutating func report() {
    if !search.hasPhrases {
      // Nothing to hold or to cover anything.
      for index in search.found.indices { reported.append(search.found[index].match) }
      return
    }
    open.removeAll()
    var index = 0
    while index < search.found.count {
      let first = search.found[index].first
      if !open.isEmpty { close(before: first) }
      if open.isEmpty, search.found[index].last == first {
        // Nothing holds or covers it, nor those behind it that begin here, which are no longer.
        reported.append(search.found[index].match)
        index += 1
        continue
      }
      let start = reported.count
      while index < search.found.count, search.found[index].first == first {
        let match = search.found[index].match
        index += 1
        if isPart(match) { continue }
        if match.lastToken > match.firstToken { open.append(match) }
        reported.append(match)
      }
      if open.isEmpty { continue }
      for place in start..<reported.count where isCovered(reported[place]) {
        reported[place].covered = true
      }
    }
  }

  /// Forgets the phrases that end before a token.
  private mutating func close(before first: Int) {
    var kept = 0
    for index in open.indices where Int(open[index].lastToken) >= first {
      if kept < index { open[kept] = open[index] }
      kept += 1
    }
    open.keep(first: kept)
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
