public import HeardAuthoring
public import HeardHunspell
public import HeardSources
public import HeardText

/// Expands lemmas to their forms with the spelling dictionaries.
///
/// Used when a lexicon is locked, never while matching.
public final class Inflector {
  private let dictionaries: DictionaryFolder
  private let irregular: [Language: IrregularForms]
  private var loaded: [Language: (paradigm: any Paradigm, vocabulary: Vocabulary, pin: String)] =
    [:]

  /// Makes an inflector; dictionaries are read when they are first needed.
  public init(
    dictionaries: DictionaryFolder = .standard, irregular: [Language: IrregularForms] = [:]
  ) {
    self.dictionaries = dictionaries
    self.irregular = irregular
  }

  /// Makes an inflector with the tables of irregular words of a lexicon folder.
  ///
  /// - Throws: what is wrong with the tables.
  public convenience init(
    dictionaries: DictionaryFolder = .standard, lexicons folder: String
  ) throws(LexiconError) {
    var tables: [Language: IrregularForms] = [:]
    for language in Language.read {
      let name = "\(language.code)/\(IrregularForms.fileName)"
      let path = folder + "/" + name
      guard LexiconFiles.exists(path) else { continue }
      let bytes = try LexiconFiles.read(path, named: name)
      tables[language] = try IrregularForms(
        try LexiconSource.text(bytes, file: name), file: name)
    }
    self.init(dictionaries: dictionaries, irregular: tables)
  }

  /// The forms of a lemma, sorted, the lemma among them; empty when no dictionary knows it.
  ///
  /// - Throws: ``LexiconError/Code-swift.enum/dictionary`` when the dictionaries are not there.
  public func expand(
    lemma: String, partOfSpeech: String?, language: Language
  ) throws(LexiconError) -> [InflectedForm] {
    let (paradigm, vocabulary, _) = try load(language)
    // Nothing can be known of a word of one letter.
    if lemma.unicodeScalars.count < 2 { return [] }
    let part = partOfSpeech == FormsLock.anyPart ? nil : partOfSpeech
    let never = vocabulary.irregular.never(lemma)
    var forms = paradigm.forms(lemma, part).forms.filter { !never.contains($0.text) }
    let own = Set(forms.map(\.text))
    for index in forms.indices where forms[index].isSingleWord {
      let folded = Spelling.folded(forms[index].text)
      if folded != forms[index].text, !own.contains(folded), vocabulary.knows(folded) {
        forms[index].foldCollides = true
      }
    }
    return forms.sorted { Array($0.text.utf8).lexicographicallyPrecedes(Array($1.text.utf8)) }
  }

  /// Whether a word without its diacritics is another word.
  func foldCollides(_ word: String, language: Language) throws(LexiconError) -> Bool {
    let folded = Spelling.folded(word)
    if folded == word { return false }
    let vocabulary = try load(language).vocabulary
    // czuje is another form of the word that czuję is, and means the same thing here.
    return vocabulary.knows(folded)
      && vocabulary.stems(of: folded).isDisjoint(with: vocabulary.stems(of: word))
  }

  /// What a lock says of the dictionaries.
  func pin(_ language: Language) throws(LexiconError) -> String { try load(language).pin }

  private func load(
    _ language: Language
  ) throws(LexiconError) -> (paradigm: any Paradigm, vocabulary: Vocabulary, pin: String) {
    if let known = loaded[language] { return known }
    let (found, pin) = try dictionaries.load(language)
    let vocabulary = Vocabulary(
      dictionaries: found, irregular: irregular[language] ?? .empty)
    let paradigm: any Paradigm =
      switch language {
      case .polish: PolishParadigm(vocabulary: vocabulary)
      case .dutch: DutchParadigm(vocabulary: vocabulary)
      case .english, .undetermined, .other: EnglishParadigm(vocabulary: vocabulary)
      }
    loaded[language] = (paradigm, vocabulary, pin)
    return (paradigm, vocabulary, pin)
  }
}
