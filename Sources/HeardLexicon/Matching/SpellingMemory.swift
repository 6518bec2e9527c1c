public import HeardText

/// What the matcher asks of a worker's memory of spellings; ``TokenMemory`` is the one in use.
public protocol SpellingMemory {
  /// Changes when remembered ids become invalid.
  var generation: UInt32 { get }
  /// Number of spellings; ids are below it.
  var count: Int { get }
  /// Hands the normal form's UTF-8 to `body`.
  func withNormal<Result>(_ form: FormID, _ body: (Span<UInt8>) -> Result) -> Result
  /// Hands the UTF-8 of the normal form without diacritics to `body`.
  func withFolded<Result>(_ form: FormID, _ body: (Span<UInt8>) -> Result) -> Result
  /// The shape.
  func flags(_ form: FormID) -> FormFlags
}

extension TokenMemory: SpellingMemory {}
