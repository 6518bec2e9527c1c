/// Why a message could not be read at all.
///
/// Never holds text of the customer.
public struct MailError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  public struct Code: Hashable, Sendable {
    /// The stable word of records.
    public let word: String

    /// There was no byte.
    public static let empty = Code(word: "empty")
    /// More bytes than `Limits.mailBytes`.
    public static let tooLarge = Code(word: "too-large")
    /// Neither mail nor text in any charset: a program, a picture, an archive.
    public static let notText = Code(word: "not-text")
  }

  /// The kind of failure.
  public var code: Code
  /// What is wrong and what to do.
  public var message: String
  /// Byte offset where it was noticed.
  public var offset: Int

  /// Makes an error.
  public init(code: Code, message: String, offset: Int = 0) {
    self.code = code
    self.message = message
    self.offset = offset
  }

  /// Code, place and message on one line.
  public var description: String { "\(code.word) at byte \(offset): \(message)" }
}
