internal import HeardLexicon
public import HeardSources
public import HeardText

extension EntrySource {
  /// Whether the entry is one inflected word: its part of speech is then that of the word.
  public var isLemma: Bool {
    guard patterns.count == 1, case .word(let word) = patterns[0] else { return false }
    return word.inflected
  }

  /// The line of the forms lock for an inflected word of the entry.
  public func lockKey(_ word: WordPattern) -> FormsLock.Key {
    if !word.inflected { return FormsLock.Key(lemma: word.text, partOfSpeech: FormsLock.exactPart) }
    return FormsLock.Key(lemma: word.text, partOfSpeech: isLemma ? partOfSpeech : nil)
  }
}

extension PatternNode {
  /// Words that are the whole of a match: alone, or alone in an alternative.
  package var lonelyWords: [WordPattern] {
    switch self {
    case .word(let word): [word]
    case .alternatives(let nodes): nodes.flatMap(\.lonelyWords)
    case .tokenClass, .gap, .sequence, .optional: []
    }
  }

  /// Calls back for every word, from left to right.
  public func forEachWord(_ body: (WordPattern) -> Void) {
    switch self {
    case .word(let word): body(word)
    case .tokenClass, .gap: break
    case .sequence(let nodes), .alternatives(let nodes):
      for node in nodes { node.forEachWord(body) }
    case .optional(let node): node.forEachWord(body)
    }
  }
}

/// Finds what a forms lock must have: every lemma of the entries, and every word written with
/// diacritics that matches without them and without another word beside it (for its collisions).
public struct LemmaCollector: Sendable {
  /// A word that the lock must have, and where it is first needed.
  public struct Need: Hashable, Sendable {
    /// The line of the lock.
    public var key: FormsLock.Key
    /// The language of the lock.
    public var language: Language
    /// The first pattern that has the word.
    public var location: SourceLocation
    /// The first entry that has it.
    public var entry: String
  }

  /// All needs by language and key, each once.
  public private(set) var needs: [Need] = []

  /// Collects the needs of some entries.
  public init(_ entries: [EntrySource]) {
    var seen: Set<[String]> = []
    for entry in entries {
      for (index, pattern) in entry.patterns.enumerated() {
        let places = entry.patternLocations
        let place = index < places.count ? places[index] : entry.location
        let lonely = Set(pattern.lonelyWords)
        pattern.forEachWord { word in
          let accented =
            lonely.contains(word) && entry.mode.folds && Spelling.folded(word.text) != word.text
          guard word.inflected || accented else { return }
          let key = entry.lockKey(word)
          guard seen.insert([entry.language.code, key.lemma, key.partOfSpeech]).inserted else {
            return
          }
          needs.append(
            Need(key: key, language: entry.language, location: place, entry: entry.id))
        }
      }
    }
    needs.sort { one, other in
      one.language == other.language
        ? one.key < other.key : one.language.rawValue < other.language.rawValue
    }
  }
}
