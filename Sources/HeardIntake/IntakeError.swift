/// Why a message could be put nowhere: nothing was filed that is not recorded, and the sender
/// should try again later.
///
/// Never holds text of the customer.
public struct IntakeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  public enum Code: String, Sendable {
    /// The ledger cannot be opened, read or written.
    case ledger
    /// The ledger was to be there, and is not.
    case noLedger
    /// Neither the queue nor the fallback queue takes a file.
    case queue
    /// Judging does not come back, and too many messages wait for it to try another.
    case judging
    /// There was no message.
    case empty
    /// The program that should take the message did not.
    case transport
    /// The settings make no sense together.
    case configuration
  }

  /// The kind of failure.
  public var code: Code
  /// What is wrong and what to do.
  public var message: String
  /// Where: a file or folder, or what the ledger is.
  public var place: String

  /// Makes an error.
  public init(_ code: Code, place: String, message: String) {
    self.code = code
    self.place = place
    self.message = message
  }

  /// Place and message on one line.
  public var description: String { "\(place): \(message)" }
}
