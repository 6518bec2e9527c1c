public import HeardLexicon
public import HeardSources
public import HeardText

/// One word of a pattern.
public struct WordPattern: Hashable, Sendable {
  /// The word in normal form, without the `~`.
  ///
  /// A lemma may mark a separable part: `terug|bellen`.
  public var text: String
  /// Written `~word`: every inflected form of the lemma matches.
  public var inflected: Bool

  /// Makes a word.
  public init(text: String, inflected: Bool) {
    self.text = text
    self.inflected = inflected
  }
}

/// What a phrase is made of.
///
/// `~krijgen (geen|nooit een) antwoord`, `van het kastje ... muur`, `<number> ~week`, `(nog )?steeds`
public indirect enum PatternNode: Hashable, Sendable {
  case word(WordPattern)
  case tokenClass(TokenClass)
  /// `...` (0 to 3 tokens) or `...5` (0 to 5); never past the sentence's end.
  case gap(maximum: Int)
  case sequence([PatternNode])
  /// `(a|b c|d)`
  case alternatives([PatternNode])
  /// `(a)?`
  case optional(PatternNode)
}

/// One entry of a lexicon as an analyst wrote it.
public struct EntrySource: Hashable, Sendable {
  /// Unique over all files, as `nl.anger.woedend`.
  public var id: String
  /// From the file's head; one of the three that are read.
  public var language: Language
  /// From the file's head, as `service`.
  public var theme: String
  /// Links entries of several languages that mean the same.
  public var concept: String?
  /// Any of these matches.
  ///
  /// A `lemma:` gives one inflected word.
  public var patterns: [PatternNode]
  /// The patterns as written, in the same order; a `lemma:` as `~lemma`.
  public var patternTexts: [String]
  /// Where each pattern is written, in the same order.
  public var patternLocations: [SourceLocation] = []
  /// Forms of the lemma that its dictionary does not give.
  public var forms: [String] = []
  /// `noun`, `verb`, `adjective`, `adverb`, `other`; which inflection is meant.
  public var partOfSpeech: String?
  /// How its words are compared with a text.
  public var mode: MatchingMode
  /// What a match is evidence for; none for pure operators.
  public var evidence: [Evidence]
  /// What counts instead under negation; empty: nothing counts (valence turns at half weight).
  public var negated: [Evidence]
  /// What it does to its neighbours, when it is an operator.
  public var scopeOperator: ScopeOperator?
  /// Scopes that change this entry.
  public var scopes: Scopes
  /// How often it counts in one message at most; once a sentence in any case.
  public var maximum: Int
  /// Free text of the analyst.
  public var note: String?
  /// Texts in which the entry must match.
  public var examples: [String]
  /// Texts in which it must not.
  public var counterexamples: [String]
  /// Texts in which it should match one day; they fail no check until they do.
  public var todoExamples: [String] = []
  /// Texts in which it should not match one day.
  public var todoCounterexamples: [String] = []
  /// Written `covers: true`: it is there only to be longer than what it covers.
  public var covers: Bool = false
  /// Where the entry begins.
  public var location: SourceLocation
}
