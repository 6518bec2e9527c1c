public import HeardText

extension LexiconSource {
  /// The forms of a lemma as the compiler asks for them: by the entry's part of speech, or as any
  /// for a word of a phrase; none when the lock has neither.
  public func forms(
    _ language: Language, _ lemma: String, _ partOfSpeech: String?
  ) -> [InflectedForm] {
    guard let lock = locks[language] else { return [] }
    return lock.lookup(lemma: lemma, partOfSpeech: partOfSpeech)
      ?? lock.lookup(lemma: lemma, partOfSpeech: nil) ?? []
  }
}

extension LexiconStore.Sources {
  /// What the compiler needs of the sources.
  ///
  /// - Throws: every lemma whose forms are not locked.
  public init(_ source: LexiconSource) throws(LexiconError) {
    let missing = source.unlocked().filter { $0.severity == .error }
    if !missing.isEmpty { throw LexiconError(.invalidSource, missing.inFileOrder()) }
    self.init(entries: source.entries, scoring: source.scoring, forms: source.forms)
  }
}

extension LexiconStore {
  /// Opens the lexicon at a path: a folder with sources, compiled when they have changed, or a
  /// compiled file.
  ///
  /// - Throws: ``LexiconError`` with every error of the sources, or ``CompiledLexiconError``.
  public static func open(path: String) throws -> CompiledLexicon {
    try open(path: path) { folder in try Sources(try LexiconSource.load(folder: folder)) }
  }
}
