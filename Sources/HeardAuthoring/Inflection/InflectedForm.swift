/// One inflected form of a lemma and what made it.
public struct InflectedForm: Hashable, Sendable {
  /// The form in normal form.
  ///
  /// Several words have a space between them, and `...5` stands for a gap of up to five tokens:
  /// `terug te bellen`, `bel ...8 terug`.
  public var text: String
  /// The rule that made it: an affix rule of the dictionary (`SFX d: ać>ał`), a rule of ours
  /// (`verb past -te`), `irregular`, `entry` (a `forms:`) or `lemma`.
  public var rule: String
  /// Whether its spelling without diacritics is another word, which it then does not match.
  public var foldCollides: Bool

  /// Makes a form.
  public init(text: String, rule: String, foldCollides: Bool = false) {
    self.text = text
    self.rule = rule
    self.foldCollides = foldCollides
  }

  /// Whether it is one word.
  public var isSingleWord: Bool { !text.contains(" ") }

  /// The form as a pattern of exact words.
  public var pattern: PatternNode {
    let items = text.split(separator: " ").map { part -> PatternNode in
      if part.hasPrefix("..."), let maximum = Int(part.dropFirst(3)) {
        return .gap(maximum: maximum)
      }
      return .word(WordPattern(text: String(part), inflected: false))
    }
    return items.count == 1 ? items[0] : .sequence(items)
  }
}
