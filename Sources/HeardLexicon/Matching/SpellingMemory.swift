public import HeardText

/// What the matcher asks of a worker's memory of spellings; ``TokenMemory`` is the one in use.
public protocol SpellingMemory {
  /// Changes when remembered ids become invalid.
  var generation: UInt32 { get }
  /// Number of spellings; ids are below it.
  var count: Int { get }
  /// The normal form.
  func normal(_ form: FormID) -> String
  /// The normal form without diacritics.
  func folded(_ form: FormID) -> String
  /// The shape.
  func flags(_ form: FormID) -> FormFlags
}

extension TokenMemory: SpellingMemory {}
