/// A message with its envelope, as a client handed it over.
public struct LMTPTransaction: Sendable, Hashable {
  /// The return path without angle brackets; empty for a bounce.
  public var sender = ""
  /// The recipients that were accepted, in the order they were named.
  public var recipients: [String] = []
  /// Whether the client declared SMTPUTF8 (RFC 6531).
  public var usesUTF8 = false
  /// The message with `\n` line ends and without the dots that transport adds.
  public var message: [UInt8] = []

  /// Makes an empty transaction.
  public init() {}
}

/// Collects the data of a message: finds its end, takes stuffed dots away, turns CRLF into LF.
///
/// Only CRLF ends a line of the protocol. A full stop between bare line feeds is text, so that
/// nobody can smuggle a second message into the first.
struct LMTPData: Sendable {
  private enum Place {
    /// At the beginning of a line that follows CRLF, or of the data.
    case lineStart
    /// After a full stop at the beginning of a line.
    case dot
    /// After a full stop and a CR at the beginning of a line.
    case dotReturn
    case text
    /// After a CR in text.
    case carriageReturn
  }

  private var bytes: [UInt8] = []
  private var place = Place.lineStart
  /// Whether more came than the limit allows; what came is gone then.
  private(set) var isTooLarge = false
  /// Whether ``drop()`` took what came.
  private(set) var isDropped = false
  /// Bytes that are held.
  var count: Int { bytes.count }

  /// Takes bytes up to the end of the data.
  ///
  /// - Returns: the index after the end, or nil when there is none in `input`.
  mutating func take(_ input: ArraySlice<UInt8>, limit: Int) -> Int? {
    var index = input.startIndex
    while index < input.endIndex {
      let byte = input[index]
      switch place {
      case .lineStart where byte == 0x2E: place = .dot
      case .dot where byte == 0x0D: place = .dotReturn
      case .dotReturn where byte == 0x0A: return index + 1
      case .dotReturn:
        // The stuffed dot went; the CR after it is text.
        place = .carriageReturn
        continue
      case .carriageReturn where byte == 0x0A:
        append(0x0A, limit)
        place = .lineStart
      case .carriageReturn:
        append(0x0D, limit)
        place = .text
        continue
      case .lineStart, .dot, .text:
        if byte == 0x0D {
          place = .carriageReturn
        } else {
          // All up to the next CR goes at once.
          let end = input[index...].firstIndex(of: 0x0D) ?? input.endIndex
          append(input[index..<end], limit)
          place = .text
          index = end
          continue
        }
      }
      index += 1
    }
    return nil
  }

  /// Holds nothing from now on, but still finds the end.
  mutating func drop() {
    isDropped = true
    bytes = []
  }

  /// Gives the message up.
  mutating func finish() -> [UInt8] {
    let message = bytes
    self = LMTPData()
    return message
  }

  private mutating func append(_ byte: UInt8, _ limit: Int) {
    append(CollectionOfOne(byte), limit)
  }

  private mutating func append(_ more: some Collection<UInt8>, _ limit: Int) {
    guard !isTooLarge, !isDropped else { return }
    if bytes.count + more.count > limit {
      isTooLarge = true
      bytes = []
    } else {
      bytes.append(contentsOf: more)
    }
  }
}
