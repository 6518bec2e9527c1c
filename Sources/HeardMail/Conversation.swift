internal import HeardText

/// What a message says of the conversation that it belongs to.
public struct Conversation: Hashable, Sendable {
  /// Ids of earlier messages (In-Reply-To, then References from the last to the first), without
  /// brackets, each once.
  public private(set) var references: [String] = []
  /// The subject without `Re:`, `Odp:`, `Antw:`, `Fwd:` and their like.
  ///
  /// Without marked ticket numbers too; lower case, no diacritics, single spaces. Empty when there is
  /// none.
  public private(set) var subject = ""
  /// Whether the subject has a prefix of an answer.
  public private(set) var isReply = false
  /// Ticket and case numbers of the subject: upper case, letters and digits only.
  public private(set) var subjectTickets: [String] = []
  /// Those that only the sender's own text has.
  public private(set) var textTickets: [String] = []

  private static let mostReferences = 40
  private static let mostTickets = 8

  /// Reads headers and texts.
  public init(of message: Message) {
    for name in ["in-reply-to", "references"] {
      for field in message.headers where field.name.lowercased() == name {
        for id in Conversation.ids(field.value).reversed()
        where references.count < Conversation.mostReferences && !references.contains(id) {
          references.append(id)
        }
      }
    }
    for part in message.parts {
      switch part.name {
      case .subject: read(subject: part.bytes)
      case .body:
        let zone = message.scoredZone
        for span in part.zones where span.zone == zone {
          let found = TicketNumbers.find(Fold.folded(Array(part.bytes[span.range.range])))
          for ticket in found.map(\.number)
          where !subjectTickets.contains(ticket) && !textTickets.contains(ticket)
            && textTickets.count < Conversation.mostTickets
          {
            textTickets.append(ticket)
          }
        }
      }
    }
  }

  private mutating func read(subject bytes: [UInt8]) {
    var rest = bytes
    // Prefixes pile up; a subject has not twenty.
    for _ in 0..<20 {
      let zone = SubjectLine.zone(of: rest)
      guard zone != .own, let colon = rest.firstIndex(of: 0x3A) else { break }
      if zone == .quoted { isReply = true }
      rest = Array(rest[(colon + 1)...].trimmed())
    }
    var folded = Fold.folded(rest)
    let tickets = TicketNumbers.find(folded)
    for ticket in tickets
    where !subjectTickets.contains(ticket.number)
      && subjectTickets.count < Conversation.mostTickets
    {
      subjectTickets.append(ticket.number)
    }
    for ticket in tickets.reversed() where ticket.isMarked { folded.removeSubrange(ticket.range) }
    subject = String(decoding: folded, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// What stands between angle brackets.
  private static func ids(_ value: String) -> [String] {
    var ids: [String] = []
    var rest = value[...]
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      guard let close = rest.firstIndex(of: ">") else { break }
      let id = rest[..<close]
      if !id.isEmpty, id.utf8.count <= 998 { ids.append(String(id)) }
      rest = rest[close...]
    }
    return ids
  }
}

/// Numbers that help desks give to cases, in folded text.
enum TicketNumbers {
  struct Found {
    /// Upper case, letters and digits only.
    var number: String
    var range: Range<Int>
    /// Whether it is marked as a number by the desk's own signs, as `[#123]`.
    var isMarked: Bool
  }

  /// Words in front of a number, by how they begin, and how many letters may follow.
  private static let cues = [
    ("ticket", 6), ("zglosze", 5), ("reklamacj", 3), ("zgl", 0), ("kenmerk", 0),
    ("zaaknummer", 0), ("zaaknr", 0), ("meldingsnummer", 0), ("meldingsnr", 0),
    ("klachtnummer", 0), ("klachtnr", 0), ("dossiernummer", 0), ("reference", 0), ("ref", 0),
    ("referentie", 6),
  ]
  /// Everyday words that are cues only when a word for "number" follows.
  private static let weakCues = ["case", "spraw", "melding", "klacht", "dossier", "incident"]
  private static let numberWords: Set<String> = [
    "nr", "no", "num", "numer", "number", "nummer", "numerze", "numerem", "id",
  ]

