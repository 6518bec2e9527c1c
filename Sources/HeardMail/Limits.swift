/// How much of a mail is read.
///
/// What is beyond a limit is left out and reported, but for `mailBytes`.
public struct Limits: Sendable, Hashable {
  /// Bytes of a whole mail; more is refused with `too-large`.
  public var mailBytes = 64 << 20
  /// Bytes of one decoded text; the rest is dropped (`text-too-long`).
  public var textBytes = 1 << 20
  /// Parts of a mail, counting multiparts (`too-many-parts`).
  public var parts = 1_000
  /// Bytes of one block of header fields (`headers-too-long`).
  public var headerBytes = 1 << 20
  /// Lines of one block of header fields (`headers-too-long`).
  public var headerLines = 10_000
  /// Bytes of one header value as it is handed out (`header-too-long`).
  public var headerValueBytes = 64 << 10
  /// Recipients of a mail; the rest is left out (`too-many-recipients`).
  public var recipients = 1_000

  /// Makes the default limits.
  public init() {}
}
