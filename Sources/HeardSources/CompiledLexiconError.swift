/// Why a lexicon could not be compiled, opened or written.
public struct CompiledLexiconError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of trouble it is; more may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    enum Storage: String, Hashable, Sendable {
      case missing, unreadable, notAnImage, version, damaged, noSources, pattern, limit
    }

    let storage: Storage

    /// No such file or folder.
    public static let missing = Code(storage: .missing)
    /// The system refused to read it.
    public static let unreadable = Code(storage: .unreadable)
    /// The file is something else than a lexicon image.
    public static let notAnImage = Code(storage: .notAnImage)
    /// Made by another version of heard, or on a machine with another byte order.
    public static let version = Code(storage: .version)
    /// Truncated or altered since it was written.
    public static let damaged = Code(storage: .damaged)
    /// A folder without lexicon files.
    public static let noSources = Code(storage: .noSources)
    /// A pattern that cannot be compiled.
    public static let pattern = Code(storage: .pattern)
    /// More than an image can hold.
    public static let limit = Code(storage: .limit)

    /// The name of the code.
    public var description: String { storage.rawValue }
  }

  /// The kind of trouble.
  public var code: Code
  /// The file or folder, or file:line:column of the entry.
  public var place: String
  /// What is wrong.
  public var message: String
  /// What to do.
  public var help: String

  /// Makes an error.
  public init(_ code: Code, place: String, message: String, help: String) {
    self.code = code
    self.place = place
    self.message = message
    self.help = help
  }

  /// Place, message and help in one line.
  public var description: String { "\(place): \(message); \(help)" }
}
