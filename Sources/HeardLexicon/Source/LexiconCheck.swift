/// Everything that can be reported about lexicon sources, by the name that reports use.
public enum LexiconCheck: String, CaseIterable, Sendable {
  // Reading.
  case unreadable
  case notUTF8 = "not-utf8"
  case yamlSyntax = "yaml-syntax"
  case fileLayout = "file-layout"
  case unknownKey = "unknown-key"
  case missingKey = "missing-key"
  case wrongType = "wrong-type"
  case badValue = "bad-value"
  case outOfRange = "out-of-range"
  case idPrefix = "id-prefix"
  case duplicateID = "duplicate-id"
  case patternSyntax = "pattern-syntax"
  case wordSplit = "word-split"
  case lockFormat = "lock-format"

  // Inflection.
  case lemmaNotLocked = "lemma-not-locked"
  case lemmaUnknown = "lemma-unknown"
  case lockUnused = "lock-unused"
  case expansionEmpty = "expansion-empty"
  case expansionHuge = "expansion-huge"
  case foldCollision = "fold-collision"
  case dictionaryMissing = "dictionary-missing"

  // Lint.
  case neverMatches = "never-matches"
  case upperCase = "upper-case"
  case duplicatePattern = "duplicate-pattern"
  case oppositeSenses = "opposite-senses"
  case stopWord = "stop-word"
  case noExample = "no-example"
  case noEffect = "no-effect"
  case conceptIncomplete = "concept-incomplete"
  case unusedCompound = "unused-compound"
  case wideGap = "wide-gap"
  case exampleClash = "example-clash"

  /// What the check looks for, in a line.
  public var summary: String {
    switch self {
    case .unreadable: "a file or folder cannot be read"
    case .notUTF8: "a file is not UTF-8"
    case .yamlSyntax: "a file is not YAML"
    case .fileLayout: "a file stands in the wrong folder or opens wrongly"
    case .unknownKey: "a key that the format does not have"
    case .missingKey: "a key that must be there is not"
    case .wrongType: "a value of the wrong kind, as a list where text belongs"
    case .badValue: "a value outside the names or shapes that its key allows"
    case .outOfRange: "a number outside its range"
    case .idPrefix: "an id that does not begin with its language and theme"
    case .duplicateID: "two entries or frames with one id"
    case .patternSyntax: "a pattern that cannot be read"
    case .wordSplit: "a word in a pattern that is several tokens in a text"
    case .lockFormat: "a forms lock that cannot be read"
    case .lemmaNotLocked: "a lemma whose forms are not in the forms lock"
    case .lemmaUnknown: "a lemma that the dictionary does not know"
    case .lockUnused: "a lemma in the forms lock that no entry uses"
    case .expansionEmpty: "a lemma with no other form than itself"
    case .expansionHuge: "a lemma with more than 400 forms"
    case .foldCollision: "a form that is another word without its diacritics"
    case .dictionaryMissing: "a spelling dictionary is not installed"
    case .neverMatches: "a pattern that no text can match"
    case .upperCase: "upper case in a pattern, where it means nothing"
    case .duplicatePattern: "one pattern in two entries of a language"
    case .oppositeSenses: "one form that counts for and against the same thing"
    case .stopWord: "a word of everyday grammar as an entry of its own"
    case .noExample: "an entry with clear evidence and no example"
    case .noEffect: "an entry that changes nothing"
    case .conceptIncomplete: "a concept that a language lacks"
    case .unusedCompound: "compound matching outside Dutch or without a word to compound"
    case .wideGap: "a gap so wide that it joins what does not belong together"
    case .exampleClash: "one text as example and counterexample"
    }
  }
}
