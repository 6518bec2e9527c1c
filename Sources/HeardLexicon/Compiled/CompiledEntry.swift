public import HeardSources
public import HeardText

/// One entry of a compiled lexicon.
@dynamicMemberLookup
public struct CompiledEntry: Hashable, Sendable {
  /// As `nl.anger.woedend`.
  public var id: String
  /// The theme of its file.
  public var theme: String
  /// What links it with entries of other languages.
  public var concept: String?
  /// Its patterns as written, joined by ` | `.
  public var pattern: String
  /// Where it stands in the sources.
  public var location: SourceLocation
  /// What scoring asks of it; its members can be asked of the entry.
  public var rules: EntryRules

  /// A member of ``rules``.
  public subscript<Value>(dynamicMember member: KeyPath<EntryRules, Value>) -> Value {
    rules[keyPath: member]
  }
}

/// What of an entry scoring asks for, without its names: every start reads that of all entries.
public struct EntryRules: Hashable, Sendable {
  /// Its language.
  public var language: Language
  /// Its evidence, as a range of ``CompiledLexicon/evidence``.
  public var evidence: Range<Int>
  /// What counts instead under negation, as a range of ``CompiledLexicon/evidence``.
  public var negated: Range<Int>
  /// What it does to its neighbours.
  public var scopeOperator: ScopeOperator?
  /// Scopes that change it.
  public var scopes: Scopes
  /// How often it counts in one message at most.
  public var maximum: Int
}

/// An entry in the image: 22 words.
package enum EntryRecord {
  static let count = 22
  static let stride = count * 4

  // Strings take two words each, offset and length.
  static let id = 0
  static let theme = 2
  static let concept = 4
  static let pattern = 6
  static let file = 8
  static let line = 10
  static let column = 11
  static let language = 12
  static let evidence = 13
  static let negated = 15
  static let scopes = 17
  static let maximum = 18
  /// Scope bits, direction and reach, factor; no scope: no operator.
  static let operatorScope = 19
  static let operatorReach = 20
  static let operatorFactor = 21
}
