internal import CHeardLexicon
public import HeardText

/// Finds the entries of a lexicon in documents.
///
/// One worker has one; the results do not depend on what it has matched before (law 8). Sentences
/// that it has met are remembered (``SentenceMemory``). In others phrases are found from their rarest
/// word (``PhraseSearch``), within a sentence. A token in which no phrase is anchored costs one load.
///
/// Entries of a language match in sentences of that language, and in sentences whose language is
/// undetermined; nothing matches in other languages.
public struct Matcher: ~Copyable {
  /// The lexicon that it finds.
  public let lexicon: CompiledLexicon
  private var resolver: FormResolver
  private var search: PhraseSearch
  private var neighbours = Neighbours()
  private var sentences: SentenceMemory
  /// Phrases of several tokens that reach the token at hand: only they can hold another match, and
  /// what holds a match never comes behind it.
  private var open = Scratch<Match>()
  /// What was found in new sentences, which are matched as if they stood behind each other.
  private var reported = Scratch<Match>(capacity: 256)
  private var found = Scratch<Match>(capacity: 256)
  /// The sentences of the document that are not remembered, in the order of the text.
  private var new = Scratch<NewSentence>()
  /// What is known of the spelling of each of their tokens: looked up together, so that
  /// the processor waits for memory once and not for each.
  private var spellings = Scratch<heard_spelling>(capacity: 256)
  /// Numbers in ``CompiledLexicon/words`` of the tokens of the document that was matched last; for
  /// whoever reads them to change.
  public var words = Scratch<UInt16>(capacity: 256)

  /// A sentence that is matched.
  struct NewSentence: BitwiseCopyable {
    /// Its number in the document.
    var number: Int
    /// Its first token among those of all new sentences.
    var first: Int
    /// Where its matches begin and end in ``reported``.
    var matches = (start: 0, end: 0)
    var isExhausted = false
  }

  /// Makes a matcher for one worker.
  public init(_ lexicon: CompiledLexicon) {
    self.init(lexicon, sentenceLimit: SentenceMemory.limit)
  }

  /// Makes a matcher with limits that are a test's own.
  ///
  /// - Parameters:
  ///   - sentenceLimit: of ``SentenceMemory``, times four bytes.
  ///   - budget: ``PhraseSearch/budget``, in steps.
  init(_ lexicon: CompiledLexicon, sentenceLimit: Int, budget: Int = PhraseSearch.budget) {
    self.lexicon = lexicon
    resolver = FormResolver(lexicon.phrases, lexicon.words)
    sentences = SentenceMemory(limit: sentenceLimit)
    search = PhraseSearch(budget: budget)
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
    words.resize(to: document.tokens.count, filling: WordTable.none)
    found.removeAll()
    ask(document, languages, generation: memory.generation)
    searchNew(document)
    collect(document)
    unsafe matches.append(contentsOf: found.elements)
  }

  /// Asks the memory for all sentences of a document, and lists those that it has not.
  private mutating func ask(
    _ document: borrowing Document, _ languages: LanguageSet?, generation: UInt32
  ) {
    sentences.begin(generation: generation)
    for number in document.sentences.indices {
      let set = languages ?? Self.languages(in: document.sentences[number].language)
      sentences.ask(document.tokens, Self.tokens(number, document), languages: set)
    }
    sentences.seek()
    new.removeAll()
    for number in document.sentences.indices where sentences.block(of: number) == 0 {
      new.append(NewSentence(number: number, first: 0))
    }
  }

  /// Matches the sentences that are not remembered.
  private mutating func searchNew(_ document: borrowing Document) {
    reported.removeAll()
    if new.isEmpty { return }
    search(0..<new.count, document)
    if new.count == 1 { return }
    // How far a search comes before it is given up depends on what stands around the sentence.
    for index in new.indices where new[index].isExhausted { search(index..<index + 1, document) }
  }

  /// Matches some of the new sentences together, and adds what is there to ``reported``.
  private mutating func search(_ range: Range<Int>, _ document: borrowing Document) {
    gather(range, document)
    neighbours.fill(spellings)
    search.begin()
    guard let lists = unsafe MatchTables.Lists(lexicon.phrases, spellings, resolver, neighbours)
    else { return }
    unsafe MatchTables.with(lexicon.phrases, lists) { tables in
      for index in range {
        let languages = sentences.languages(of: new[index].number)
        if languages.isEmpty { continue }
        search.look(through: Self.tokens(new[index], document), languages: languages, tables)
      }
      for index in range {
        let start = reported.count
        search.find(in: Self.tokens(new[index], document), tables)
        if !search.found.isEmpty { report() }
        new[index].matches = (start, reported.count)
        new[index].isExhausted = search.isExhausted
      }
    }
  }

  /// Copies what is known of the spellings of some new sentences, in the order of the text.
  private mutating func gather(_ range: Range<Int>, _ document: borrowing Document) {
    spellings.removeAll()
    // A document and its own memory have no token that is not known; one would be taken for form 0.
    let known = resolver.spellings.count
    for index in range {
      for token in Self.tokens(new[index].number, document) {
        resolver.prefetch(document.tokens[token].form.index)
      }
    }
    for index in range {
      new[index].first = spellings.count
      for token in Self.tokens(new[index].number, document) {
        let form = document.tokens[token].form.index
        var spelling = resolver.spellings[form < known ? form : 0]
        resolver.prefetch(spelling)
        words[token] = spelling.gap_or_word
        spelling.gap_or_word = document.tokens[token].gap.rawValue
        spellings.append(spelling)
      }
    }
  }

  /// Puts what is remembered and what is new in the order of the text, and remembers what is new.
  private mutating func collect(_ document: borrowing Document) {
    var next = 0
    for number in document.sentences.indices {
      let first = Self.tokens(number, document).lowerBound
      guard next < new.count, new[next].number == number else {
        sentences.read(sentences.block(of: number), at: first, words: &words, matches: &found)
        continue
      }
      let sentence = new[next]
      let range = sentence.matches.start..<sentence.matches.end
      next += 1
      for index in range {
        var match = reported[index]
        match.firstToken += Int32(first - sentence.first)
        match.lastToken += Int32(first - sentence.first)
        found.append(match)
      }
      sentences.keep(
        number, words: words, at: first, matches: reported, range, from: sentence.first)
    }
  }

  /// The tokens of a sentence of the document.
  @inline(__always)
  private static func tokens(_ number: Int, _ document: borrowing Document) -> Range<Int> {
    document.sentences[number].tokens.clamped(to: 0..<document.tokens.count)
  }

  /// The tokens of a new sentence, among those of all.
  private static func tokens(
    _ sentence: NewSentence, _ document: borrowing Document
  ) -> Range<Int> {
    let count = tokens(sentence.number, document).count
    return sentence.first..<sentence.first + count
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
