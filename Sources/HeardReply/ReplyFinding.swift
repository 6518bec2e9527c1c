public import HeardSources
public import HeardText

/// Something in a reply that a rule would have otherwise.
///
/// Law 1: `range` points into the decoded text as it was read; nothing is ever rewritten.
public struct ReplyFinding: Hashable, Sendable {
  /// The rule.
  public var rule: ReplyRule
  /// How bad it is.
  public var level: Diagnostic.Severity
  /// Index of the part in the message.
  public var part: Int
  /// Where in the part, UTF-8 bytes; for something that is missing, where it belongs.
  public var range: ByteRange
  /// Line in the part, from 1.
  public var line: Int
  /// Column in that line, in Unicode scalars from 1.
  public var column: Int
  /// The words at `range`.
  public var text: String
  /// What is wrong.
  public var message: String
  /// What could stand there, in the language of the reply; empty when `rules.yaml` has nothing.
  public var suggestion: String
  /// The entry of the wording lexicons that was found; nil for what is missing.
  public var entry: String?
}
