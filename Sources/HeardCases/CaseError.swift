/// Why the account of conversations cannot be kept.
public struct CaseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Code: String, Sendable {
    /// The file cannot be opened or made.
    case unreadable
    /// The file is of another program or a newer version, or damaged.
    case unknownFile = "unknown-file"
    /// The file was made with another key.
    case wrongKey = "wrong-key"
    /// Another process kept it locked for too long, or the disk is full; trying again may help.
    case unavailable
  }

  /// What kind of failure it is.
  public var code: Code
  /// Path of the file.
  public var path: String
  /// What is wrong and what to do; never text of a message.
  public var message: String

  /// What and where.
  public var description: String { "\(path): \(message) [\(code.rawValue)]" }
}