  static func find(_ text: [UInt8]) -> [Found] {
    var found: [Found] = []
    var place = 0
    while place < text.count {
      if text[place] == UInt8(ascii: "#"), let number = number(text, from: place + 1) {
        let opens = place > 0 && text[place - 1] == UInt8(ascii: "[")
        let closes =
          opens && number.range.upperBound < text.count
          && text[number.range.upperBound] == UInt8(ascii: "]")
        let range = (opens ? place - 1 : place)..<(number.range.upperBound + (closes ? 1 : 0))
        found.append(Found(number: number.text, range: range, isMarked: true))
        place = range.upperBound
        continue
      }
      guard isLetter(text[place]), place == 0 || !isWord(text[place - 1]) else {
        place += 1
        continue
      }
      let end = wordEnd(text, place)
      let word = String(decoding: text[place..<end], as: UTF8.self)
      if let number = numberBehind(word, text, end) {
        let isMarked = word.hasPrefix("ticket")
        found.append(
          Found(number: number.text, range: place..<number.range.upperBound, isMarked: isMarked))
        place = number.range.upperBound
      } else {
        place = end
      }
    }
    return found
  }

  private static func numberBehind(
    _ word: String, _ text: [UInt8], _ end: Int
  ) -> (text: String, range: Range<Int>)? {
    let isStrong = cues.contains {
      word.hasPrefix($0.0) && word.utf8.count <= $0.0.utf8.count + $0.1
    }
    let isWeak = weakCues.contains { word.hasPrefix($0) && word.utf8.count <= $0.utf8.count + 3 }
    guard isStrong || isWeak else { return nil }
    var place = end
    var hasNumberWord = false
    // `nr`, `no.`, `:`, `#`, `-` and spaces, in any order, few.
    for _ in 0..<4 {
      while place < text.count, place - end < 24,
        [0x20, 0x3A, 0x23, 0x2D, 0x2E, 0x5B, 0x28].contains(text[place])
      {
        // A marked number of its own: `klacht [#123]`.
        if text[place] == UInt8(ascii: "#"), !word.hasPrefix("ticket") { return nil }
        place += 1
      }
      guard place < text.count, isLetter(text[place]) else { break }
      let next = wordEnd(text, place)
      guard numberWords.contains(String(decoding: text[place..<next], as: UTF8.self)) else { break }
      hasNumberWord = true
      place = next
    }
    guard isStrong || hasNumberWord else { return nil }
    return number(text, from: place)
  }

  /// Letters, digits and inner signs with three digits or more: `55-0912`, `2024/311`, `AB1234`.
  private static func number(
    _ text: [UInt8], from start: Int
  ) -> (text: String, range: Range<Int>)? {
    var end = start
    var digits = 0
    var kept: [UInt8] = []
    while end < text.count, end - start < 32 {
      let byte = text[end]
      if isDigit(byte) || isLetter(byte) {
        if isDigit(byte) { digits += 1 }
        kept.append(isLetter(byte) ? byte & 0xDF : byte)
      } else if ![0x2D, 0x2F, 0x2E, 0x5F].contains(byte) || end + 1 >= text.count
        || !(isDigit(text[end + 1]) || isLetter(text[end + 1]))
      {
        break
      }
      end += 1
    }
    guard digits >= 3, end >= text.count || !isWord(text[end]) else { return nil }
    return (String(decoding: kept, as: UTF8.self), start..<end)
  }

  private static func wordEnd(_ text: [UInt8], _ start: Int) -> Int {
    var end = start
    while end < text.count, isLetter(text[end]) { end += 1 }
    return end
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte >= 0x80
  }
}

extension Message {
  /// When it came in, seconds since 1970: what the last server that took it in wrote (the topmost
  /// Received field), else what the sender's clock said; nil without either.
  ///
  /// The sender can write any Date; a clock that runs for us starts at our own door.
  public var received: Int64? {
    let decoder = HeaderDecoder(limit: 1000)
    if let field = headers.first(where: {
      $0.name.utf8.count == 8 && $0.name.utf8.elementsEqual("received".utf8) { lower($0) == $1 }
    }),
      let semicolon = field.value.utf8.lastIndex(of: UInt8(ascii: ";")),
      let seconds = decoder.date(
        Array(field.value.utf8[semicolon...].dropFirst()).trimmedArray)
    {
      return seconds
    }
    return date
  }
}

extension [UInt8] {
  fileprivate var trimmedArray: [UInt8] { Array(trimmed()) }
}
