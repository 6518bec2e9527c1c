import HeardText

extension FormsLock {
  /// The part of speech of words that patterns have as they are; locked for their collisions.
  public static let exactPart = "exact"
  /// The rule of a lemma that no dictionary knows.
  public static let unknownRule = "unknown"

  /// The locks that the sources need, made anew with the dictionaries.
  ///
  /// - Parameter inflector: expands the lemmas.
  /// - Returns: a lock for each language that has a lemma, in the order of the languages, and a
  ///   warning for each lemma that no dictionary knows.
  /// - Throws: what is wrong with the dictionaries.
  public static func updated(
    for source: LexiconSource, inflector: Inflector
  ) throws(LexiconError) -> (locks: [FormsLock], diagnostics: [Diagnostic]) {
    var locks: [Language: FormsLock] = [:]
    var diagnostics: [Diagnostic] = []
    for need in LemmaCollector(source.entries).needs {
      let key = need.key
      var forms: [InflectedForm]
      if key.partOfSpeech == exactPart {
        let collides = try inflector.foldCollides(key.lemma, language: need.language)
        forms = [InflectedForm(text: key.lemma, rule: "lemma", foldCollides: collides)]
      } else {
        forms = try inflector.expand(
          lemma: key.lemma, partOfSpeech: key.partOfSpeech, language: need.language)
      }
      if forms.isEmpty {
        diagnostics.append(
          Diagnostic(
            .warning, .lemmaUnknown, at: need.location,
            "no dictionary knows '\(key.lemma)' as \(key.partOfSpeech)",
            hint: "check the spelling and pos:, or list its forms under forms:"))
        let text = key.lemma.replacing("|", with: "")
        forms = [InflectedForm(text: text, rule: unknownRule)]
      }
      if locks[need.language] == nil {
        locks[need.language] = FormsLock(
          language: need.language, dictionary: try inflector.pin(need.language), lines: [:])
      }
      locks[need.language]?.lines[key] = forms
    }
    return (Language.read.compactMap { locks[$0] }, diagnostics.inFileOrder())
  }

  /// Writes the lock into a lexicon folder.
  ///
  /// - Throws: why the file cannot be written.
  public func write(into folder: String) throws(LexiconError) {
    let name = "\(language.code)/\(Self.fileName)"
    try LexiconFiles.write(write(), to: folder + "/" + name, named: name)
  }
}

extension LexiconSource {
  /// The forms that a word of an entry matches.
  ///
  /// Those of the lock and the entry's own `forms:`; for a word taken as it is, that word with its
  /// collision. Nil when the lock lacks an inflected word.
  public func forms(of word: WordPattern, in entry: EntrySource) -> [InflectedForm]? {
    let key = entry.lockKey(word)
    let locked = locks[entry.language]?.lines[key]
    if !word.inflected { return locked ?? [InflectedForm(text: word.text, rule: "lemma")] }
    guard var forms = locked else { return nil }
    if entry.isLemma {
      for form in entry.forms where !forms.contains(where: { $0.text == form }) {
        forms.append(InflectedForm(text: form, rule: "entry"))
      }
    }
    return forms
  }

  /// What is missing in the forms locks: an error for each lemma, a warning for each word whose
  /// collisions are not known yet.
  public func unlocked() -> [Diagnostic] {
    LemmaCollector(entries).needs.compactMap { need in
      if locks[need.language]?.lines[need.key] != nil { return nil }
      let isExact = need.key.partOfSpeech == FormsLock.exactPart
      return Diagnostic(
        isExact ? .warning : .error, .lemmaNotLocked, at: need.location,
        isExact
          ? "'\(need.key.lemma)' is not in the forms lock, so it is not known whether its "
            + "spelling without diacritics is another word"
          : "the forms of '\(need.key.lemma)' (\(need.key.partOfSpeech)) are not in the forms lock",
        hint: "run heard lexicon expand --write")
    }
  }

  /// Makes sure that the lexicon can be compiled: every lemma has its forms.
  ///
  /// - Throws: every lemma whose forms are not locked.
  public func checkLocks() throws(LexiconError) {
    let missing = unlocked().filter { $0.severity == .error }
    if !missing.isEmpty { throw LexiconError(.invalidSource, missing.inFileOrder()) }
  }
}
