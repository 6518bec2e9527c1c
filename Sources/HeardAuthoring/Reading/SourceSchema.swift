internal import HeardSources
/// One key that a mapping of a lexicon source may have.
public struct SourceKey: Sendable {
  /// Kinds of value, as analysts know them.
  public enum Kind: String, Sendable {
    case text
    case textList = "list of texts"
    case number
    case wholeNumber = "whole number"
    case yesNo = "true or false"
    case mapping
    case mappingList = "list of mappings"
    case evidence = "mapping of evidence kinds to weights"
    case nameList = "list of names"
    case numberList = "list of numbers"
  }

  /// As files write it.
  public var name: String
  /// What its value is.
  public var kind: Kind
  /// Whether it must be there.
  public var isRequired: Bool
  /// What it means, in a line.
  public var summary: String

  init(_ name: String, _ kind: Kind, required: Bool = false, _ summary: String) {
    self.name = name
    self.kind = kind
    isRequired = required
    self.summary = summary
  }
}

/// A kind of mapping in lexicon sources and its keys.
public struct SourceTable: Sendable {
  /// What the mapping is, as `an entry`.
  public var name: String
  /// Its keys in the order of the reference.
  public var keys: [SourceKey]
}

/// The one table of the keys that lexicon sources may have; readers, errors and the printed
/// reference of the format all take them from here.
public enum SourceSchema {
  /// The version that files name in their first key.
  public static let version = LexiconFiles.version
  /// Weights reach from minus this to this, in thousandths.
  public static let weightLimit: Int32 = 8000
  /// Parts of speech.
  public static let partsOfSpeech = ["noun", "verb", "adjective", "adverb", "other"]
  /// Names of style evidence.
  public static let styles = [
    "capitals", "exclamation", "repeated", "emoji", "stated", "praising", "blameless",
  ]
  /// Names of scope factors.
  public static let factors = [
    "hypothetical", "question", "quotation", "other-person", "contrast-before", "contrast-after",
  ]

  /// A lexicon file.
  public static let file = SourceTable(
    name: "a lexicon file",
    keys: [
      SourceKey("lexicon", .text, required: true, "schema version, \(version); stands first"),
      SourceKey("language", .text, required: true, "nl, pl or en; that of the folder"),
      SourceKey("theme", .text, required: true, "name of the file without .yaml"),
      SourceKey("note", .text, "free text"),
      SourceKey("entries", .mappingList, required: true, "the entries"),
    ])

  /// An entry.
  public static let entry = SourceTable(
    name: "an entry",
    keys: [
      SourceKey("id", .text, required: true, "language.theme.slug, unique over all files"),
      SourceKey("lemma", .text, "one word; all its inflected forms match"),
      SourceKey("phrase", .text, "one pattern"),
      SourceKey("phrases", .textList, "several patterns, any of which matches"),
      SourceKey("pos", .text, "part of speech: noun, verb, adjective, adverb or other"),
      SourceKey(
        "covers", .yesNo,
        "true: the entry is evidence for nothing, and shorter matches inside it do not count"),
      SourceKey("evidence", .evidence, "what a match is evidence for, and how strongly"),
      SourceKey("negated", .evidence, "what counts instead when it is negated"),
      SourceKey("match", .mapping, "how words are compared"),
      SourceKey("scopes", .nameList, "scopes that change the entry; all unless given"),
      SourceKey("operator", .mapping, "makes the entry a scope operator"),
      SourceKey("max", .wholeNumber, "how often it counts in a message at most; 2 unless given"),
      SourceKey("concept", .text, "links entries of several languages that mean the same"),
      SourceKey("note", .text, "free text"),
      SourceKey("forms", .textList, "forms of the lemma that the dictionary lacks"),
      SourceKey("examples", .textList, "texts in which the entry must match"),
      SourceKey("counterexamples", .textList, "texts in which it must not"),
      SourceKey("todo-examples", .textList, "texts in which it should match one day"),
      SourceKey("todo-counterexamples", .textList, "texts in which it should not, one day"),
    ])

  /// The `match:` of an entry.
  public static let match = SourceTable(
    name: "match",
    keys: [
      SourceKey("fold", .yesNo, "whether spellings without diacritics match; true unless given"),
      SourceKey("compound", .text, "part of Dutch compounds: none, head, modifier or any"),
      SourceKey("case", .text, "any, or not-name: no capitalised word inside a sentence"),
    ])

  /// The `operator:` of an entry.
  public static let scopeOperator = SourceTable(
    name: "an operator",
    keys: [
      SourceKey("scope", .text, required: true, "scope that it puts its reach under"),
      SourceKey("direction", .text, "forward, backward or both; forward unless given"),
      SourceKey("reach", .wholeNumber, "tokens, 1 to 40; 6 unless given"),
      SourceKey("factor", .number, "multiplier of intensifiers and diminishers, 0 to 4"),
    ])

  /// `scoring.yaml`.
  public static let scoring = SourceTable(
    name: "the scoring file",
    keys: [
      SourceKey("scoring", .text, required: true, "schema version, \(version); stands first"),
      SourceKey("note", .text, "free text"),
      SourceKey("frames", .mappingList, "pairs of roles that mean something together"),
      SourceKey("calibration", .mappingList, "bias and slope by kind and language"),
      SourceKey("scopes", .mapping, "multipliers by scope"),
      SourceKey("styles", .mapping, "evidence by style"),
      SourceKey("anger-levels", .numberList, "sums from which anger is 1, 2 and 3"),
      SourceKey("signal-threshold", .number, "sum from which a signal is set"),
      SourceKey(
        "reads-themes", .yesNo,
        "true: an entry is a sign of its theme and needs no evidence; false unless given"),
    ])

  /// A frame.
  public static let frame = SourceTable(
    name: "a frame",
    keys: [
      SourceKey("id", .text, required: true, "frame.tag.name, unique"),
      SourceKey("languages", .nameList, "nl, pl, en; all unless given"),
      SourceKey("first", .text, required: true, "a role"),
      SourceKey("second", .text, required: true, "a role"),
      SourceKey("ordered", .yesNo, "whether the first must come first; false unless given"),
      SourceKey("window", .text, "clause, sentence or adjacent; sentence unless given"),
      SourceKey("distance", .wholeNumber, "tokens between the two at most, 0 to 100"),
      SourceKey("evidence", .evidence, required: true, "what the pair is evidence for"),
      SourceKey("max", .wholeNumber, "how often it counts in a message at most"),
      SourceKey("note", .text, "free text"),
    ])

  /// A calibration.
  public static let calibration = SourceTable(
    name: "a calibration",
    keys: [
      SourceKey("kind", .text, required: true, "a score, or question, request or praise"),
      SourceKey("language", .text, required: true, "nl, pl, en, other or und"),
      SourceKey("bias", .number, required: true, "logits, added once a message"),
      SourceKey("slope", .number, "1 unless given, 0.01 to 20"),
    ])

  /// `<language>/words.yaml`.
  public static let words = SourceTable(
    name: "a file of words",
    keys: [
      SourceKey("words", .text, required: true, "schema version, \(version); stands first"),
      SourceKey("language", .text, required: true, "nl, pl or en; that of the folder"),
      SourceKey("note", .text, "free text"),
      SourceKey(
        "weights", .mapping, required: true,
        "evidence for complaint and the tags by word, -1 to 1, written without diacritics"),
    ])

  /// Every table, in the order of a reference.
  public static let tables = [
    file, entry, match, scopeOperator, scoring, frame, calibration, words,
  ]
}
