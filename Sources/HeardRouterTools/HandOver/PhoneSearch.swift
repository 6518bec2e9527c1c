public import HeardMail
public import HeardText

/// Finds numbers to call a sender back on.
public enum PhoneSearch {
  /// The numbers in what the sender wrote and signed with, the likeliest first: those offered for
  /// calling, then those of the text, then those of the signature; each once.
  ///
  /// What is quoted is the other side's, and so is a number that the sender says to have called.
  public static func numbers(in message: Message, language: Language) -> [PhoneNumber] {
    var found: [PhoneNumber] = []
    let own = message.scoredZone
    for part in message.parts {
      for span in part.zones where span.zone == own || span.zone == .signature {
        found += numbers(part, span, language)
      }
    }
    func rank(_ number: PhoneNumber) -> Int {
      (number.isOffered ? 0 : 2) + (number.zone == .signature ? 1 : 0)
    }
    var seen: Set<String> = []
    return found.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }
    .map(\.element).filter { seen.insert($0.e164).inserted }
  }

  private static func numbers(
    _ part: TextPart, _ span: ZoneSpan, _ language: Language
  ) -> [PhoneNumber] {
    let bytes = part.bytes
    var found: [PhoneNumber] = []
    var place = Int(span.range.start)
    let end = Int(span.range.end)
    while place < end {
      guard isDigit(bytes[place]) || bytes[place] == UInt8(ascii: "+"),
        let written = WrittenNumber(bytes, from: place, to: end)
      else {
        // Past the word or number, so that none begins in its middle.
        while place < end, isWord(bytes[place]) { place += 1 }
        place += 1
        continue
      }
      let cue = PhoneCues.cue(
        before: written.range.lowerBound, in: bytes, from: Int(span.range.start))
      for count in stride(from: written.groups.count, through: 1, by: -1) {
        let piece = written.prefix(count)
        guard cue != .otherNumber, piece.isPlausible(isOffered: cue == .offered),
          let number = NumberingPlan.read(
            piece.digits, isInternational: piece.isInternational, language: language)
        else { continue }
        if cue != .called {
          found.append(
            PhoneNumber(
              e164: number.e164, country: number.country, isOffered: cue == .offered,
              part: part.name, zone: span.zone,
              range: ByteRange(UInt32(piece.range.lowerBound), UInt32(piece.range.upperBound))))
        }
        break
      }
      place = written.range.upperBound
    }
    return found
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80
  }
}
