/// A place in a source file.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
  /// Path relative to the lexicon folder.
  public var file: String
  /// From 1.
  public var line: Int
  /// From 1.
  public var column: Int

  /// Makes a location.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// As compilers write places: `file:line:column`.
  public var description: String { "\(file):\(line):\(column)" }
}
