public import HeardAuthoring
public import HeardSources
import HeardText

extension FormsLock {
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
    // Who lists the forms of a word knows that no dictionary has it.
    let listed = Set(
      source.entries.filter { !$0.forms.isEmpty }.flatMap { [$0.location] + $0.patternLocations })
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
        if !listed.contains(need.location) {
          diagnostics.append(
            Diagnostic(
              .warning, .lemmaUnknown, at: need.location,
              "no dictionary knows '\(key.lemma)' as \(key.partOfSpeech)",
              hint: "check the spelling and pos:, or list its forms under forms:"))
        }
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
}
