public import HeardAuthoring
public import HeardText

/// Which word stands for all forms of a word, by the forms that are pinned with the lexicons.
///
/// A form of several lemmas counts for itself when it is one of them, else for the first of them in
/// the order of bytes: what counts together must not depend on a machine's dictionaries (law 8).
public struct LemmaTable: Sendable {
  private var lemmas: [String: [String: String]] = [:]

  /// A table that takes every form for itself.
  public init() {}

  /// Takes the locks of lexicons.
  public init(_ locks: [Language: FormsLock]) {
    for (language, lock) in locks {
      var table: [String: String] = [:]
      for (key, forms) in lock.lines {
        // Words that patterns take as they are have no other forms.
        guard key.partOfSpeech != FormsLock.exactPart, !key.lemma.contains(" ") else { continue }
        for form in forms where form.isSingleWord {
          let text = form.text
          guard let known = table[text] else {
            table[text] = key.lemma
            continue
          }
          if known == text { continue }
          if key.lemma == text || Array(key.lemma.utf8).lexicographicallyPrecedes(known.utf8) {
            table[text] = key.lemma
          }
        }
      }
      lemmas[language.code] = table
    }
  }

  /// The word that a form counts for.
  func lemma(_ form: String, _ language: String) -> String {
    lemmas[language]?[form] ?? form
  }
}
