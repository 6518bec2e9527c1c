internal import Heard
internal import HeardClassifier
internal import HeardMail
internal import HeardRedaction
internal import HeardRouter
internal import HeardStaff
internal import HeardText

/// A judged message with tokens in place of names, numbers and addresses.
///
/// It is judged as it was written and redacted afterwards: tokens change no score. Every offset is
/// that of the redacted text, which `heard redact` gives with the same key.
struct RedactedMessage {
  private let texts: [RedactedText]
  private let original: Message
  /// The message, its texts and zones redacted; headers, which no explanation shows, left out.
  let message: Message

  /// Redacts a message; without a redactor it stays as it is.
  init(_ message: Message, by redactor: Redactor?) {
    original = message
    texts = redactor.map { redactor in message.parts.map { redactor.redact($0.bytes) } } ?? []
    var redacted = message
    if redactor != nil {
      redacted.headers = []
      redacted.sender = nil
      redacted.recipients = []
    }
    for (index, text) in texts.enumerated() {
      redacted.parts[index].bytes = text.bytes
      // Zones tile the text, also where a token stands across their border.
      var place: UInt32 = 0
      for zone in redacted.parts[index].zones.indices {
        let range = redacted.parts[index].zones[zone].range.range
        let end = UInt32(clamping: text.redactedRange(range).upperBound)
        redacted.parts[index].zones[zone].range = ByteRange(place, max(place, end))
        place = max(place, end)
      }
    }
    self.message = redacted
  }

  /// The assessment with its places in the redacted text; a place within a token is the token's.
  func place(_ assessment: Assessment) -> Assessment {
    var placed = assessment
    for index in placed.contributions.indices {
      let hit = placed.contributions[index]
      placed.contributions[index].range = place(hit.range, in: hit.part)
    }
    for index in placed.nearMisses.indices {
      let miss = placed.nearMisses[index]
      placed.nearMisses[index].range = place(miss.range, in: miss.part)
      placed.nearMisses[index].operatorRange = place(miss.operatorRange, in: miss.part)
    }
    return placed
  }

  /// The decision with the places where people are named in the redacted text.
  func place(_ decision: Decision) -> Decision {
    guard let parties = decision.handling?.parties else { return decision }
    var placed = decision
    placed.handling?.parties = parties.map { party in
      var party = party
      for index in party.mentions.indices {
        let mention = party.mentions[index]
        guard let part = original.parts.firstIndex(where: { $0.name == mention.part }) else {
          continue
        }
        party.mentions[index].range = place(mention.range, in: part)
      }
      return party
    }
    return placed
  }

  /// The words at a place of the original, as they may be shown.
  func words(_ range: ByteRange, in part: Int) -> ArraySlice<UInt8> {
    message.parts[part].bytes[place(range, in: part).range]
  }

  /// The texts as they were written, for whoever looks further into them.
  var originalParts: [TextPart] { original.parts }

  private func place(_ range: ByteRange, in part: Int) -> ByteRange {
    guard texts.indices.contains(part), !range.isEmpty else { return range }
    let placed = texts[part].redactedRange(range.range)
    return ByteRange(UInt32(clamping: placed.lowerBound), UInt32(clamping: placed.upperBound))
  }
}
