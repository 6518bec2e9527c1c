import HeardLexicon

/// The inflection of one language.
protocol Paradigm: Sendable {
  /// The forms of a lemma, the lemma among them; empty when no dictionary knows the word.
  ///
  /// - Parameter partOfSpeech: nil is any.
  func forms(_ lemma: String, _ partOfSpeech: String?) -> FormList
}
