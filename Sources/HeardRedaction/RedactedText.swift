/// A text with tokens in place of what names a person, and where everything came to stand.
///
/// Offsets are UTF-8 bytes. A place outside the tokens maps there and back exactly; a place inside
/// what a token replaced maps to the token's edge.
public struct RedactedText: Sendable {
  /// One replacement.
  public struct Replacement: Hashable, Sendable {
    /// What it is.
    public var kind: RedactedKind
    /// Where it stood.
    public var original: Range<Int>
    /// Where its token stands.
    public var redacted: Range<Int>
    /// As `«PHONE:7f3a»`.
    public var token: String
  }

  /// The text with tokens.
  public let bytes: [UInt8]
  /// In the order of the text.
  public let replacements: [Replacement]

  /// The text with tokens, as a string.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Replaces ranges, which ascend and do not overlap.
  init(_ original: [UInt8], _ spans: [(kind: RedactedKind, range: Range<Int>, token: String)]) {
    var bytes: [UInt8] = []
    var replacements: [Replacement] = []
    var place = 0
    for span in spans {
      bytes += original[place..<span.range.lowerBound]
      let start = bytes.count
      bytes += span.token.utf8
      replacements.append(
        Replacement(
          kind: span.kind, original: span.range, redacted: start..<bytes.count, token: span.token))
      place = span.range.upperBound
    }
    bytes += original[place...]
    self.bytes = bytes
    self.replacements = replacements
  }

  /// Where a range of the original stands in the redacted text; tokens are never cut.
  public func redactedRange(_ range: Range<Int>) -> Range<Int> {
    map(range, from: \.original, to: \.redacted)
  }

  /// Where a range of the redacted text stood in the original; replaced text is never cut.
  public func originalRange(_ range: Range<Int>) -> Range<Int> {
    map(range, from: \.redacted, to: \.original)
  }

  private func map(
    _ range: Range<Int>, from: KeyPath<Replacement, Range<Int>>,
    to: KeyPath<Replacement, Range<Int>>
  ) -> Range<Int> {
    func edge(_ offset: Int, upper: Bool) -> Int {
      var shift = 0
      for replacement in replacements {
        let source = replacement[keyPath: from]
        let target = replacement[keyPath: to]
        if offset <= source.lowerBound { break }
        if offset < source.upperBound { return upper ? target.upperBound : target.lowerBound }
        shift = target.upperBound - source.upperBound
      }
      return offset + shift
    }
    let lower = edge(range.lowerBound, upper: false)
    return lower..<max(lower, range.isEmpty ? lower : edge(range.upperBound, upper: true))
  }
}
