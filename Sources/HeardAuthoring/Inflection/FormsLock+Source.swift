public import HeardSources
import HeardText

extension FormsLock {
  /// The part of speech of words that patterns have as they are; locked for their collisions.
  public static let exactPart = "exact"
  /// The rule of a lemma that no dictionary knows.
  public static let unknownRule = "unknown"

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
